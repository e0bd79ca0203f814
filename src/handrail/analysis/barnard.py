"""Barnard's exact test: one pair of totals fixed, and the worst case over the risk shared by both.

Source: Barnard 1947, with the pooled score statistic (Suissa and Shuster 1985). In a trial the arms' sizes
are what is fixed. Fixing the totals with and without the event instead gives another p value.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from handrail.analysis.combinations import Floats, Wholes, log_choose, log_factorials

GRID = 400
PEAKS = 3
GOLDEN = (5**0.5 - 1) / 2
GOLDEN_STEPS = 20
NEAR = 1e-12  # a statistic this close (relatively) to the one seen counts as equal to it


def barnard(a: int, n: int, b: int, m: int) -> tuple[float, float]:
    """The statistic and the two-sided p, for ``a`` of ``n`` against ``b`` of ``m`` with n and m fixed."""
    seen = float(_score(np.array([a]), n, np.array([b]), m)[0])
    reach = abs(seen) * (1 - NEAR)
    x = np.arange(n + 1)
    # Along a row the statistic falls as the second count grows, so the region is the row's two ends.
    high_until = _last_at_least(x, n, m, reach)
    low_from = _last_at_least(x, n, m, float(np.nextafter(-reach, np.inf))) + 1
    ways_n = log_choose(log_factorials(n), n, x)
    ways_m = log_choose(log_factorials(m), m, np.arange(m + 1))

    def chance(risk: float) -> float:
        upto = np.concatenate([[0.0], np.cumsum(_binomial(ways_m, risk))])
        return float(_binomial(ways_n, risk) @ (upto[high_until + 1] + upto[-1] - upto[low_from]))

    return seen, min(_greatest(chance), 1.0)


def _score(x: Wholes, n: int, y: Wholes, m: int) -> Floats:
    """The pooled score statistic of each table; 0 where nobody or everybody had the event."""
    pooled = (x + y) / (n + m)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    scores: Floats = np.divide(x / n - y / m, spread, out=np.zeros(len(x)), where=spread > 0)
    return scores


def _last_at_least(x: Wholes, n: int, m: int, reach: float) -> Wholes:
    """For each first count, the greatest second count whose statistic is at least ``reach``; −1 if none.

    By halving, all rows at once: ``low`` always reaches, ``high`` never does.
    """
    low, high = np.full(len(x), -1), np.full(len(x), m + 1)
    while bool((high - low > 1).any()):
        middle = (low + high) // 2
        is_open = high - low > 1
        is_enough = _score(x, n, np.clip(middle, 0, m), m) >= reach
        low = np.where(is_open & is_enough, middle, low)
        high = np.where(is_open & ~is_enough, middle, high)
    return low


def _binomial(log_ways: Floats, risk: float) -> Floats:
    """The binomial chances at this risk, from the logs of the binomial coefficients."""
    count = len(log_ways) - 1
    x = np.arange(count + 1)
    chances: Floats = np.exp(log_ways + x * np.log(risk) + (count - x) * np.log1p(-risk))
    return chances


def _greatest(of: Callable[[float], float]) -> float:
    """The greatest value of a function of a risk: a grid, then golden sections around its highest peaks."""
    step = 1 / (GRID + 1)
    risks = np.linspace(step, 1 - step, GRID)
    values = np.array([of(float(risk)) for risk in risks])
    fenced = np.concatenate([[-1.0], values, [-1.0]])
    is_peak = (values >= fenced[:-2]) & (values >= fenced[2:])
    peaks = sorted(risks[is_peak], key=lambda risk: -of(float(risk)))[:PEAKS]
    return max(float(values.max()), *(_golden(of, float(peak) - step, float(peak) + step) for peak in peaks))


def _golden(of: Callable[[float], float], low: float, high: float) -> float:
    """The greatest value between two points, by golden sections, one evaluation a step."""
    low, high = max(low, NEAR), min(high, 1 - NEAR)
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = of(left), of(right)
    for _ in range(GOLDEN_STEPS):
        if at_left > at_right:
            high, right, at_right = right, left, at_left
            left = high - GOLDEN * (high - low)
            at_left = of(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + GOLDEN * (high - low)
            at_right = of(right)
    return max(at_left, at_right)
