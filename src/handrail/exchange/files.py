"""Writes a lock to disk: prepared whole, then named; a manifest tells every file by its hash."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from handrail.domain.extract import Kind, Table

Cell = str | int | float | bool | date | None
MANIFEST, PROTOCOL = "manifest.json", "protocol.toml"


def csv_text(table: Table, rows: Iterable[Sequence[Cell]]) -> str:
    """One table as text: a header, then rows in the order of their text, lines ended by a line feed.

    Raises:
        ValueError: when a row does not fit the table; a lock is never written askew.
    """
    kinds = [column.kind for column in table.columns]
    lines = sorted([_cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows(lines)
    return buffer.getvalue()


def _cell(value: Cell, kind: Kind) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if kind is Kind.YES_NO:
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def sha256(content: bytes) -> str:
    """The hash by which a file is known, as 64 hexadecimal characters."""
    return hashlib.sha256(content).hexdigest()


def table_entries(texts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The manifest's entry for each table: its file, hash and number of rows."""
    return {
        name: {
            "file": f"{name}.csv",
            "sha256": sha256(text.encode()),
            "row_count": sum(1 for _ in csv.reader(io.StringIO(text))) - 1,
        }
        for name, text in texts.items()
    }


def arm_file_of(folder: Path) -> Path:
    """Where the sealed arm file of a lock lies: beside its folder, never in it."""
    return folder.with_name(f"{folder.name}.arms.age")


def prepare_lock(
    folder: Path, *, tables: Mapping[str, str], protocol: bytes, manifest: Mapping[str, Any], arms: bytes
) -> None:
    """Write everything of a lock under temporary names, safe against a power cut, beside where it will be.

    What an interrupted attempt left there is cleared away first.
    """
    started, started_arms = _unfinished(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(started, ignore_errors=True)
    started.mkdir()
    for name, text in tables.items():
        _write(started / f"{name}.csv", text.encode())
    _write(started / PROTOCOL, protocol)
    text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    _write(started / MANIFEST, text.encode())
    _write(started_arms, arms)
    _sync(started)


def finish_lock(folder: Path) -> None:
    """Give a prepared lock its name. The folder comes last: where it stands, everything does."""
    started, started_arms = _unfinished(folder)
    started_arms.replace(arm_file_of(folder))
    started.rename(folder)
    _sync(folder.parent)


def _unfinished(folder: Path) -> tuple[Path, Path]:
    return folder.with_name(f".{folder.name}.part"), folder.with_name(f".{arm_file_of(folder).name}.part")


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the names in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
