"""Reads a lock and believes nothing: every hash, header, count and cell is checked before a sum is made.

The form is declared once, in :mod:`handrail.domain.extract`. A lock with any fault is refused whole, with
every fault listed by file, line and column.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from handrail.analysis.findings import LockStamp
from handrail.analysis.locked_table import MEND_LOCK, LockedTable, parse
from handrail.domain import extract
from handrail.domain.refusal import BadFile, Fault

MANIFEST, PROTOCOL = "manifest.json", "protocol.toml"


@dataclass(frozen=True)
class Lock:
    """A verified lock: its stamp, the hash of its protocol and of its arm file, and its tables by name."""

    stamp: LockStamp
    protocol_hash: str
    arm_file_hash: str
    tables: Mapping[str, LockedTable]


def read(folder: Path) -> Lock:
    """Read and verify a lock folder.

    Raises:
        BadFile: with every fault found, by file, line and column.
    """
    manifest = _manifest(folder)
    faults = _faults_of_protocol(folder, manifest)
    tables: dict[str, LockedTable] = {}
    hashes: dict[str, str] = {}
    for table in extract.TABLES:
        content = _content(folder, table.name, manifest, faults)
        if content is not None:
            hashes[table.name] = hashlib.sha256(content).hexdigest()
            tables[table.name] = parse(table, f"{table.name}.csv", content, faults)
    faults += _faults_of_counts(manifest, tables)
    faults += _strangers(folder, manifest)
    if faults:
        raise BadFile(tuple(faults))
    stamp = LockStamp(manifest["locked_at"], _table_hash(hashes), manifest["label"])
    return Lock(stamp, manifest["protocol"]["file_hash"], manifest["arm_file"]["sha256"], tables)


def sealed(texts: Mapping[str, str], file: str) -> dict[str, LockedTable]:
    """The sealed tables, from the text of each as the arm file holds it.

    Raises:
        BadFile: with every fault found; also when a table is missing or is not one of the sealed tables.
    """
    names = {table.name for table in extract.SEALED_TABLES}
    faults = [Fault(file, 0, name, "is not a sealed table", MEND_LOCK) for name in sorted(set(texts) - names)]
    faults += [Fault(file, 0, name, "is missing", MEND_LOCK) for name in sorted(names - set(texts))]
    tables = {
        table.name: parse(table, f"{file}:{table.name}", texts[table.name].encode(), faults)
        for table in extract.SEALED_TABLES
        if table.name in texts
    }
    if faults:
        raise BadFile(tuple(faults))
    return tables


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest, with every key that the reading needs."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes().decode("utf-8"))
    except OSError:
        fault = Fault(str(folder), 0, "", f"has no {MANIFEST}, so it is not a lock", "Give the lock's folder")
        raise BadFile((fault,)) from None
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise BadFile((Fault(MANIFEST, line, "", "is not JSON in UTF-8", MEND_LOCK),)) from None
    faults = tuple(
        Fault(MANIFEST, 0, key, f"must be {words}", MEND_LOCK)
        for key, words, is_right in _MANIFEST_KEYS
        if not is_right(_inside(manifest, key))
    )
    if faults:
        raise BadFile((*faults, *_not_listed(_inside(manifest, "tables"))))
    return dict(manifest)


def _not_listed(listed: Any) -> list[Fault]:
    """The declared tables that the manifest does not name; none where it names no tables at all."""
    names = [table.name for table in extract.TABLES if isinstance(listed, dict) and table.name not in listed]
    return [Fault(MANIFEST, 0, f"tables.{name}", "is missing", MEND_LOCK) for name in names]


def _inside(manifest: Any, key: str) -> Any:
    """The value at a dotted key, or none."""
    for part in key.split("."):
        manifest = manifest.get(part) if isinstance(manifest, dict) else None
    return manifest


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")


def _is_tables(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(entry, dict) and _is_hash(entry.get("sha256")) and type(entry.get("row_count")) is int
        for entry in value.values()
    )


_MANIFEST_KEYS: tuple[tuple[str, str, Callable[[Any], bool]], ...] = (
    ("label", "text", _is_text),
    ("locked_at", "a moment with its offset, such as 2017-01-31T12:00:00+00:00", _is_moment),
    ("protocol.file_hash", "a SHA-256 in lower-case hexadecimal", _is_hash),
    ("arm_file.sha256", "a SHA-256 in lower-case hexadecimal", _is_hash),
    ("tables", "an object that gives each table its sha256 and row_count", _is_tables),
)


def _faults_of_protocol(folder: Path, manifest: dict[str, Any]) -> list[Fault]:
    path = folder / PROTOCOL
    if not path.is_file():
        return [Fault(PROTOCOL, 0, "", "is missing", MEND_LOCK)]
    if hashlib.sha256(path.read_bytes()).hexdigest() != manifest["protocol"]["file_hash"]:
        return [Fault(PROTOCOL, 0, "", f"is not the file that {MANIFEST} names: its hash differs", MEND_LOCK)]
    return []


def _content(folder: Path, name: str, manifest: dict[str, Any], faults: list[Fault]) -> bytes | None:
    """A table's bytes; none, with a fault, when they are missing. A wrong hash is a fault too."""
    path = folder / f"{name}.csv"
    if name not in manifest["tables"]:
        faults.append(Fault(MANIFEST, 0, f"tables.{name}", "is missing", MEND_LOCK))
        return None
    if not path.is_file():
        faults.append(Fault(path.name, 0, "", "is missing", MEND_LOCK))
        return None
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != manifest["tables"][name]["sha256"]:
        problem = f"is not the file that {MANIFEST} names: its hash differs"
        faults.append(Fault(path.name, 0, "", problem, MEND_LOCK))
    return content


def _faults_of_counts(manifest: dict[str, Any], tables: Mapping[str, LockedTable]) -> list[Fault]:
    return [
        Fault(table.file, 0, "", f"has {len(table)} rows; {MANIFEST} says {said}", MEND_LOCK)
        for name, table in tables.items()
        if len(table) != (said := manifest["tables"][name]["row_count"])
    ]


def _strangers(folder: Path, manifest: dict[str, Any]) -> list[Fault]:
    """Tables that nobody declared: in the manifest, or lying in the folder in the clear."""
    declared = {table.name for table in extract.TABLES}
    listed = sorted(set(manifest["tables"]) - declared)
    lying = sorted(path.name for path in folder.glob("*.csv") if path.stem not in declared)
    return [
        *(Fault(MANIFEST, 0, f"tables.{name}", "is not a declared table", MEND_LOCK) for name in listed),
        *(Fault(name, 0, "", "does not belong in a lock", "Take it out, and find out why") for name in lying),
    ]


def _table_hash(hashes: Mapping[str, str]) -> str:
    """One hash for all tables: SHA-256 over the sorted lines ``name sha256``."""
    lines = "".join(f"{name} {hashes[name]}\n" for name in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()
