"""The readmission fixture: cases that every engine must answer exactly (``tests/spec/readmission.md``).

Day 0 is 15 January 2024, so the window runs to 14 January 2025; the records are complete to 31 March 2025;
the gap is one day. C is a crisis team, W a ward, H a crisis house, D a day unit; A and B are providers. The
answers were worked out by a day-by-day count and by SQL, which agreed on every row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handrail.domain.acutecare import Spell
from handrail.domain.protocol import ClockStart, IndexRule, OutcomeDefinition
from handrail.domain.words import Setting
from tests.spec.reading import Row, listed, rows

ENTRY = date(2024, 1, 15)
CUT_OFF = date(2025, 3, 31)
CORE = OutcomeDefinition(tuple(Setting), 365, 1, ClockStart.ENTRY, IndexRule.STARTED_BY_ENTRY)
ANSWERS = ("Readmitted", "Day", "First service", "Nights", "Calendar days", "Followed days")
SERVICES = {"C": Setting.CRISIS_TEAM, "W": Setting.WARD, "H": Setting.CRISIS_HOUSE, "D": Setting.DAY_UNIT}


@dataclass(frozen=True)
class Case:
    """One line of the table: a person, and the row of the outcome file that is due, as text."""

    name: str
    spells: tuple[Spell, ...]
    died_on: date | None
    status: str
    answers: tuple[str, ...]  # readmitted, day, first service, nights, calendar days, followed days


def cases() -> tuple[Case, ...]:
    """Every case of the table, which stands in the chapter on readmission."""
    return tuple(_case(row) for row in rows("readmission", "The fixture"))


def _case(row: Row) -> Case:
    return Case(
        row["Case"],
        tuple(spell(text, place) for place, text in enumerate(listed(row["Spells"])) if text != "none"),
        date.fromisoformat(row["Died"]) if row["Died"] else None,
        row["Status"],
        tuple(row[column] for column in ANSWERS),
    )


def spell(text: str, row: int = 0) -> Spell:
    """A spell as the table writes it: ``W/A 2024-03-01..2024-03-11``, or ``..open``."""
    place, dates = text.split()
    service, provider = place.split("/")
    start, end = dates.split("..")
    return Spell(
        SERVICES[service],
        provider,
        date.fromisoformat(start),
        None if end == "open" else date.fromisoformat(end),
        row,
    )
