"""Two small sums that the arrangement steers by: a team-adjusted odds ratio, and a hazard ratio.

The analysis never uses them, and they never use the analysis: what they steer to is proved by
``handrail.analysis`` on the locked files, in tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
TURNS = 25


@dataclass(frozen=True)
class Times:
    """One follow-up time for each person, in days, with what ended it. ``stratum`` is a whole number."""

    days: Numbers
    is_event: npt.NDArray[np.bool_]
    is_supported: npt.NDArray[np.bool_]
    stratum: npt.NDArray[np.int64]


def adjusted_odds_ratio(known: Numbers, events: Numbers) -> tuple[float, float]:
    """Log odds ratio and its standard error by logistic regression with one intercept a team.

    ``known`` and ``events`` have a row for each team; column 0 is the reference arm, column 1 the other.
    Newton's method on the grouped likelihood; the information is an arrow, so no matrix is inverted.
    """
    level = np.log((events.sum(axis=1) + 0.5) / (known.sum(axis=1) - events.sum(axis=1) + 0.5))
    slope, schur = 0.0, 1.0
    for _ in range(TURNS):
        risk = 1 / (1 + np.exp(-(level[:, None] + slope * np.array([0.0, 1.0]))))
        weight = known * risk * (1 - risk)
        missing = (events - known * risk).sum(axis=1)
        total = weight.sum(axis=1)
        schur = float((weight[:, 0] * weight[:, 1] / total).sum())
        score = float((events - known * risk)[:, 1].sum() - (weight[:, 1] * missing / total).sum())
        step = score / schur
        slope += step
        level = level + (missing - weight[:, 1] * step) / total
        if abs(step) < 1e-12:
            break
    return slope, float(schur**-0.5)


def hazard_ratio(times: Times) -> float:
    """The hazard ratio of the supported against the reference arm: Cox, stratified, ties by Efron."""
    pieces = [_tied(times, times.stratum == stratum) for stratum in np.unique(times.stratum)]
    reference, supported, tied, tied_supported = (
        np.concatenate(column) for column in zip(*pieces, strict=True)
    )
    supported_events = float((times.is_event & times.is_supported).sum())
    slope = 0.0
    for _ in range(TURNS):
        ratio = np.exp(slope)
        at_risk = (supported - tied_supported) * ratio
        share = at_risk / (reference - tied + at_risk)
        step = (supported_events - float(share.sum())) / float((share * (1 - share)).sum())
        slope += step
        if abs(step) < 1e-10:
            break
    return float(np.exp(slope))


def _tied(times: Times, chosen: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """For each event of a stratum: those at risk in each arm, and Efron's part of the tied events."""
    days, supported = times.days[chosen], times.is_supported[chosen]
    event_days, event_supported = days[times.is_event[chosen]], supported[times.is_event[chosen]]
    order = np.argsort(event_days, kind="stable")
    event_days, event_supported = event_days[order], event_supported[order]
    each = [_at_risk(np.sort(days[supported == arm]), event_days) for arm in (False, True)]
    distinct, first, count = np.unique(event_days, return_index=True, return_counts=True)
    place = np.searchsorted(distinct, event_days)
    part = (np.arange(len(event_days)) - first[place]) / count[place]
    tied_supported = np.add.reduceat(event_supported.astype(float), first)[place] if len(first) else part
    tied_reference = count[place] - tied_supported
    return each[0], each[1], part * tied_reference, part * tied_supported


def _at_risk(sorted_days: Numbers, event_days: Numbers) -> Numbers:
    return (len(sorted_days) - np.searchsorted(sorted_days, event_days, side="left")).astype(float)


def adjusted_hazard_ratio(times: Times) -> float:
    """The hazard ratio with a coefficient for each stratum instead: Cox, ties by Efron, Newton's method."""
    levels = np.unique(times.stratum)[1:]
    design = np.column_stack([times.is_supported, times.stratum[:, None] == levels]).astype(float)
    slopes = np.zeros(design.shape[1])
    for _ in range(TURNS):
        score, information = _score(times, design, np.exp(design @ slopes))
        step = np.linalg.solve(information, score)
        slopes += step
        if np.abs(step).max() < 1e-10:
            break
    return float(np.exp(slopes[0]))


def _score(times: Times, design: Numbers, weight: Numbers) -> tuple[Numbers, Numbers]:
    """The slope of the log partial likelihood and its curvature, turned over."""
    size = design.shape[1]
    score, information = np.zeros(size), np.zeros((size, size))
    for day in np.unique(times.days[times.is_event]):
        at_risk, tied = times.days >= day, times.is_event & (times.days == day)
        score += design[tied].sum(axis=0)
        for share in np.arange(tied.sum()) / tied.sum():
            part = weight * (at_risk - share * tied)
            mean = part @ design / part.sum()
            score -= mean
            information += (design * part[:, None]).T @ design / part.sum() - np.outer(mean, mean)
    return score, information


def as_times(
    days: Sequence[int], is_event: Sequence[bool], is_supported: Sequence[bool], stratum: Sequence[int]
) -> Times:
    """The same, from plain sequences of equal length."""
    return Times(
        np.array(days, dtype=float),
        np.array(is_event, dtype=bool),
        np.array(is_supported, dtype=bool),
        np.array(stratum, dtype=int),
    )
