"""The readmission fixture: cases with answers that every engine must give exactly.

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

ENTRY = date(2024, 1, 15)
CUT_OFF = date(2025, 3, 31)
CORE = OutcomeDefinition(tuple(Setting), 365, 1, ClockStart.ENTRY, IndexRule.STARTED_BY_ENTRY)
SERVICES = {"C": Setting.CRISIS_TEAM, "W": Setting.WARD, "H": Setting.CRISIS_HOUSE, "D": Setting.DAY_UNIT}

#  case | spells | died | status | readmitted | day | first service | nights | calendar days | followed days
TABLE = """
 1 | C/A 2023-12-20..2024-01-10 | - | not_readmitted | 0 | - | - | 0 | 0 | 365
 2 | C/A 2023-12-20..2024-01-10, W/A 2024-03-01..2024-03-11 | - | readmitted | 1 | 46 | ward | 10 | 11 | 365
 3 | C/A 2024-01-05..2024-01-25 | - | not_readmitted | 0 | - | - | 9 | 10 | 365
 4 | C/A 2024-01-05..2024-01-25, W/A 2024-01-25..2024-02-05 | - | not_readmitted | 0 | - | - | 20 | 21 | 365
 5 | C/A 2024-01-05..2024-01-25, W/A 2024-01-27..2024-02-05 | - | readmitted | 1 | 12 | ward | 18 | 20 | 365
 6|C/A 2024-04-01..2024-05-15, W/A 2024-04-10..2024-04-30|-|readmitted|1|77|crisis-team|44|45|365
 7 | W/A 2024-06-01..2024-06-10, W/B 2024-06-10..2024-06-30 | - | readmitted | 1 | 138 | ward | 29 | 30 | 365
 8 | W/A 2024-07-01..2024-07-01 | - | readmitted | 1 | 168 | ward | 0 | 1 | 365
 9 | W/A 2024-12-20..open | - | readmitted | 1 | 340 | ward | 26 | 26 | 365
10 | W/A 2024-01-15..2024-01-20 | - | not_readmitted | 0 | - | - | 4 | 5 | 365
11 | W/A 2024-01-16..2024-01-20 | - | readmitted | 1 | 1 | ward | 4 | 5 | 365
12 | W/A 2025-01-14..2025-01-20 | - | readmitted | 1 | 365 | ward | 1 | 1 | 365
13 | W/A 2025-01-15..2025-01-20 | - | not_readmitted | 0 | - | - | 0 | 0 | 365
14 | W/A 2024-08-01..2024-08-10, W/A 2024-08-01..2024-08-10 | - | readmitted | 1 | 199 | ward | 9 | 10 | 365
15|C/A 2024-03-01..2024-03-15, W/A 2024-09-01..2024-09-21|-|readmitted|1|46|crisis-team|34|36|365
16 | none | 2024-05-01 | died | 0 | - | - | 0 | 0 | 107
17 | W/A 2024-05-10..2024-05-01 | - | not_readmitted | 0 | - | - | 0 | 0 | 365
18 | D/A 2024-10-01..2024-10-15 | - | readmitted | 1 | 260 | day-unit | 14 | 15 | 365
19 | C/A 2023-11-20..2023-12-06 | - | not_readmitted | 0 | - | - | 0 | 0 | 365
"""


@dataclass(frozen=True)
class Case:
    """One line of the table: a person, and the row of the outcome file that is due, as text."""

    name: str
    spells: tuple[Spell, ...]
    died_on: date | None
    status: str
    answers: tuple[str, ...]  # readmitted, day, first service, nights, calendar days, followed days


def cases() -> tuple[Case, ...]:
    """Every case of the table."""
    lines = [[part.strip() for part in line.split("|")] for line in TABLE.strip().splitlines()]
    return tuple(_case(line) for line in lines)


def _case(parts: list[str]) -> Case:
    name, spells, died, status, *answers = parts
    return Case(
        name,
        tuple(spell(text, row) for row, text in enumerate(spells.split(", ")) if text != "none"),
        None if died == "-" else date.fromisoformat(died),
        status,
        tuple("" if answer == "-" else answer for answer in answers),
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
