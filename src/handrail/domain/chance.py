"""Dice are passed in, never reached for: a rule that needs chance is handed a :class:`Pick`.

In real use it is the operating system's (``secrets.choice``); only where the database is marked
synthetic, and in simulation, is it a stream from a recorded seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Pick(Protocol):
    """Chooses one of a sequence, each equally likely."""

    def __call__(self, choices: Sequence[T], /) -> T:
        """One of the choices. The sequence is never empty."""
        ...
