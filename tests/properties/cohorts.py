"""Random cohorts for the property tests: few people and few days, so that edges are met often."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from handrail.analysis.acutecare.columns import (
    NO_DAY,
    NOT_IN_COHORT,
    SERVICES,
    UNKNOWN_SERVICE,
    Cohort,
    Spells,
    number_of,
)
from handrail.domain.acutecare import Spell
from handrail.domain.protocol import ClockStart, IndexRule, OutcomeDefinition
from handrail.domain.words import Setting

ENTRY = date(2024, 1, 15)


@dataclass(frozen=True)
class Someone:
    """One person of a cohort. ``other_rows`` are the rows whose service nobody knows, by row number."""

    entry: date
    observed_until: date
    died_on: date | None
    has_consent: bool
    spells: tuple[Spell, ...]
    other_rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class World:
    """A cohort, the spells of people outside it, and the definition they are judged by."""

    people: tuple[Someone, ...]
    strangers: tuple[Spell, ...]
    under: OutcomeDefinition


def world(dice: random.Random) -> World:
    """A world drawn by chance. Row numbers run through the whole file and are never repeated."""
    rows = iter(range(10_000))
    horizon = dice.choice((10, 30, 365))
    settings = tuple(dice.sample(list(Setting), dice.choice((4, 4, 4, 2))))
    gap = dice.choice((0, 1, 1, 2, 5))
    index_gap = dice.choice((0, 0, gap + 1, gap + 6, 30))
    under = OutcomeDefinition(
        settings, horizon, gap, ClockStart.ENTRY, IndexRule.STARTED_BY_ENTRY, index_gap_days=index_gap
    )
    people = tuple(_someone(dice, horizon, rows) for _ in range(dice.randrange(0, 9)))
    strangers = tuple(_spell(dice, ENTRY, horizon, next(rows)) for _ in range(dice.randrange(0, 3)))
    return World(people, strangers, under)


def _someone(dice: random.Random, horizon: int, rows: Iterator[int]) -> Someone:
    entry = ENTRY + timedelta(days=dice.randrange(-3, 4))
    spells = [_spell(dice, entry, horizon, next(rows)) for _ in range(dice.choice((0, 1, 1, 2, 3, 5, 8)))]
    for spell in spells[: dice.choice((0, 0, 1, 2))]:  # twins, some of which know another end
        end_on = dice.choice((spell.end_on, None, spell.start_on + timedelta(days=dice.randrange(0, 20))))
        spells.append(replace(spell, end_on=end_on, row=next(rows)))
    return Someone(
        entry=entry,
        observed_until=entry
        + timedelta(days=dice.choice((horizon + 60, horizon, horizon - 1, dice.randrange(-5, horizon + 9)))),
        died_on=entry + timedelta(days=dice.randrange(0, horizon + 10)) if dice.random() < 0.25 else None,
        has_consent=dice.random() < 0.95,
        spells=tuple(spells),
        other_rows=tuple(next(rows) for _ in range(dice.choice((0, 0, 0, 1)))),
    )


def _spell(dice: random.Random, entry: date, horizon: int, row: int) -> Spell:
    start = entry + timedelta(
        days=dice.choice((dice.randrange(-20, 4), dice.randrange(0, 15), dice.randrange(0, horizon + 5)))
    )
    length = dice.choice((None, -1, 0, 1, dice.randrange(0, 9), dice.randrange(0, 40)))
    end = None if length is None else start + timedelta(days=length)
    return Spell(dice.choice(list(Setting)), dice.choice("ABC"), start, end, row)


def columns(cohort: World) -> tuple[Spells, Cohort]:
    """The same world as the engine takes it, its rows in the order of their numbers."""
    found = [(spell, place) for place, someone in enumerate(cohort.people) for spell in someone.spells]
    found += [(spell, NOT_IN_COHORT) for spell in cohort.strangers]
    rows = [_numbers(spell, place) for spell, place in found]
    rows += [
        (row, place, UNKNOWN_SERVICE, 0, number_of(ENTRY), NO_DAY)
        for place, someone in enumerate(cohort.people)
        for row in someone.other_rows
    ]
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 6)
    row, person, service, provider, start, end = (table[:, place] for place in range(6))
    days = (column.astype(np.int32) for column in (person, provider, start, end))
    whose, where, first, last = days
    spells = Spells(row.copy(), whose, service.astype(np.uint8), where, first, last)
    return spells, _cohort(cohort.people)


def _numbers(spell: Spell, place: int) -> tuple[int, ...]:
    end = NO_DAY if spell.end_on is None else number_of(spell.end_on)
    service = SERVICES.index(spell.service)
    return int(spell.row), place, service, ord(spell.provider), number_of(spell.start_on), end


def _cohort(people: tuple[Someone, ...]) -> Cohort:
    def days(found: list[date | None]) -> np.ndarray:
        return np.array([NO_DAY if day is None else number_of(day) for day in found], dtype=np.int32)

    return Cohort(
        days([someone.entry for someone in people]),
        days([someone.died_on for someone in people]),
        days([someone.observed_until for someone in people]),
        np.array([someone.has_consent for someone in people], dtype=bool),
    )
