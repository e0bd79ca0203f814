"""Two proportions from four counts: ratios, differences and their limits.

Sources: Woolf 1955 (log odds ratio); Wilson 1927; Newcombe 1998, method 10; Katz 1978 (log risk ratio);
Wilks 1938 (the deviance, and the profile limits from it).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from handrail.analysis.distributions import quantile
from handrail.analysis.roots import root
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because

WIDEST_LOG_ODDS = 40.0
SHARE = "count; Wilson's limits"


@dataclass(frozen=True)
class TwoByTwo:
    """``events`` of ``people`` in the arm described, and the same two counts in the reference arm."""

    events: int
    people: int
    reference_events: int
    reference_people: int

    @property
    def cells(self) -> tuple[int, int, int, int]:
        """With and without the event in the arm, then with and without it in the reference arm."""
        return (
            self.events,
            self.people - self.events,
            self.reference_events,
            self.reference_people - self.reference_events,
        )

    @property
    def risks(self) -> tuple[float, float]:
        """The share with the event in the arm and in the reference arm."""
        return self.events / self.people, self.reference_events / self.reference_people


def why_not_compare(table: TwoByTwo) -> Reasons:
    """Why two proportions cannot be compared by a ratio: an empty arm, impossible counts, a cell of zero."""
    return (
        *why_not_use(table.events, table.people, "the first arm"),
        *why_not_use(table.reference_events, table.reference_people, "the second arm"),
    )


def why_not_use(events: int, people: int, which: str) -> Reasons:
    """Why one arm's counts cannot go into a ratio; ``which`` names the arm in the sentence."""
    if people < 1:
        return (Reason(Because.ARM_EMPTY, which),)
    return only(
        (not 0 <= events <= people, Reason(Because.MORE_EVENTS_THAN_PEOPLE, which)),
        (events == 0, Reason(Because.NO_EVENTS_IN_ARM, which)),
        (events == people, Reason(Because.ALL_EVENTS_IN_ARM, which)),
    )


def log_odds_ratio(table: TwoByTwo) -> tuple[float, float]:
    """The log odds ratio and its standard error, by Woolf."""
    a, b, c, d = table.cells
    return math.log(a * d / (b * c)), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)


def risk_difference(table: TwoByTwo) -> tuple[float, float]:
    """The risk difference and its standard error, each arm with its own variance."""
    p, q = table.risks
    variance = p * (1 - p) / table.people + q * (1 - q) / table.reference_people
    return p - q, math.sqrt(variance)


def log_risk_ratio(table: TwoByTwo) -> tuple[float, float]:
    """The log risk ratio and its standard error."""
    p, q = table.risks
    variance = (1 - p) / table.events + (1 - q) / table.reference_events
    return math.log(p / q), math.sqrt(variance)


def wilson(events: int, people: int, level: float) -> tuple[float, float]:
    """Wilson's score limits of one proportion."""
    z, share = quantile(level), events / people
    middle = (share + z * z / (2 * people)) / (1 + z * z / people)
    half = z / (1 + z * z / people) * math.sqrt(share * (1 - share) / people + z * z / (4 * people**2))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def per_cent(events: int, people: int, level: float) -> dict[str, float | int | None]:
    """One arm's share in per cent with Wilson's limits, as the numbers of a finding; none of nobody."""
    numbers: dict[str, float | int | None] = {"n": people, "events": events}
    if not people:
        return numbers | {"estimate": None}
    lower, upper = wilson(events, people, level)
    return numbers | {"estimate": 100 * events / people, "lower": 100 * lower, "upper": 100 * upper}


def newcombe(table: TwoByTwo, level: float) -> tuple[float, float]:
    """Newcombe's limits of the risk difference, from Wilson's limits of each arm (method 10)."""
    p, q = table.risks
    low, high = wilson(table.events, table.people, level)
    reference_low, reference_high = wilson(table.reference_events, table.reference_people, level)
    lower = p - q - math.hypot(p - low, reference_high - q)
    upper = p - q + math.hypot(high - p, q - reference_low)
    return lower, upper


def profile_limits(table: TwoByTwo, level: float) -> tuple[float, float]:
    """Profile-likelihood limits of the odds ratio: where the deviance has risen by the quantile's square."""
    reach = quantile(level) ** 2
    estimate, _ = log_odds_ratio(table)
    best = log_likelihood(table, estimate)

    def gap(log_odds: float) -> float:
        return 2 * (best - log_likelihood(table, log_odds)) - reach

    return (
        math.exp(root(gap, estimate - WIDEST_LOG_ODDS, estimate)),
        math.exp(root(gap, estimate, estimate + WIDEST_LOG_ODDS)),
    )


def log_likelihood(table: TwoByTwo, log_odds: float) -> float:
    """The greatest log likelihood of the table at this log odds ratio, over the reference arm's risk."""
    a, b, c, d = table.cells
    second = _log_reference_odds(table, log_odds)
    first = second + log_odds
    in_arm = a * _log_logistic(first) + b * _log_logistic(-first)
    return in_arm + c * _log_logistic(second) + d * _log_logistic(-second)


def _log_reference_odds(table: TwoByTwo, log_odds: float) -> float:
    """The reference arm's log odds at which the expected number of events is the observed one.

    With the odds as x and the odds ratio as r, people n and m, and e events in all:
    n r x / (1 + r x) + m x / (1 + x) = e, a quadratic in x with one positive root.
    """
    n, m, events = table.people, table.reference_people, table.events + table.reference_events
    ratio = math.exp(log_odds)
    square, linear = (n + m - events) * ratio, n * ratio + m - events * (1 + ratio)
    spread = math.sqrt(linear * linear + 4 * square * events)
    # Of the two ways of writing the root, the one that does not take like from like.
    odds = 2 * events / (linear + spread) if linear > 0 else (spread - linear) / (2 * square)
    return math.log(odds)


def _log_logistic(x: float) -> float:
    """The log of the risk at these log odds, without overflow."""
    return -math.log1p(math.exp(-x)) if x > 0 else x - math.log1p(math.exp(x))
