"""What may stand in each column of a spells file and a cohort, said once.

The fast reader asks this of every *different* text that a column holds; the slow one, which explains a file
that was refused, asks it of every cell. So the two cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
SHOWN = 40  # characters of a faulty cell that a message repeats

Why = tuple[str, str]  # what is wrong, and the mend


class Kind(Enum):
    """What a cell holds."""

    NAME = "name"  # a person or a provider: any printable text, never empty
    WORD = "word"  # a service: any text; unknown ones are counted by rule, not refused
    DAY = "day"  # a whole date
    DAY_OR_EMPTY = "day or empty"
    YES_NO = "yes or no"


@dataclass(frozen=True)
class Field:
    """One column that is read. A column that is not needed may be missing from the file."""

    name: str
    kind: Kind
    is_needed: bool = True


SPELL_FIELDS = (
    Field("person_id", Kind.NAME),
    Field("service", Kind.WORD),
    Field("provider", Kind.NAME),
    Field("start", Kind.DAY),
    Field("end", Kind.DAY_OR_EMPTY),
)
COHORT_FIELDS = (
    Field("person_id", Kind.NAME),
    Field("entry_date", Kind.DAY),
    Field("death_date", Kind.DAY_OR_EMPTY, is_needed=False),
    Field("observed_until", Kind.DAY_OR_EMPTY, is_needed=False),
    Field("consented", Kind.YES_NO, is_needed=False),
)


def why_not(field: Field, text: str) -> Why | None:
    """What is wrong with a cell of this column, and the mend; None when it can be read."""
    if field.kind is Kind.WORD or (field.kind is Kind.DAY_OR_EMPTY and not text):
        return None
    if not text:
        return "is empty", f"Every row needs its {field.name}"
    if field.kind is Kind.NAME:
        return _why_not_name(text)
    if field.kind is Kind.YES_NO:
        return None if text in ("0", "1") else (f"is {shown(text)}", "Write 1 for yes or 0 for no")
    return _why_not_day(text)


def whole_date(text: str) -> date | None:
    """The date, if it is written exactly as ``YYYY-MM-DD`` with plain digits; None otherwise."""
    if len(text) != 10 or not text.isascii() or text[4] != "-" or text[7] != "-":
        return None
    parts = (text[:4], text[5:7], text[8:])
    if not all(part.isdigit() for part in parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


def shown(text: str) -> str:
    """A cell as a message repeats it: quoted, odd characters spelled out, and not too long."""
    return ascii(text if len(text) <= SHOWN else text[:SHOWN] + "...")


def _why_not_day(text: str) -> Why | None:
    day = whole_date(text)
    if day is None:
        return f"{shown(text)} is not a date", "Write a whole date that exists as YYYY-MM-DD, without a time"
    if not EARLIEST <= day <= LATEST:
        years = f"{EARLIEST.year} to {LATEST.year}"
        return (
            f"{shown(text)} is outside the years {years}",
            "Give the true date; leave an end empty while open",
        )
    return None


def _why_not_name(text: str) -> Why | None:
    if text != text.strip():
        return "has a space before or after it", "Take the space away: it would match nobody"
    if not text.isprintable():
        return "holds a character that cannot be printed", "Take that character away"
    return None
