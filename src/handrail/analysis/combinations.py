"""Numbers of ways to choose, as logarithms, for the exact tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]


def log_factorials(n: int) -> Floats:
    """The logs of 0!, 1!, … n!."""
    logs: Floats = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    return logs


def log_choose(log_factorial: Floats, n: int, x: Wholes) -> Floats:
    """The log of how many ways there are to choose x of n, from the logs of the factorials."""
    chosen: Floats = log_factorial[n] - log_factorial[x] - log_factorial[n - x]
    return chosen
