"""One person's spells of acute care, and the episodes that they make: the rule that a statistician signs.

A *spell* is what a record says: this person was with this service from this day to that. An *episode* is
what we infer: spells that overlap or follow one another closely are one stretch of acute care, whatever
the service and whoever provided it. Everything is in whole local dates.

The order of work, which is also the order in which rows are counted (protocol section ``outcome``):

1. A spell that ends before it starts counts for nothing. It is set aside *first*, so that an impossible
   end can never be taken for the known end of an open twin.
2. A spell with a service that the protocol does not count is set aside.
3. A spell that starts after the records' cut-off, or after the person's death, is set aside.
4. Of spells with the same service, provider and start, the one with the latest known end is kept.
5. A spell that is still open, or that ends after the cut-off or death, is held to end on the earlier of
   the two. Nothing is known, or can happen, after that day.
6. In order of start, a spell joins the episode before it when its start is at most ``gap_days`` after the
   latest end so far: a gap of 1 is the next day, 0 the same day. A protocol may give a wider gap for the
   episode that started by entry: then somebody who soon comes back has not been readmitted.

``analysis.acutecare`` does the same for millions of rows; the property tests hold the two equal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handrail.domain.words import Joined, SetAside, Setting

RowName = int | str


@dataclass(frozen=True)
class Spell:
    """One person's stay with one service. ``end_on`` is None while it is open; ``row`` names its source."""

    service: Setting
    provider: str
    start_on: date
    end_on: date | None
    row: RowName


@dataclass(frozen=True)
class Cleaned:
    """Spells that count, ends as the records gave them, and the source rows of those that do not."""

    spells: tuple[Spell, ...]
    set_aside: tuple[tuple[RowName, SetAside], ...]


@dataclass(frozen=True)
class IndexGap:
    """Within how many days a spell joins an episode that started on or before ``entry``."""

    entry: date
    days: int


@dataclass(frozen=True)
class Episode:
    """One stretch of acute care, with every source row in it and how each came to belong.

    ``start_on`` and ``end_on`` are both days of the episode. ``first_services`` are those of the spells
    that start it, in alphabetical order.
    """

    start_on: date
    end_on: date
    first_services: tuple[Setting, ...]
    rows: tuple[tuple[RowName, Joined], ...]


def clean(
    spells: Iterable[Spell], *, settings: Collection[Setting], observed_until: date, died_on: date | None
) -> Cleaned:
    """Steps 1 to 4: the spells of one person that count, in order of start, and why the others do not."""
    kept: list[Spell] = []
    aside: list[tuple[RowName, SetAside]] = []
    for spell in spells:
        rule = why_not_count(spell, settings=settings, observed_until=observed_until, died_on=died_on)
        if rule is None:
            kept.append(spell)
        else:
            aside.append((spell.row, rule))
    once = _once_each(kept)
    rows = {id(spell) for spell in once}
    aside += [(spell.row, SetAside.DUPLICATE) for spell in kept if id(spell) not in rows]
    return Cleaned(tuple(sorted(once, key=_by_start)), tuple(aside))


def why_not_count(
    spell: Spell, *, settings: Collection[Setting], observed_until: date, died_on: date | None
) -> SetAside | None:
    """The first reason why a spell on its own counts for nothing, or None when it counts."""
    if spell.end_on is not None and spell.end_on < spell.start_on:
        return SetAside.ENDS_BEFORE_START
    if spell.service not in settings:
        return SetAside.NOT_COUNTED
    if spell.start_on > observed_until:
        return SetAside.STARTS_IN_FUTURE
    if died_on is not None and spell.start_on > died_on:
        return SetAside.STARTS_AFTER_DEATH
    return None


def held_to(spell: Spell, last_day: date) -> Spell:
    """Step 5: the spell with an end, and none later than the last day that anything can be known."""
    if spell.end_on is not None and spell.end_on <= last_day:
        return spell
    return replace(spell, end_on=last_day)


def episodes(
    spells: Iterable[Spell], *, gap_days: int, close_on: date, index_gap: IndexGap | None = None
) -> tuple[Episode, ...]:
    """Steps 5 and 6: the episodes that one person's cleaned spells make, in order.

    ``close_on`` is the earlier of the cut-off and death; no cleaned spell starts after it. Without
    ``index_gap`` every episode is joined within ``gap_days``.
    """
    stretches: list[list[Spell]] = []
    latest_end = date.min
    for spell in sorted((held_to(spell, close_on) for spell in spells), key=_by_start):
        if stretches and (spell.start_on - latest_end).days <= _gap(stretches[-1], gap_days, index_gap):
            stretches[-1].append(spell)
        else:
            stretches.append([spell])
        latest_end = max(latest_end, _end(spell))
    return tuple(_episode(stretch) for stretch in stretches)


def _gap(stretch: list[Spell], gap_days: int, index_gap: IndexGap | None) -> int:
    """Within how many days a spell joins this stretch."""
    is_index = index_gap is not None and stretch[0].start_on <= index_gap.entry
    return index_gap.days if index_gap is not None and is_index else gap_days


def nights(spells: Iterable[Spell], *, first_on: date, last_on: date) -> int:
    """Distinct nights in acute care. A night belongs to the date on which it starts; ``last_on`` is in.

    Takes spells that have an end. Nights in a gap between spells of one episode are not counted.
    """
    return len({day for spell in spells for day in _days(spell.start_on, _end(spell), first_on, last_on)})


def calendar_days(spells: Iterable[Spell], *, first_on: date, last_on: date) -> int:
    """Distinct dates touched by acute care, the day of leaving included. Takes spells that have an end."""
    one = timedelta(days=1)
    return len(
        {day for spell in spells for day in _days(spell.start_on, _end(spell) + one, first_on, last_on)}
    )


def _once_each(spells: Iterable[Spell]) -> list[Spell]:
    """Step 4. A known end beats none, a later one an earlier; between equals the first row is kept."""
    best: dict[tuple[Setting, str, date], Spell] = {}
    for spell in spells:
        key = (spell.service, spell.provider, spell.start_on)
        if key not in best or (spell.end_on or date.min) > (best[key].end_on or date.min):
            best[key] = spell
    return list(best.values())


def _episode(stretch: list[Spell]) -> Episode:
    start_on = stretch[0].start_on
    return Episode(
        start_on=start_on,
        end_on=max(_end(spell) for spell in stretch),
        first_services=tuple(sorted({spell.service for spell in stretch if spell.start_on == start_on})),
        rows=tuple((spell.row, _how_joined(spell, stretch)) for spell in stretch),
    )


def _how_joined(spell: Spell, stretch: list[Spell]) -> Joined:
    if spell.start_on == stretch[0].start_on:
        return Joined.OPENS
    earlier = max(_end(other) for other in stretch if other.start_on < spell.start_on)
    return Joined.OVERLAPS if spell.start_on <= earlier else Joined.FOLLOWS


def _days(start_on: date, before: date, first_on: date, last_on: date) -> Iterator[date]:
    """The dates from a start to the day before another date, as far as they lie inside a span."""
    day = max(start_on, first_on)
    while day < before and day <= last_on:
        yield day
        day += timedelta(days=1)


def _end(spell: Spell) -> date:
    if spell.end_on is None:
        raise ValueError("close a spell before measuring it")
    return spell.end_on


def _by_start(spell: Spell) -> tuple[date, str, str]:
    return spell.start_on, spell.service, spell.provider
