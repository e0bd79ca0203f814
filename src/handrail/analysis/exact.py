"""Exact inference on the odds ratio of a two-by-two table: Fisher's test and mid-p.

Both hold the arms' sizes and the number of events fixed, so the count in the first arm follows the
non-central hypergeometric distribution. Sources: Fisher 1935; Cornfield 1956 for the interval; Lancaster
1961 for mid-p.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from handrail.analysis.combinations import Floats, log_choose, log_factorials
from handrail.analysis.roots import brent, root

WIDEST_LOG_ODDS = 40.0
TIE = 1e-7  # tables as likely as each other but for rounding, as R's fisher.test judges it
SMALLEST = float(np.finfo(float).eps)
R_TOLERANCE = SMALLEST**0.25  # where R's uniroot stops by default


@dataclass(frozen=True)
class ExactAnswer:
    """An exact analysis of the odds ratio: conditional estimate, limits and two-sided p."""

    estimate: float
    lower: float
    upper: float
    p: float


class Conditional:
    """The number of events in the first arm, given both arms' sizes and all events.

    ``a`` events of ``n`` in the first arm and ``b`` of ``m`` in the second.
    """

    def __init__(self, a: int, n: int, b: int, m: int) -> None:
        events = a + b
        self.a = a
        self.support = np.arange(max(0, events - m), min(n, events) + 1)
        logs = log_factorials(n + m)
        self.log_ways: Floats = log_choose(logs, n, self.support) + log_choose(logs, m, events - self.support)

    def chances(self, log_odds: float) -> Floats:
        """The chance of each value of the support at this log odds ratio."""
        log_chance = self.log_ways + self.support * log_odds
        weight = np.exp(log_chance - log_chance.max())
        chances: Floats = weight / weight.sum()
        return chances

    def estimate(self) -> float:
        """The conditional maximum-likelihood odds ratio: where the expected count is the observed one."""

        def gap(log_odds: float) -> float:
            return float(self.chances(log_odds) @ self.support) - self.a

        return float(np.exp(root(gap, -WIDEST_LOG_ODDS, WIDEST_LOG_ODDS)))

    def tail(self, log_odds: float, *, is_upper: bool, own_share: float) -> float:
        """The chance of more (or fewer) events than observed, and a share of the observed count's own."""
        chances = self.chances(log_odds)
        beyond = self.support > self.a if is_upper else self.support < self.a
        own = chances[self.support == self.a].sum()
        return float(chances[beyond].sum() + own_share * own)

    def limits(self, level: float, own_share: float) -> tuple[float, float]:
        """Limits of the odds ratio to full precision: each tail holds half of what the level leaves."""
        half = (1 - level) / 2

        def limit(is_upper: bool) -> float:
            return root(
                lambda log_odds: self.tail(log_odds, is_upper=is_upper, own_share=own_share) - half,
                -WIDEST_LOG_ODDS,
                WIDEST_LOG_ODDS,
            )

        return float(np.exp(limit(True))), float(np.exp(limit(False)))

    def limits_as_r(self, level: float) -> tuple[float, float]:
        """Limits of Fisher's test as R's ``fisher.test`` prints them."""
        half = (1 - level) / 2

        def limit(is_upper: bool) -> float:
            return _root_as_r(lambda log: self.tail(log, is_upper=is_upper, own_share=1.0) - half)

        return limit(True), limit(False)


def _root_as_r(gap: Callable[[float], float]) -> float:
    """The odds ratio at which a function of its log is zero, as R finds it: up to 1e-4 short.

    R looks on the odds ratio where the answer is below 1, and on its inverse where it is above.
    """
    if (gap(0.0) > 0) == (gap(WIDEST_LOG_ODDS) > 0):
        return brent(lambda odds: gap(math.log(odds or SMALLEST**2)), 0.0, 1.0, R_TOLERANCE)
    return 1 / brent(lambda inverse: gap(-math.log(inverse)), SMALLEST, 1.0, R_TOLERANCE)


def fisher(a: int, n: int, b: int, m: int, *, level: float) -> ExactAnswer:
    """Fisher's exact test: tables no more likely than the one seen, with limits as R's ``fisher.test``."""
    table = Conditional(a, n, b, m)
    chances = table.chances(0.0)
    seen = chances[table.support == a][0]
    p = float(chances[chances <= seen * (1 + TIE)].sum())
    lower, upper = table.limits_as_r(level)
    return ExactAnswer(table.estimate(), lower, upper, min(p, 1.0))


def mid_p(a: int, n: int, b: int, m: int, *, level: float) -> ExactAnswer:
    """The mid-p test (the smaller tail, doubled) and its interval: half of the observed table counts."""
    table = Conditional(a, n, b, m)
    tails = [table.tail(0.0, is_upper=up, own_share=0.5) for up in (True, False)]
    lower, upper = table.limits(level, 0.5)
    return ExactAnswer(table.estimate(), lower, upper, min(2 * min(tails), 1.0))
