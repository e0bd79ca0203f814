"""Acute-care extracts as files, as hospitals send them: one for each provider and date of extraction.

Each file holds everything up to its date, so later files repeat earlier rows and tell the ends that were
not yet known. Some rows are wrong on purpose, in the ways that real rows are wrong: they must be refused
and counted, never silently dropped.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.commands.demonstration.lives import Life, Spell
from handrail.commands.demonstration.people import nhs_number
from handrail.commands.demonstration.stream import Stream

HEADER = ("person_id", "service", "provider", "start", "end")
DUPLICATED = 0.01
STRANGERS_PLACE = 80_000  # NHS numbers from here on belong to nobody in the demonstration

Row = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Extract:
    """One file: its name, the last day it covers, and its text."""

    name: str
    covers_until: date
    text: str


def extracts(lives: Iterable[Life], *, dates: Sequence[date], seed: int) -> tuple[Extract, ...]:
    """The files of every provider, in the order in which they arrive."""
    spells = [(life, spell) for life in lives for spell in life.spells]
    providers = sorted({spell.provider for _, spell in spells})
    return tuple(
        _extract(provider, until, [pair for pair in spells if pair[1].provider == provider], seed)
        for until in sorted(dates)
        for provider in providers
    )


def _extract(provider: str, until: date, spells: list[tuple[Life, Spell]], seed: int) -> Extract:
    stream = Stream(seed, "extract", provider, until)
    rows = [_row(life.identity.nhs_number, spell, until) for life, spell in spells if spell.start_on <= until]
    rows += [row for row in rows if stream.chance(DUPLICATED)]
    rows = stream.shuffled(rows + _wrong_rows(rows, provider, until, stream))
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return Extract(f"spells-{provider}-to-{until}.csv", until, page.getvalue())


def _row(nhs: str, spell: Spell, until: date) -> Row:
    """One spell as the file tells it: an end that is still to come is blank."""
    is_over = spell.end_on is not None and spell.end_on <= until
    end = str(spell.end_on) if is_over else ""
    return (nhs, spell.service.value, spell.provider, str(spell.start_on), end)


def _wrong_rows(rows: list[Row], provider: str, until: date, stream: Stream) -> list[Row]:
    """One row of each common fault, and two people whom the study does not know."""
    if not rows:
        return []
    nhs = stream(rows)[0]
    day, later = until - timedelta(days=60), until + timedelta(days=40)
    strangers = [nhs_number(STRANGERS_PLACE + stream.whole(0, 9_000)) for _ in range(2)]
    return [
        (nhs, "ward", provider, str(day), str(day - timedelta(days=9))),
        (nhs, "ambulance", provider, str(day), str(day)),
        (nhs, "ward", provider, str(later), ""),
        *[(who, "ward", provider, str(day), str(until)) for who in strangers],
    ]
