"""Is one hazard ratio enough for the whole window? The exact score test of a ratio that changes with time.

The model has, beside each coefficient, the same coefficient times a centred function of time: 1 minus the
Kaplan–Meier curve of everybody just before each event. The test asks whether those extra coefficients are 0
(Grambsch and Therneau 1994, as an exact score test: what R's ``survival::cox.zph`` gives from version 3 on,
``transform = "km"``; Efron's way with ties).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handrail.analysis.distributions import chi_squared_p
from handrail.analysis.survival import Floats, Hazard, Times, Truths, Wholes, kaplan_meier
from handrail.domain.refusal import insist, only
from handrail.domain.words import Because

ANY_LEVEL = 0.95  # the curve's limits are not used
TINY = 1e-12  # information of less than this comes from one day alone


@dataclass(frozen=True)
class Slope:
    """The test of one coefficient: chi-squared on 1 degree of freedom, and p."""

    statistic: float
    p: float


def slope_of_arm(times: Times, fitted: Hazard) -> Slope:
    """Whether the arm's log hazard ratio, own baseline hazard for each stratum, has a slope over time.

    Raises:
        Refused: when all events fall on one day, so that no change over time can be seen.
    """
    design = times.is_in_arm.astype(float)[:, None]
    strata = np.unique(times.stratum, return_inverse=True)[1]
    coefficients = np.array([fitted.log_ratio])
    return slopes(times.days, times.has_event, design, strata, coefficients)[0]


def slopes(
    days: Wholes, has_event: Truths, design: Floats, strata: NDArray[np.intp], coefficients: Floats
) -> tuple[Slope, ...]:
    """The test of each column of ``design``, the others held to one coefficient for the whole time.

    ``coefficients`` must be the fitted ones: the score of those at the peak is 0 and is not worked out.

    Raises:
        Refused: when all events fall on one day.
    """
    insist(only((len(np.unique(days[has_event])) < 2, Because.NO_CHANGE_SEEN)))
    clock = _clock(days, has_event)
    width = design.shape[1]
    score, flat, crossed, steep = (np.zeros(s) for s in ((width,), *[(width, width)] * 3))
    for stratum in np.unique(strata):
        own = strata == stratum
        weights = np.exp(design[own] @ coefficients)
        for day in np.unique(days[own & has_event]):
            at_risk, dying = days[own] >= day, has_event[own] & (days[own] == day)
            gap, spread = _step(design[own], weights, at_risk, dying)
            score += clock[int(day)] * gap
            flat += spread
            crossed += clock[int(day)] * spread
            steep += clock[int(day)] ** 2 * spread
    left = steep - crossed @ np.linalg.solve(flat, crossed.T)
    insist(only((bool((np.diag(left) <= TINY).any()), Because.NO_CHANGE_SEEN)))
    found = (float(score[j] ** 2 / left[j, j]) for j in range(width))
    return tuple(Slope(statistic, chi_squared_p(statistic)) for statistic in found)


def _clock(days: Wholes, has_event: Truths) -> dict[int, float]:
    """Each event day's place on the clock: 1 minus the curve just before it, centred over the events."""
    curve = kaplan_meier(days, has_event, ANY_LEVEL)
    before = dict(zip(curve.days[1:], (1 - share for share in curve.survival[:-1]), strict=True))
    middle = float(np.mean([before[int(day)] for day in days[has_event]]))
    return {day: place - middle for day, place in before.items()}


def _step(design: Floats, weights: Floats, at_risk: Truths, dying: Truths) -> tuple[Floats, Floats]:
    """One day's events: how far they lie from what was expected, and the spread, by Efron's way with ties."""
    gap, spread = design[dying].sum(axis=0), np.zeros((design.shape[1],) * 2)
    count = int(dying.sum())
    for part in range(count):
        shares = weights * (at_risk - part / count * dying)
        whole = shares.sum()
        mean = shares @ design / whole
        gap = gap - mean
        spread += (design.T * shares) @ design / whole - np.outer(mean, mean)
    return gap, spread
