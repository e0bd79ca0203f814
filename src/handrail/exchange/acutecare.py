"""An extract of acute-care records, as checked: what a child process of ``handrail spells`` wrote.

The engine reads the hospital's own file, in one place and in one way (``analysis.acutecare``); the site
takes only what that reading wrote. Nothing here opens the hospital's file.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from handrail.domain.refusal import BadFile, Fault
from handrail.domain.words import SetAside, Setting

FORM = 1
MEND = "Check the extract again: this is not what the check writes, or it was cut short"


@dataclass(frozen=True)
class AcceptedRow:
    """One spell, with the line of the extract on which it stands. ``end_on`` is None while it is open."""

    line: int
    person_id: str
    service: Setting
    provider: str
    start_on: date
    end_on: date | None


@dataclass(frozen=True)
class RefusedRow:
    """A row that was set aside: where, by which rule, in which column, in words, and whose it was.

    Whose matters: a person with such a row was at least looked for and found (``has_other_rows`` of
    ``domain.readmission.outcome``).
    """

    line: int
    rule: SetAside
    column: str
    problem: str
    person_id: str


@dataclass(frozen=True)
class CheckedFile:
    """An extract, checked. ``sha256`` is of the hospital's file, complete to ``covers_until``."""

    name: str
    sha256: str
    covers_until: date
    accepted: tuple[AcceptedRow, ...]
    refused: tuple[RefusedRow, ...]


def read(path: Path) -> CheckedFile:
    """What the check wrote into a file. Raises: BadFile."""
    return parse(path.read_bytes(), path.name)


def parse(content: bytes, name: str) -> CheckedFile:
    """What the check wrote.

    Raises:
        BadFile: when it is not whole, or not of this form.
    """
    lines = list(_lines(content, name))
    if len(lines) < 2:
        raise _bad(name, len(lines), "was cut short")
    heading, *rows, ending = lines
    accepted = tuple(_row(name, line, found["accepted"]) for line, found in rows if "accepted" in found)
    refused = tuple(_refusal(name, line, found["refused"]) for line, found in rows if "refused" in found)
    if ending[1] != {"accepted_count": len(accepted), "refused_count": len(refused)}:
        raise _bad(name, ending[0], "was cut short")
    return _with_heading(name, heading[1], accepted, refused)


def _lines(content: bytes, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, text in enumerate(io.BytesIO(content), 1):
        try:
            found = json.loads(text)
        except ValueError:
            raise _bad(name, line, "is not JSON") from None
        if not isinstance(found, dict):
            raise _bad(name, line, "is not a JSON object")
        yield line, found


def _with_heading(
    name: str, heading: dict[str, Any], accepted: tuple[AcceptedRow, ...], refused: tuple[RefusedRow, ...]
) -> CheckedFile:
    try:
        if heading["form"] != FORM:
            raise _bad(name, 1, f"has form {heading['form']}; this Handrail reads form {FORM}")
        covers_until = date.fromisoformat(heading["covers_until"])
        return CheckedFile(str(heading["name"]), str(heading["sha256"]), covers_until, accepted, refused)
    except (KeyError, TypeError, ValueError):
        raise _bad(name, 1, "has no proper heading") from None


def _row(name: str, line: int, cells: Any) -> AcceptedRow:
    try:
        number, person_id, service, provider, start, end = cells
        end_on = None if end is None else date.fromisoformat(end)
        return AcceptedRow(
            int(number), str(person_id), Setting(service), str(provider), date.fromisoformat(start), end_on
        )
    except (TypeError, ValueError):
        raise _bad(name, line, "is not an accepted row") from None


def _refusal(name: str, line: int, cells: Any) -> RefusedRow:
    try:
        number, rule, column, problem, person_id = cells
        return RefusedRow(int(number), SetAside(rule), str(column), str(problem), str(person_id))
    except (TypeError, ValueError):
        raise _bad(name, line, "is not a refused row") from None


def _bad(name: str, line: int, problem: str) -> BadFile:
    return BadFile((Fault(name, line, "", problem, MEND),))
