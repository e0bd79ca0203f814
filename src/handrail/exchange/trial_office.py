"""Whom people ask about the trial: the trial office's telephone number and e-mail address, from a small file.

The same for everybody, whatever they are offered. Like the lines for help in a crisis, the office is vouched
for by an owner and two dates, all of them or none; with none, nobody has rung the number yet.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from handrail.domain.dates import add_months
from handrail.domain.person import is_email, telephone_digits
from handrail.domain.refusal import BadFile, Fault
from handrail.exchange.protocol_lines import lines_of

SECTION = "office"
LONGEST_GAP_MONTHS = 12
LONGEST_HOURS = 80
MOST_DIGITS = 15  # of any telephone number
NUMBER = re.compile(r"\+?[0-9][0-9 ]*")
VOUCHING = ("owner", "checked_on", "review_on")  # all of them or none
SYNTAX_LINE = re.compile(r"at line (\d+)")
ON_PAPER = "call the number on your information sheet"


@dataclass(frozen=True)
class TrialOffice:
    """How to reach the office. ``hours`` may be empty; the rest as for a line for help in a crisis."""

    telephone: str
    email: str
    hours: str = ""
    owner: str = ""
    checked_on: date | None = None
    review_on: date | None = None

    @property
    def call_link(self) -> str:
        """The link that dials the number."""
        return "tel:" + self.telephone.replace(" ", "")

    @property
    def ask(self) -> str:
        """What to do to ask, as part of a sentence."""
        return f"call us on {self.telephone}"

    def is_overdue(self, *, on: date) -> bool:
        """Whether the review day has passed."""
        return self.review_on is not None and self.review_on < on


def shown(own: TrialOffice | None, *, example: TrialOffice, is_synthetic: bool) -> TrialOffice | None:
    """The office to show: the installation's own; without, in a demonstration, the invented one; or none."""
    return own or (example if is_synthetic else None)


def how_to_ask(office: TrialOffice | None) -> str:
    """What a message tells somebody to do who has a question, as part of a sentence."""
    return office.ask if office else ON_PAPER


def why_not(telephone: object, email: object, hours: object = "") -> Iterator[tuple[str, str, str]]:
    """What is wrong with an office's particulars: which one, the problem, the mend."""
    if not isinstance(telephone, str) or not _is_number(telephone):
        yield "telephone", "must be a telephone number", 'Write it in quotes, such as "020 7946 0321"'
    if not isinstance(email, str) or not is_email(email):
        yield "email", "must be an e-mail address", 'Write it in quotes, such as "office@example.org"'
    if not isinstance(hours, str) or len(hours) > LONGEST_HOURS or not hours.isprintable():
        yield "hours", f"must be a few words, at most {LONGEST_HOURS} characters", "Say when somebody answers"


def as_file(telephone: str, email: str, hours: str) -> str:
    """The file of an office that nobody has vouched for yet."""
    given = {"telephone": telephone, "email": email, "hours": hours}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in given.items() if value]
    told = "Shown to people on their own pages. Ring the number and write to the address, then vouch for both"
    return "\n".join((f"# {told}", "# with owner, checked_on and review_on.", "", f"[{SECTION}]", *lines, ""))


def read(path: Path) -> TrialOffice:
    """The office that a file names.

    Raises:
        BadFile: with every fault and its line, when it does not parse, or a particular is missing or wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text).get(SECTION)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as wrong:
        place = SYNTAX_LINE.search(str(wrong))
        raise BadFile((Fault(path.name, int(place[1]) if place else 0, "", str(wrong)),)) from wrong
    if not isinstance(table, dict):
        raise BadFile((Fault(path.name, 0, SECTION, "is missing", f"Write [{SECTION}] and its keys"),))
    places = lines_of(text)
    found = tuple(
        Fault(path.name, places.get((SECTION, key)) or places[(SECTION,)], f"{SECTION}.{key}", problem, mend)
        for key, problem, mend in _faults(table)
    )
    if found:
        raise BadFile(found)
    return TrialOffice(**table)


def _faults(table: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    known = [field.name for field in fields(TrialOffice)]
    for key in table:
        if key not in known:
            yield key, "is not known", f"Known here: {', '.join(known)}"
    yield from why_not(table.get("telephone"), table.get("email"), table.get("hours", ""))
    if any(key in table for key in VOUCHING):
        yield from _half_vouched(table)


def _half_vouched(table: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    kinds = {"owner": str, "checked_on": date, "review_on": date}
    wrong = [key for key in VOUCHING if not table.get(key) or type(table[key]) is not kinds[key]]
    mend = "Give owner, checked_on and review_on; or none of them, while nobody has rung and written"
    yield from ((key, "must be there, not empty, and of the right kind", mend) for key in wrong)
    if not wrong:
        checked, review = table["checked_on"], table["review_on"]
        if not checked <= review <= add_months(checked, LONGEST_GAP_MONTHS):
            mend = f"Give a day at most {LONGEST_GAP_MONTHS} months after checked_on"
            yield "review_on", "is too far from the last check", mend


def _is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None and 0 < len(telephone_digits(text)) <= MOST_DIGITS
