"""Where to turn in a crisis: lines from a file, each with an owner and dates of checking.

A number nobody has checked is worse than none, so a line without owner, check or review stops the start;
a review day that has passed only warns the administrator, because a crisis page must never break.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from handrail.domain.dates import add_months
from handrail.domain.refusal import BadFile, Fault

LONGEST_GAP_MONTHS = 12
LINK_KINDS = ("tel:", "sms:", "https://")


@dataclass(frozen=True)
class CrisisLine:
    """One way to get help: what to do, who answers, when it fits, and who vouches for it until when."""

    code: str
    action: str
    title: str
    when: str
    link: str
    button: str
    is_emergency: bool
    owner: str
    checked_on: date
    review_on: date


def read(path: Path) -> tuple[CrisisLine, ...]:
    """The lines of a crisis file, in its order.

    Raises:
        BadFile: with every fault, when the file does not parse, is empty, or a line is incomplete.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("line", [])
    except (tomllib.TOMLDecodeError, OSError) as wrong:
        raise BadFile((Fault(path.name, 0, "", str(wrong)),)) from wrong
    faults = [fault for number, row in enumerate(rows, start=1) for fault in _faults(path.name, number, row)]
    if not rows:
        faults.append(Fault(path.name, 0, "line", "there is no line", "Give at least one way to get help"))
    if faults:
        raise BadFile(tuple(faults))
    return tuple(CrisisLine(**row) for row in rows)


def overdue(lines: tuple[CrisisLine, ...], *, on: date) -> tuple[CrisisLine, ...]:
    """The lines whose review day has passed."""
    return tuple(line for line in lines if line.review_on < on)


def _faults(file: str, number: int, row: dict[str, Any]) -> list[Fault]:
    kinds = {"is_emergency": bool, "checked_on": date, "review_on": date}
    names = [field.name for field in fields(CrisisLine)]
    place = f"line {number} ({row.get('code', 'no code')})"
    found = [
        Fault(file, 0, f"{place}.{name}", "must be there, not empty, and of the right kind")
        for name in names
        if row.get(name) in (None, "") or not isinstance(row[name], kinds.get(name, str))
    ]
    found += [Fault(file, 0, f"{place}.{name}", "is not known") for name in row if name not in names]
    return found or _odd(file, place, row)


def _odd(file: str, place: str, row: dict[str, Any]) -> list[Fault]:
    found = []
    if not row["checked_on"] <= row["review_on"] <= add_months(row["checked_on"], LONGEST_GAP_MONTHS):
        mend = f"Give a day at most {LONGEST_GAP_MONTHS} months after checked_on"
        found.append(Fault(file, 0, f"{place}.review_on", "is too far from the last check", mend))
    if not row["link"].startswith(LINK_KINDS):
        found.append(Fault(file, 0, f"{place}.link", "must start with tel:, sms: or https://"))
    return found
