"""Dice for synthetic people only: streams that a seed and a name give again, byte for byte."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Stream:
    """A stream of chance. Equal names give equal streams; different names have nothing in common.

    Each step of a demonstration has a stream of its own, so that one step more or less in one life
    changes nothing in another. It is a :class:`handrail.domain.chance.Pick`.
    """

    def __init__(self, *name: object) -> None:
        self._dice = random.Random("/".join(map(str, name)))  # noqa: S311 - repeatable on purpose

    def __call__(self, choices: Sequence[T], /) -> T:
        """One of the choices, each equally likely."""
        return choices[self._dice.randrange(len(choices))]

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return self._dice.randint(low, high)

    def share(self) -> float:
        """A number from 0 up to, but not including, 1."""
        return self._dice.random()

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._dice.random() < probability

    def normal(self, mean: float, sd: float) -> float:
        """A number from a normal distribution."""
        return self._dice.gauss(mean, sd)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The same items in a random order."""
        return self._dice.sample(list(items), len(items))

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """So many of the items, without repeats; all of them when there are fewer."""
        return self._dice.sample(list(items), min(count, len(items)))

    def weighted(self, weights: dict[T, float]) -> T:
        """One of the keys, as likely as its weight."""
        return self._dice.choices(list(weights), list(weights.values()))[0]
