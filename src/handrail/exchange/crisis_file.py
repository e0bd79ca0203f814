"""Where to turn in a crisis: lines from a file, each vouched for by an owner and dates of checking.

A line that this service has not checked yet has none of the three, and the administrator is told to check it
before anybody relies on it, as when a review day has passed; a crisis page must never break. A line that is
vouched for by half stops the start.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from handrail.domain.dates import add_months
from handrail.domain.refusal import BadFile, Fault
from handrail.exchange.protocol_lines import lines_of

LONGEST_GAP_MONTHS = 12
LINK_KINDS = ("tel:", "sms:", "https://")
KINDS = {"is_emergency": bool, "checked_on": date, "review_on": date}
VOUCHING = ("owner", "checked_on", "review_on")  # all of them or none
SYNTAX_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class CrisisLine:
    """One way to get help: what to do, who answers, when it fits, and who vouches for it until when.

    ``owner`` is empty and both days are none while nobody here has checked the line.
    """

    code: str
    action: str
    title: str
    when: str
    link: str
    button: str
    is_emergency: bool
    owner: str = ""
    checked_on: date | None = None
    review_on: date | None = None


def read(path: Path) -> tuple[CrisisLine, ...]:
    """The lines of a crisis file, in its order.

    Raises:
        BadFile: with every fault and its line, when it does not parse, is empty, or a line is incomplete.
    """
    try:
        text = path.read_text(encoding="utf-8")
        rows = tomllib.loads(text).get("line", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as wrong:
        place = SYNTAX_LINE.search(str(wrong))
        raise BadFile((Fault(path.name, int(place[1]) if place else 0, "", str(wrong)),)) from wrong
    if not isinstance(rows, list) or not rows:
        mend = "Give at least one way to get help, under [[line]]"
        raise BadFile((Fault(path.name, 0, "line", "there is no line", mend),))
    places = lines_of(text)
    found = [fault for index, row in enumerate(rows) for fault in _faults(index, row)]
    if found:
        raise BadFile(tuple(_placed(path.name, places, *one) for one in found))
    return tuple(CrisisLine(**row) for row in rows)


def overdue(lines: tuple[CrisisLine, ...], *, on: date) -> tuple[CrisisLine, ...]:
    """The lines whose review day has passed."""
    return tuple(line for line in lines if line.review_on and line.review_on < on)


def unchecked(lines: tuple[CrisisLine, ...]) -> tuple[CrisisLine, ...]:
    """The lines that nobody here has checked yet."""
    return tuple(line for line in lines if line.checked_on is None)


Told = tuple[int, str, str, str]  # which [[line]], its key, what is wrong, the mend


def _placed(file: str, places: dict[Any, int], index: int, key: str, problem: str, mend: str) -> Fault:
    """A fault on the line where its key stands; on the heading of its [[line]] where the key is missing."""
    at = places.get(("line", index, key)) or places.get(("line", index), 0)
    return Fault(file, at, f"line[{index + 1}].{key}", problem, mend)


def _faults(index: int, row: dict[str, Any]) -> list[Told]:
    names = [field.name for field in fields(CrisisLine)]
    is_vouched = any(name in row for name in VOUCHING)
    needed = [name for name in names if is_vouched or name not in VOUCHING]
    found = [
        (index, name, "must be there, not empty, and of the right kind", _mend(name))
        for name in needed
        if row.get(name) in (None, "") or not isinstance(row[name], KINDS.get(name, str))
    ]
    found += [(index, name, "is not known", "Take it out") for name in row if name not in names]
    return found or _odd(index, row)


def _mend(name: str) -> str:
    if name not in VOUCHING:
        return ""
    return "Give owner, checked_on and review_on; or none of them, while nobody has checked the line"


def _odd(index: int, row: dict[str, Any]) -> list[Told]:
    found = []
    checked, review = row.get("checked_on"), row.get("review_on")
    if checked and review and not checked <= review <= add_months(checked, LONGEST_GAP_MONTHS):
        mend = f"Give a day at most {LONGEST_GAP_MONTHS} months after checked_on"
        found.append((index, "review_on", "is too far from the last check", mend))
    if not row["link"].startswith(LINK_KINDS):
        found.append((index, "link", "must start with tel:, sms: or https://", ""))
    return found
