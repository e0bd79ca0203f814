"""What the acute-care records will hold of one person: the index spell, what came before, what comes after.

Real records are untidy, so these are too: stays overlap and touch, move between providers, last less
than a night, go on past the end of the file. What must hold is that the readable rule finds each fate.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

from handrail.commands.demonstration.lives import Fate, Path, Spell
from handrail.commands.demonstration.stream import Stream
from handrail.domain.words import Setting

HORIZON = 365
QUIET_DAYS = 10  # at least, between one episode and the next: far more than any merge gap
AGAIN = 0.35  # another episode after one has ended
EARLIER_CARE = 0.35
ON_THE_DAY = 0.02  # back in care by the day of entry: the index episode, which does not count
AFTER_THE_YEAR = 0.12
WARD_WITH_INDEX = 0.25

# Each pattern is a list of stays: setting, mean length and longest length in days, days from the end of
# the stay before (or, for "with", from its start), and whether it is at another provider.
TEAM, WARD = Setting.CRISIS_TEAM, Setting.WARD
HOUSE, UNIT = Setting.CRISIS_HOUSE, Setting.DAY_UNIT
PATTERNS: dict[tuple[tuple[Setting, int, int, int, str], ...], float] = {
    ((TEAM, 24, 70, 0, ""),): 0.38,
    ((WARD, 26, 120, 0, ""),): 0.16,
    ((TEAM, 6, 14, 0, ""), (WARD, 24, 90, 0, ""), (TEAM, 12, 30, 0, "")): 0.14,
    ((TEAM, 35, 80, 3, ""), (WARD, 9, 20, 4, "with")): 0.08,
    ((WARD, 8, 20, 0, "elsewhere"), (WARD, 20, 90, 1, "")): 0.06,
    ((HOUSE, 7, 14, 0, ""), (TEAM, 14, 40, 1, "")): 0.08,
    ((UNIT, 20, 45, 0, ""),): 0.05,
    ((WARD, 0, 0, 0, ""),): 0.03,
    ((TEAM, 20, 45, 0, ""), (WARD, 10, 25, 0, "with")): 0.02,
}


def _length(stream: Stream, mean: int, most: int) -> int:
    """A length of stay in days: most are short, a few are long."""
    return min(round(-mean * math.log(1 - stream.share())), most)


def episode(start_on: date, provider: str, elsewhere: str, stream: Stream) -> list[Spell]:
    """One stretch of acute care that starts on this day."""
    spells: list[Spell] = []
    for setting, mean, most, gap, how in stream.weighted(PATTERNS):
        begins = start_on
        if spells and how == "with":
            begins = spells[-1].start_on + timedelta(days=gap)
        elif spells:
            begins = (spells[-1].end_on or start_on) + timedelta(days=gap)
        length = _length(stream, mean, most)
        place = elsewhere if how == "elsewhere" else provider
        spells.append(Spell(setting, place, begins, begins + timedelta(days=length)))
    return spells


def _end(spells: list[Spell]) -> date:
    return max(spell.end_on for spell in spells if spell.end_on)


def spells_of(path: Path, fate: Fate, *, provider: str, elsewhere: str, stream: Stream) -> tuple[Spell, ...]:
    """Every spell of one person who entered, in order of their start."""
    if path.entered_on is None:
        return ()
    spells = _before(path, provider, elsewhere, stream)
    if fate.is_index_end_missing:
        spells = [replace(s, end_on=None) if s.end_on == path.discharged_on else s for s in spells]
    spells += _after(path.entered_on, fate, provider, elsewhere, stream)
    if fate.died_day is not None:
        died_on = path.entered_on + timedelta(days=fate.died_day)
        spells = [_until(spell, died_on) for spell in spells if spell.start_on <= died_on]
    return tuple(sorted(spells, key=lambda spell: (spell.start_on, spell.service, spell.provider)))


def _until(spell: Spell, last: date) -> Spell:
    return replace(spell, end_on=min(spell.end_on, last)) if spell.end_on else spell


def _before(path: Path, provider: str, elsewhere: str, stream: Stream) -> list[Spell]:
    """The index spell with the crisis team, a ward stay before it for some, and older episodes."""
    spells = [Spell(TEAM, provider, path.caseload_from, path.discharged_on)]
    first = path.caseload_from
    if stream.chance(WARD_WITH_INDEX):
        first -= timedelta(days=stream.whole(3, 25))
        spells.append(Spell(WARD, provider, first, path.caseload_from))
    if stream.chance(EARLIER_CARE):
        older = episode(first - timedelta(days=stream.whole(200, 500)), provider, elsewhere, stream)
        spells += [spell for spell in older if spell.end_on and spell.end_on < first - timedelta(days=5)]
    return spells


def _after(entered_on: date, fate: Fate, provider: str, elsewhere: str, stream: Stream) -> list[Spell]:
    """Episodes from entry on: the readmission, if it comes, and what follows it."""
    if fate.lost_day is not None:
        return []
    if fate.readmission_day is not None:
        start_on = entered_on + timedelta(days=fate.readmission_day)
        spells = episode(start_on, provider, elsewhere, stream)
        while stream.chance(AGAIN):
            gap = timedelta(days=QUIET_DAYS + stream.whole(0, 150))
            spells += episode(_end(spells) + gap, provider, elsewhere, stream)
        return spells
    if stream.chance(ON_THE_DAY):
        return [Spell(TEAM, provider, entered_on, entered_on + timedelta(days=stream.whole(6, 25)))]
    if stream.chance(AFTER_THE_YEAR):
        start_on = entered_on + timedelta(days=HORIZON + stream.whole(1, 90))
        return episode(start_on, provider, elsewhere, stream)
    return []
