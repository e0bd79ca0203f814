"""Where to turn in a crisis: lines from a file, each vouched for by an owner and dates of checking.

A line without its owner, the day of its check and the day of its review stops the start, and fails the tests.
The shipped lines are vouched for by the makers of Handrail, who read them on public pages and rang nobody:
until somebody of the service stands there, the administrator is told to check them, as when a review day has
passed. Neither breaks a crisis page.
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
MAKERS = "Handrail's makers"  # the owner of the lines as they are shipped
KINDS = {"is_emergency": bool, "checked_on": date, "review_on": date}
VOUCHING = ("owner", "checked_on", "review_on")
SYNTAX_LINE = re.compile(r"at line (\d+)")


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
    return tuple(line for line in lines if line.review_on < on)


def unchecked(lines: tuple[CrisisLine, ...]) -> tuple[CrisisLine, ...]:
    """The lines that nobody of this service has checked yet."""
    return tuple(line for line in lines if line.owner == MAKERS)


Told = tuple[int, str, str, str]  # which [[line]], its key, what is wrong, the mend


def _placed(file: str, places: dict[Any, int], index: int, key: str, problem: str, mend: str) -> Fault:
    """A fault on the line where its key stands; on the heading of its [[line]] where the key is missing."""
    at = places.get(("line", index, key)) or places.get(("line", index), 0)
    return Fault(file, at, f"line[{index + 1}].{key}", problem, mend)


def _faults(index: int, row: dict[str, Any]) -> list[Told]:
    names = [field.name for field in fields(CrisisLine)]
    found = [
        (index, name, "must be there, not empty, and of the right kind", _mend(name))
        for name in names
        if row.get(name) in (None, "") or not isinstance(row[name], KINDS.get(name, str))
    ]
    found += [(index, name, "is not known", "Take it out") for name in row if name not in names]
    return found or _odd(index, row)


def _mend(name: str) -> str:
    if name not in VOUCHING:
        return ""
    return "Ring or text the line, then give owner, checked_on and review_on"


def _odd(index: int, row: dict[str, Any]) -> list[Told]:
    found = []
    checked, review = row.get("checked_on"), row.get("review_on")
    if checked and review and not checked <= review <= add_months(checked, LONGEST_GAP_MONTHS):
        mend = f"Give a day at most {LONGEST_GAP_MONTHS} months after checked_on"
        found.append((index, "review_on", "is too far from the last check", mend))
    if not row["link"].startswith(LINK_KINDS):
        found.append((index, "link", "must start with tel:, sms: or https://", ""))
    return found
