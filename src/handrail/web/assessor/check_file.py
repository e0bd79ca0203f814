"""Checks a records file in a child process with limits, so that no file can harm the site.

The child is ``handrail spells``: it opens the file, judges every row and writes what it accepted. The
site reads only what the child wrote.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from handrail.exchange.incoming import being_checked
from handrail.web.assessor import incoming
from handrail.web.shared import child

ENDINGS = frozenset({".csv", ".parquet"})
SECONDS = 120


@dataclass(frozen=True)
class Checked:
    """What the child said: a token for what it wrote, or the faults for which it refused the file."""

    token: UUID | None
    faults: tuple[str, ...] = ()


def check(file: UploadedFile, *, covers_until: date, by: UUID) -> Checked:
    """Check one uploaded file; what was accepted is kept, encrypted for its sender, and the file is not."""
    name = Path(str(file.name)).name
    if Path(name).suffix.lower() not in ENDINGS:
        return Checked(None, (f"{name[:60]} is not a .csv or .parquet file. Ask for the right one.",))
    incoming.clear_away()
    with being_checked(incoming.folder()) as place:
        upload = place / f"upload{Path(name).suffix.lower()}"
        with upload.open("wb") as written:
            for chunk in file.chunks():
                written.write(chunk)
        checked = place / "checked.jsonl"
        faults = _run(upload, checked, name, covers_until)
        return Checked(None, faults) if faults else Checked(incoming.keep(checked.read_bytes(), by=by))


def _run(upload: Path, out: Path, name: str, covers_until: date) -> tuple[str, ...]:
    """Let the child check the file; the faults for which it refused it, or none where it wrote ``out``."""
    words = ["spells", str(upload), "--out", str(out)]
    words += ["--covers-until", covers_until.isoformat(), f"--name={name[:100]}", "--json"]
    status, said = child.run(words, seconds=SECONDS)
    if status == child.STRANGE:
        return ("The file took too long to check. Send it in smaller parts.",)
    return () if status == 0 and out.exists() else _faults(said)


def _faults(said: bytes) -> tuple[str, ...]:
    try:
        found: list[dict[str, Any]] = json.loads(said)["faults"]
    except (ValueError, KeyError, TypeError):
        return ("The file could not be read. Check that it is what it is called.",)
    return tuple(_sentence(fault) for fault in found)


def _sentence(fault: dict[str, Any]) -> str:
    unit = "Row" if str(fault.get("file", "")).lower().endswith(".parquet") else "Line"
    place = f"{unit} {fault['line']}, " if fault.get("line") else ""
    column = f"{fault['column']}: " if fault.get("column") else ""
    mend = f". {fault['mend']}" if fault.get("mend") else ""
    return f"{place}{column}{fault.get('problem', 'cannot be read')}{mend}"
