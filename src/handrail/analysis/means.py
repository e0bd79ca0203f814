"""Means and their differences: t limits, Welch's test, and a bootstrap from a recorded seed.

Sources: Welch 1947 (unequal variances); Efron 1979 (percentile bootstrap, each arm resampled apart);
Conover 1999 (limits of the median from the order of the values).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, stdtr, stdtrit

from handrail.domain.refusal import Reason, Reasons, insist, only
from handrail.domain.words import Because

RESAMPLES = 10_000
BOOTSTRAP_SEED = 218_216
CHUNK = 4_000_000  # draws held in memory at once


@dataclass(frozen=True)
class Difference:
    """A difference in means, its standard error, limits and p; ``freedom`` is Welch's."""

    estimate: float
    se: float
    lower: float
    upper: float
    p: float
    freedom: float


def spread(values: Sequence[float]) -> float | None:
    """The standard deviation of a sample, or none for fewer than two."""
    return float(np.std(np.asarray(values, dtype=float), ddof=1)) if len(values) > 1 else None


def mean(values: Sequence[float]) -> float | None:
    """The mean, or none of nothing."""
    return math.fsum(values) / len(values) if len(values) else None


def t_limits(
    estimate: float | None, se: float | None, freedom: float, level: float
) -> tuple[float | None, float | None]:
    """Limits by Student's t; none without an estimate or a standard error."""
    if estimate is None or se is None:
        return None, None
    reach = float(stdtrit(freedom, 0.5 + level / 2)) * se
    return estimate - reach, estimate + reach


def median_limits(values: Sequence[float], level: float) -> tuple[float | None, float | None]:
    """Limits of the median from the ordered values alone, covering at least ``level``; none of too few.

    The median lies between the k-th value from below and the k-th from above unless fewer than k of the
    values fall on one side of it, which is binomial with chance one half (Conover 1999, section 3.2).
    """
    ordered, half = sorted(values), (1 - level) / 2
    k = 0
    while 2 * k < len(ordered) and float(bdtr(k, len(ordered), 0.5)) <= half:
        k += 1
    return (float(ordered[k - 1]), float(ordered[-k])) if k else (None, None)


def why_not_differ(values: Sequence[float], reference: Sequence[float]) -> Reasons:
    """Why two means cannot be compared: too few people, or nobody differs from anybody."""
    is_flat = len(set(values)) == 1 and len(set(reference)) == 1
    return only(
        (len(values) < 2, Reason(Because.TOO_FEW_PEOPLE, "the first arm")),
        (len(reference) < 2, Reason(Because.TOO_FEW_PEOPLE, "the second arm")),
        (is_flat and len(values) > 1 and len(reference) > 1, Because.NOBODY_DIFFERS),
    )


def welch(values: Sequence[float], reference: Sequence[float], level: float) -> Difference:
    """The difference in means with Welch's limits and p.

    Raises:
        Refused: when either arm has fewer than two people, or nobody differs.
    """
    insist(why_not_differ(values, reference))
    parts = [float(np.var(np.asarray(arm, dtype=float), ddof=1)) / len(arm) for arm in (values, reference)]
    se = math.sqrt(sum(parts))
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(values) - 1) + parts[1] ** 2 / (len(reference) - 1))
    estimate = math.fsum(values) / len(values) - math.fsum(reference) / len(reference)
    reach = float(stdtrit(freedom, 0.5 + level / 2)) * se
    p = 2 * float(stdtr(freedom, -abs(estimate) / se))
    return Difference(estimate, se, estimate - reach, estimate + reach, p, freedom)


def bootstrap(
    values: Sequence[int], reference: Sequence[int], level: float, *, seed: int = BOOTSTRAP_SEED
) -> tuple[float, float, float]:
    """The standard error and percentile limits of the difference in means of whole numbers.

    The values are put in order first, so that the order of the rows does not matter.

    Raises:
        Refused: when either arm has fewer than two people, or nobody differs.
    """
    insist(why_not_differ(values, reference))
    stream = np.random.default_rng(seed)
    means = [_resampled_means(sorted(arm), stream) for arm in (values, reference)]
    differences = means[0] - means[1]
    half = (1 - level) / 2
    lower, upper = np.quantile(differences, [half, 1 - half])
    return float(np.std(differences, ddof=1)), float(lower), float(upper)


def _resampled_means(
    values: list[int], stream: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The mean of each resample, drawn in pieces that fit in memory."""
    arm = np.array(values)
    size = max(CHUNK // len(arm), 1)
    totals = [
        arm[stream.integers(0, len(arm), size=(min(size, RESAMPLES - start), len(arm)))].sum(axis=1)
        for start in range(0, RESAMPLES, size)
    ]
    return np.concatenate(totals) / len(arm)
