"""The search that steers the arranged fates to the published figures: counts by team, then days.

Both parts go downhill from a plausible start and keep the totals fixed at every move, so that counts
and means are exact whatever the search does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from handrail.commands.demonstration import sums
from handrail.commands.demonstration.figures import EARLY_SHAPE, Figures
from handrail.commands.demonstration.lives import Entrant
from handrail.commands.demonstration.stream import Stream

HORIZON = 365
COUNT_TRIES, DAY_TRIES = 1_000, 5_000  # moves from each start
STARTS = 100
FARTHEST = 3  # events, from what a cell would have with one odds ratio in every team
HEAT = 0.3
NOTHING_FOUND = "no arrangement was found; try another seed"
LARGEST_SHIFT = 60  # days, in one move

S = TypeVar("S")


class NotArranged(Exception):
    """No arrangement was found; another seed will find one."""


def event_counts(known: sums.Numbers, figures: Figures, stream: Stream) -> sums.Numbers:
    """Events by team (rows) and arm (column 0 the reference) with the published totals, ratio and p.

    Each cell stays near what one odds ratio in every team would give: no team is a wonder.

    Raises:
        NotArranged: when none is found.
    """

    def miss(counts: sums.Numbers) -> float:
        slope, error = sums.adjusted_odds_ratio(known, counts)
        return 1000 * (_outside(slope, figures.log_odds_ratio) + _outside(-slope / error, figures.z))

    for _ in range(STARTS):
        first = _first_counts(known, figures, stream)

        def moved(counts: sums.Numbers, first: sums.Numbers = first) -> sums.Numbers | None:
            other, arm = counts.copy(), stream.whole(0, 1)
            giver, taker = stream.some(range(len(known)), 2)
            other[giver, arm] -= 1
            other[taker, arm] += 1
            return other if np.abs(other - first).max() <= FARTHEST else None

        found = _downhill(first, miss, moved, stream, tries=COUNT_TRIES)
        if found is not None:
            return found
    raise NotArranged(NOTHING_FOUND)


def _first_counts(known: sums.Numbers, figures: Figures, stream: Stream) -> sums.Numbers:
    """A start: teams that differ about as much as the published interval suggests, with the right totals."""
    widest = 0.6 + 0.4 * stream.share()
    spread = np.array(stream.shuffled(np.linspace(-widest, widest, len(known)).tolist()))
    counts = np.zeros_like(known)
    for arm, total in ((0, figures.reference.readmitted), (1, figures.supported.readmitted)):
        level = math.log(total / (known[:, arm].sum() - total))
        counts[:, arm] = np.round(known[:, arm] / (1 + np.exp(-(level + spread))))
        while counts[:, arm].sum() != total:
            counts[stream.whole(0, len(known) - 1), arm] += 1 if counts[:, arm].sum() < total else -1
    return counts


def readmission_days(
    readmitted: Sequence[Entrant],
    others: Sequence[tuple[Entrant, int]],
    figures: Figures,
    stream: Stream,
) -> dict[int, int]:
    """The day of readmission by person's number: the published means, exactly, and the hazard ratio.

    ``others`` are those not known to be readmitted, each with the last day on which that is known. The
    hazard ratio is steered crude and within teams; the one adjusted for teams only has to print alike.

    Raises:
        NotArranged: when no set of days is found.
    """
    everyone = [*readmitted, *(entrant for entrant, _ in others)]
    last_days = [day for _, day in others]
    teams = sorted({entrant.team_code for entrant in everyone})
    strata = [teams.index(entrant.team_code) for entrant in everyone]
    is_event = [place < len(readmitted) for place in range(len(everyone))]
    is_supported = [entrant.is_supported for entrant in everyone]

    def times(days: list[int], stratum: list[int]) -> sums.Times:
        return sums.as_times([*days, *last_days], is_event, is_supported, stratum)

    def miss(days: list[int]) -> float:
        ratios = (sums.hazard_ratio(times(days, stratum)) for stratum in (strata, [0] * len(strata)))
        return 1000 * max(_outside(ratio, figures.hazard_ratio) for ratio in ratios)

    def moved(days: list[int]) -> list[int] | None:
        one, two = stream.some(range(len(days)), 2)
        if is_supported[one] != is_supported[two]:
            return None
        shift, other = stream.whole(1, LARGEST_SHIFT), list(days)
        other[one], other[two] = other[one] + shift, other[two] - shift
        return other if other[one] <= HORIZON and other[two] >= 1 else None

    for _ in range(STARTS):
        days = _downhill(_first_days(readmitted, figures, stream), miss, moved, stream, tries=DAY_TRIES)
        if days and _prints_alike(sums.adjusted_hazard_ratio(times(days, strata)), figures.hazard_ratio):
            return {entrant.number: day for entrant, day in zip(readmitted, days, strict=True)}
    raise NotArranged(NOTHING_FOUND)


def _prints_alike(ratio: float, allowed: tuple[float, float]) -> bool:
    return f"{ratio:.2f}" == f"{sum(allowed) / 2:.2f}"


def _first_days(readmitted: Sequence[Entrant], figures: Figures, stream: Stream) -> list[int]:
    """A start: early days the likelier, and each arm's sum exact."""
    days = [0] * len(readmitted)
    for is_supported, arm in ((True, figures.supported), (False, figures.reference)):
        places = [place for place, entrant in enumerate(readmitted) if entrant.is_supported == is_supported]
        curve = stream.shuffled(_curve(len(places), arm.mean_day))
        total = arm.mean_day * arm.readmitted
        while sum(curve) != total:
            place = stream.whole(0, len(curve) - 1)
            curve[place] += 1 if sum(curve) < total else -1
            curve[place] = min(max(curve[place], 1), HORIZON)
        for place, day in zip(places, curve, strict=True):
            days[place] = day
    return days


def _curve(count: int, mean_day: float) -> list[int]:
    """Evenly spaced quantiles of a Weibull curve cut at the horizon, with nearly this mean.

    At most two people come back on any one of the first days.
    """
    low, high = 0.05, 5.0
    for _ in range(40):
        shape = (low + high) / 2
        days = [max(day_of((place + 0.5) / count, 0.4, shape), 2 + place // 2) for place in range(count)]
        low, high = (shape, high) if sum(days) < mean_day * count else (low, shape)
    return days


def day_of(quantile: float, cumulative_hazard: float, shape: float = EARLY_SHAPE) -> int:
    """The day, 1 to 365, at this quantile of the times of those readmitted within the year."""
    risk = 1 - math.exp(-cumulative_hazard)
    reached = -math.log(1 - quantile * risk) / cumulative_hazard
    return min(max(math.ceil(HORIZON * reached ** (1 / shape)), 1), HORIZON)


def _outside(value: float, allowed: tuple[float, float]) -> float:
    return max(allowed[0] - value, value - allowed[1], 0.0)


def _downhill(
    state: S, miss: Callable[[S], float], moved: Callable[[S], S | None], stream: Stream, *, tries: int
) -> S | None:
    """Move at random, keeping what misses by less and now and then what misses by a little more."""
    missed = miss(state)
    for turn in range(tries):
        if missed == 0:
            return state
        other = moved(state)
        if other is None:
            continue
        missed_then = miss(other)
        heat = HEAT * (1 - turn / tries) * min(missed, 1.0)
        if missed_then < missed or stream.share() < math.exp(-(missed_then - missed) / max(heat, 1e-9)):
            state, missed = other, missed_then
    return None
