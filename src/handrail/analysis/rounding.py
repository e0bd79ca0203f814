"""How many places to print, so that rounding never moves a number across the line that matters.

A limit of 0.997 printed as 1.00 beside p = 0.048 would contradict itself. Standard library only, so that
any command may use it.
"""

from __future__ import annotations

from collections.abc import Iterable

MOST_PLACES = 8
THRESHOLD = 0.05


def places(values: Iterable[float | None], neutral: float, least: int) -> int:
    """The fewest places, from ``least``, at which no value other than ``neutral`` prints like it."""
    given = [value for value in values if value is not None and value != neutral]
    for count in range(least, MOST_PLACES):
        if all(f"{value:.{count}f}" not in _printed(neutral, count) for value in given):
            return count
    return MOST_PLACES


def _printed(neutral: float, count: int) -> tuple[str, str]:
    """The neutral number as it would print; of nought, with either sign."""
    return f"{neutral:.{count}f}", f"{-neutral:.{count}f}" if neutral == 0 else ""


def neutral_of(scale: str) -> float:
    """Where a comparison on this scale shows no difference: 1 for a ratio, else 0."""
    return 1.0 if scale.endswith("ratio") else 0.0


def p_value(p: float) -> str:
    """A p value: four places below 0.1 (more where 0.05 is near), two above; never 0, which no p value is."""
    if p < 0.0001:
        return "<0.0001"
    return f"{p:.{places((p,), THRESHOLD, 4)}f}" if p < 0.1 else f"{p:.2f}"
