"""Who is readmitted, and when: arranged to print the published figures, or drawn by chance.

The arranged fates are not a sample of anything. They are one of very many ways in which the published
counts, means and ratios could have come about.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from handrail.commands.demonstration import steering
from handrail.commands.demonstration.figures import (
    DEATH_SHARE,
    REFERENCE_RISK,
    TEAM_SD,
    UNKNOWN_SHARE,
    Figures,
)
from handrail.commands.demonstration.lives import Entrant, Fate
from handrail.commands.demonstration.steering import HORIZON, NotArranged
from handrail.commands.demonstration.stream import Stream

Fates = dict[int, Fate]


def drawn(entrants: Sequence[Entrant], odds_ratio: float, stream: Stream) -> Fates:
    """Fates by chance: the odds of readmission within the year are ``odds_ratio`` times the reference's.

    Teams differ at random; the times follow a Weibull curve with the hazard that gives each risk, so
    that hazards are proportional.
    """
    teams = {code: stream.normal(0, TEAM_SD) for code in sorted({e.team_code for e in entrants})}
    level = math.log(REFERENCE_RISK / (1 - REFERENCE_RISK))
    return {
        entrant.number: _draw_one(
            level + teams[entrant.team_code] + (math.log(odds_ratio) if entrant.is_supported else 0), stream
        )
        for entrant in entrants
    }


def _draw_one(log_odds: float, stream: Stream) -> Fate:
    risk = 1 / (1 + math.exp(-log_odds))
    if stream.chance(UNKNOWN_SHARE):
        return _lost(stream)
    if stream.chance(risk):
        day = steering.day_of(stream.share(), -math.log(1 - risk))
        return Fate(readmission_day=day, is_index_end_missing=stream.chance(0.005))
    if stream.chance(DEATH_SHARE):
        return _died(stream)
    return Fate()


def _lost(stream: Stream) -> Fate:
    return Fate(lost_day=stream.whole(150, 330), has_moved=stream.chance(0.5))


def _died(stream: Stream) -> Fate:
    return Fate(died_day=stream.whole(60, HORIZON - 10))


def arranged(entrants: Sequence[Entrant], figures: Figures, stream: Stream) -> Fates:
    """Fates that print the published figures exactly.

    Raises:
        NotArranged: when the arms have other sizes, or the search finds nothing within its tries.
    """
    fates: Fates = {entrant.number: Fate() for entrant in entrants}
    for is_supported, arm in ((True, figures.supported), (False, figures.reference)):
        members = [entrant.number for entrant in entrants if entrant.is_supported == is_supported]
        if len(members) != arm.entered:
            raise NotArranged(f"{len(members)} people in an arm that should have {arm.entered}")
        fates |= {number: _lost(stream) for number in stream.some(members, arm.entered - arm.known)}
    readmitted = _readmitted(entrants, fates, figures, stream)
    numbers = {entrant.number for entrant in readmitted}
    for is_supported, arm in ((True, figures.supported), (False, figures.reference)):
        well = [
            e.number
            for e in entrants
            if e.is_supported == is_supported and e.number not in numbers and fates[e.number].lost_day is None
        ]
        fates |= {number: _died(stream) for number in stream.some(well, arm.deaths)}
    others = [(e, _last_day(fates[e.number])) for e in entrants if e.number not in numbers]
    days = steering.readmission_days(readmitted, others, figures, stream)
    unclear = set(stream.some(sorted(number for number, day in days.items() if day > 60), 2))
    return fates | {
        number: Fate(readmission_day=day, is_index_end_missing=number in unclear)
        for number, day in days.items()
    }


def _readmitted(entrants: Sequence[Entrant], fates: Fates, figures: Figures, stream: Stream) -> list[Entrant]:
    """Choose who is readmitted: first how many in each team and arm, then whom."""
    teams = sorted({entrant.team_code for entrant in entrants})
    cells: dict[tuple[int, int], list[Entrant]] = {}
    for entrant in entrants:
        if fates[entrant.number].lost_day is None:
            cells.setdefault((teams.index(entrant.team_code), int(entrant.is_supported)), []).append(entrant)
    known = np.zeros((len(teams), 2))
    for (team, arm), members in cells.items():
        known[team, arm] = len(members)
    counts = steering.event_counts(known, figures, stream)
    return [
        entrant
        for (team, arm), members in sorted(cells.items())
        for entrant in stream.some(members, int(counts[team, arm]))
    ]


def _last_day(fate: Fate) -> int:
    return fate.lost_day or fate.died_day or HORIZON
