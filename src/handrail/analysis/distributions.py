"""The normal distribution, as every interval and p value here uses it, from the standard library alone."""

from __future__ import annotations

import math
from statistics import NormalDist


def quantile(level: float) -> float:
    """How many standard errors make a two-sided interval of this level (1.96 for 0.95)."""
    return NormalDist().inv_cdf(0.5 + level / 2)


def two_sided(z: float) -> float:
    """The two-sided p value of a standard normal statistic, accurate far into the tail."""
    return math.erfc(abs(z) / math.sqrt(2))


def chi_squared_p(statistic: float) -> float:
    """The p value of a chi-squared statistic with one degree of freedom; below 0 counts as 0."""
    return math.erfc(math.sqrt(max(statistic, 0.0) / 2))
