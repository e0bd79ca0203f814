"""Where a function crosses zero: to full precision, and exactly as R's ``uniroot`` finds it."""

from __future__ import annotations

from collections.abc import Callable

EPSILON = 2.220446049250313e-16
HALVINGS = 200
STEPS = 1000


def root(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a monotonic function crosses zero between two points, by halving.

    Raises:
        ValueError: when the function has the same sign at both ends.
    """
    rises = of(high) > 0
    if (of(low) > 0) == rises:
        raise ValueError("the function does not cross zero between these points")
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if (of(middle) > 0) == rises else (middle, high)
    return (low + high) / 2


def brent(of: Callable[[float], float], low: float, high: float, tolerance: float) -> float:
    """Brent's root finder (1973), step for step as R's ``uniroot``, so that its early stop is the same.

    The names follow Brent: ``b`` is the best point so far, ``a`` the one before, ``c`` across the root.
    """
    a, b, c = low, high, low
    at_a, at_b = of(a), of(b)
    at_c = at_a
    for _ in range(STEPS):
        last_step = b - a
        if abs(at_c) < abs(at_b):
            a, b, c = b, c, b
            at_a, at_b, at_c = at_b, at_c, at_b
        near = 2 * EPSILON * abs(b) + tolerance / 2
        step = (c - b) / 2
        if abs(step) <= near or at_b == 0:
            break
        if abs(last_step) >= near and abs(at_a) > abs(at_b):
            step = _interpolated((a, b, c), (at_a, at_b, at_c), step, last_step, near)
        step = max(abs(step), near) * (1 if step > 0 else -1)
        a, at_a = b, at_b
        b += step
        at_b = of(b)
        if (at_b > 0) == (at_c > 0):
            c, at_c = a, at_a
    return b


def _interpolated(
    points: tuple[float, float, float],
    values: tuple[float, float, float],
    half_step: float,
    last_step: float,
    near: float,
) -> float:
    """The secant or inverse-quadratic step where it is safe; otherwise the halving step."""
    (a, b, c), (at_a, at_b, at_c) = points, values
    across = c - b
    ratio = at_b / at_a
    if a == c:
        p, q = across * ratio, 1 - ratio
    else:
        q, over_c = at_a / at_c, at_b / at_c
        p = ratio * (across * q * (q - over_c) - (b - a) * (over_c - 1))
        q = (q - 1) * (over_c - 1) * (ratio - 1)
    p, q = (p, -q) if p > 0 else (-p, q)
    if p < 0.75 * across * q - abs(near * q) / 2 and p < abs(last_step * q / 2):
        return p / q
    return half_step
