"""Time to one event in two arms: Kaplan–Meier, log-rank and Cox.

Whole days from entry; the clock starts at day 1, so an event on day 0 is refused. Sources: Kaplan and Meier
1958; Greenwood 1926 with log-log limits (Kalbfleisch and Prentice 1980); Mantel 1966, Peto and Peto 1972
(log-rank, stratified too); Cox 1972 with Efron's way with ties (1977), fitted by statsmodels.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from statsmodels.duration.hazard_regression import PHReg

from handrail.analysis.distributions import chi_squared_p, quantile
from handrail.domain.refusal import Reason, Reasons, insist, only
from handrail.domain.words import Because

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Truths = NDArray[np.bool_]

LARGEST_LOG_RATIO = 15.0  # beyond this the likelihood has no peak


@dataclass(frozen=True)
class Times:
    """One row a person: days followed, whether they end in the event, the arm described, the stratum."""

    days: Wholes
    has_event: Truths
    is_in_arm: Truths
    stratum: NDArray[np.str_]

    def only(self, keep: Truths) -> Times:
        """Some of the people."""
        return Times(self.days[keep], self.has_event[keep], self.is_in_arm[keep], self.stratum[keep])


@dataclass(frozen=True)
class Steps:
    """A Kaplan–Meier curve: from each day on, the share without the event, with pointwise limits."""

    days: tuple[int, ...]
    survival: tuple[float, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]

    def at(self, day: int) -> float:
        """The share still without the event at the end of a day."""
        return self.survival[max(i for i, start in enumerate(self.days) if start <= day)]

    @property
    def median(self) -> int | None:
        """The first day by which half have had the event; none when half never do."""
        return next((day for day, share in zip(self.days, self.survival, strict=True) if share <= 0.5), None)


@dataclass(frozen=True)
class LogRank:
    """The log-rank statistic (chi-squared, 1 df), and the events seen and expected in the arm."""

    statistic: float
    p: float
    observed: int
    expected: float


@dataclass(frozen=True)
class Hazard:
    """A log hazard ratio with its standard error, and the strata that had no event and so said nothing."""

    log_ratio: float
    se: float
    silent: tuple[str, ...]


def why_not_follow(times: Times) -> Reasons:
    """Why there is no time to an event to analyse: an empty arm, an event on day 0, or no event at all."""
    return only(
        (
            bool(times.is_in_arm.all() or not times.is_in_arm.any()),
            Reason(Because.ARM_EMPTY, "one of the arms"),
        ),
        (
            bool((times.has_event & (times.days < 1)).any()),
            Reason(Because.EVENT_ON_DAY_ZERO, "time to event"),
        ),
        (not bool(times.has_event.any()), Because.NO_EVENT_SEEN),
    )


def kaplan_meier(days: Wholes, has_event: Truths, level: float) -> Steps:
    """The share without the event from day 0, with log-log limits by Greenwood's variance."""
    steps = np.unique(days[has_event])
    at_risk = np.array([(days >= day).sum() for day in steps], dtype=float)
    events = np.array([(has_event & (days == day)).sum() for day in steps], dtype=float)
    survival = np.cumprod(1 - events / at_risk)
    left = at_risk - events
    with np.errstate(divide="ignore"):
        greenwood = np.cumsum(np.where(left > 0, events / (at_risk * np.where(left > 0, left, 1)), np.inf))
    limits = [_log_log(float(s), float(v), level) for s, v in zip(survival, greenwood, strict=True)]
    return Steps(
        days=(0, *(int(day) for day in steps)),
        survival=(1.0, *(float(share) for share in survival)),
        lower=(None, *(low for low, _ in limits)),
        upper=(None, *(high for _, high in limits)),
    )


def _log_log(share: float, greenwood: float, level: float) -> tuple[float | None, float | None]:
    """Limits of one share on the log-log scale; none at 0 or 1, where that scale has no value."""
    if not 0 < share < 1:
        return None, None
    reach = quantile(level) * math.sqrt(greenwood) / abs(math.log(share))
    return float(share ** math.exp(reach)), float(share ** math.exp(-reach))


def at_risk(days: Wholes, day: int) -> int:
    """How many are still followed, and without the event, as a day begins."""
    return int((days >= day).sum())


def log_rank(times: Times, *, is_stratified: bool) -> LogRank:
    """The log-rank test, within strata if asked.

    Raises:
        Refused: when an arm is empty, an event falls on day 0, or nobody has the event.
    """
    insist(why_not_follow(times))
    strata = sorted(set(times.stratum.tolist())) if is_stratified else [None]
    parts = [_log_rank_part(times if s is None else times.only(times.stratum == s)) for s in strata]
    expected, variance = (math.fsum(part[i] for part in parts) for i in (0, 1))
    insist(only((variance == 0, Because.SEPARATED)))
    observed = int((times.has_event & times.is_in_arm).sum())
    statistic = (observed - expected) ** 2 / variance
    return LogRank(statistic, chi_squared_p(statistic), observed, expected)


def _log_rank_part(times: Times) -> tuple[float, float]:
    """The events expected in the arm within one stratum, and their variance."""
    steps = np.unique(times.days[times.has_event])
    everyone, own = np.sort(times.days), np.sort(times.days[times.is_in_arm])
    n = len(everyone) - np.searchsorted(everyone, steps).astype(float)
    n_own = len(own) - np.searchsorted(own, steps).astype(float)
    event_days = np.sort(times.days[times.has_event])
    d = (np.searchsorted(event_days, steps, "right") - np.searchsorted(event_days, steps)).astype(float)
    share = n_own / n
    spread = np.where(n > 1, d * share * (1 - share) * (n - d) / np.where(n > 1, n - 1, 1), 0.0)
    return math.fsum(d * share), math.fsum(spread)


def cox(times: Times, *, by_strata: str) -> Hazard:
    """The arm's hazard ratio; ``by_strata`` is ``no``, ``adjusted`` (a coefficient each) or ``stratified``.

    Raises:
        Refused: when an arm is empty, an event falls on day 0, or the ratio has no finite estimate.
    """
    insist(why_not_follow(times))
    eventful = set(times.stratum[times.has_event].tolist()) if by_strata != "no" else set()
    silent = sorted(set(times.stratum.tolist()) - eventful) if by_strata != "no" else []
    kept = times.only(~np.isin(times.stratum, silent)) if silent else times
    insist(why_no_peak(kept, is_stratified=by_strata == "stratified"))
    names = sorted(eventful)[1:] if by_strata == "adjusted" else []
    design = np.column_stack([kept.is_in_arm, *(kept.stratum == name for name in names)]).astype(float)
    strata = np.unique(kept.stratum, return_inverse=True)[1] if by_strata == "stratified" else None
    model = PHReg(kept.days.astype(float), design, status=kept.has_event, strata=strata, ties="efron")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        fitted = model.fit(disp=0)
        log_ratio, se = float(fitted.params[0]), float(fitted.bse[0])
    is_wild = bool((np.abs(fitted.params) > LARGEST_LOG_RATIO).any()) or not math.isfinite(se)
    insist(only((bool(said) or is_wild, Because.SEPARATED)))
    return Hazard(log_ratio, se, tuple(silent))


def why_no_peak(times: Times, *, is_stratified: bool) -> Reasons:
    """Why the hazard ratio has no finite estimate: no event in one arm while the other was at risk."""
    strata = sorted(set(times.stratum.tolist())) if is_stratified else [None]
    parts = [times if s is None else times.only(times.stratum == s) for s in strata]
    speaks = [any(_outlived(part, arm) for part in parts) for arm in (True, False)]
    return only((not all(speaks), Because.SEPARATED))


def _outlived(times: Times, is_arm: bool) -> bool:
    """Whether somebody of this arm had the event while somebody of the other arm was still at risk."""
    own = times.days[times.has_event & (times.is_in_arm == is_arm)]
    others = times.days[times.is_in_arm != is_arm]
    return bool(len(own) and len(others) and own.min() <= others.max())
