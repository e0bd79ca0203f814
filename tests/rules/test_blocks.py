"""Permuted blocks of random size: counted out in full, not sampled, wherever that can be done.

The tables are those of a published closed form (Blackwell and Hodges) and of an enumeration that agrees
with it: how often somebody who always guesses the arm that is behind is right.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import comb
from pathlib import Path

import pytest

from handrail.domain.allocation import make_blocks

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "allocation.md"
EQUAL = {"one": 1, "other": 1}


def every_roll(shares: dict[str, int], size: int) -> Iterator[tuple[str, ...]]:
    """The block for every possible run of the dice, each run equally likely."""
    for rolls in product(*(range(last + 1) for last in range(size - 1, 0, -1))):
        yield make_blocks(shares, sizes=(size,), length=1, pick=Rolled(size, rolls))


class Rolled:
    """Dice whose throws are written down beforehand; the size of the block is no throw."""

    def __init__(self, size: int, rolls: tuple[int, ...]) -> None:
        self.size, self.left = size, iter(rolls)

    def __call__(self, choices: Sequence) -> int:
        return self.size if choices == (self.size,) else next(self.left)


def every_order(size: int) -> Iterator[list[str]]:
    """Every balanced block of two arms, written out independently of the product."""
    for places in combinations(range(size), size // 2):
        yield ["one" if place in places else "other" for place in range(size)]


def right_guesses(arms: Sequence[str]) -> Fraction:
    """How many are right, on average, for somebody who guesses the arm that is behind; a tie is a coin."""
    ahead, right = 0, Fraction(0)
    for arm in arms:
        step = 1 if arm == "one" else -1
        right += Fraction(1, 2) if ahead == 0 else Fraction(ahead * step < 0)
        ahead += step
    return right


def certain(arms: Sequence[str]) -> int:
    """How many are certain to somebody who knows the size of the block: one arm is used up."""
    half, seen, known = len(arms) // 2, Counter[str](), 0
    for arm in arms:
        known += half in (seen["one"], seen["other"])
        seen[arm] += 1
    return known


@pytest.mark.parametrize(("size", "orders"), [(2, 2), (4, 6), (6, 20)])
def test_every_order_of_a_block_is_equally_likely(size: int, orders: int) -> None:
    count = Counter(every_roll(EQUAL, size))
    assert len(count) == orders == comb(size, size // 2)
    assert len(set(count.values())) == 1


def test_every_order_of_a_block_in_the_ratio_two_to_one_is_equally_likely() -> None:
    count = Counter(every_roll({"one": 2, "other": 1}, 6))
    assert len(count) == 15
    assert len(set(count.values())) == 1


@pytest.mark.parametrize(
    ("size", "guess", "known"),
    [
        (2, 0.750, 0.500),
        (4, 0.708, 0.333),
        (6, 0.683, 0.250),
        (8, 0.666, 0.200),
        (10, 0.653, 0.167),
        (12, 0.643, 0.143),
    ],
)
def test_fixed_blocks_are_as_guessable_as_the_published_table_says(
    size: int, guess: float, known: float
) -> None:
    orders = list(every_order(size))
    half = size // 2
    share = sum(map(right_guesses, orders)) / len(orders) / size
    closed_form = half + Fraction(2 ** (2 * half - 1), comb(2 * half, half)) - Fraction(1, 2)
    assert share == closed_form / size
    assert float(share) == pytest.approx(guess, abs=0.0005)
    assert sum(map(certain, orders)) / len(orders) / size == pytest.approx(known, abs=0.0005)


def trial(sizes: tuple[int, ...], dice: random.Random, people: int = 441, teams: int = 6) -> float:
    """The share of right guesses in one trial, by somebody who knows their own team's history."""
    count = [people // teams + (team < people % teams) for team in range(teams)]
    lists = [make_blocks(EQUAL, sizes=sizes, length=here, pick=dice.choice)[:here] for here in count]
    return float(sum(map(right_guesses, lists))) / people


@pytest.mark.slow
@pytest.mark.parametrize(("sizes", "published"), [((4, 6), 0.69), ((4,), 0.707), ((6, 8, 10, 12), 0.65)])
def test_the_scheme_is_as_guessable_as_the_published_simulation_says(
    sizes: tuple[int, ...], published: float
) -> None:
    dice = random.Random(20140312)
    rates = [trial(sizes, dice) for _ in range(60)]
    assert sum(rates) / len(rates) == pytest.approx(published, abs=0.02)


@pytest.mark.parametrize("seed", range(20))
def test_arms_are_level_at_every_block_end_and_never_far_apart(seed: int) -> None:
    dice = random.Random(seed)
    chosen: list[int] = []

    def pick(choices: Sequence) -> object:
        choice = dice.choice(choices)
        chosen.extend([choice] if choices == (4, 6) else [])
        return choice

    arms = make_blocks(EQUAL, sizes=(4, 6), length=120, pick=pick)
    ends = [sum(chosen[: n + 1]) for n in range(len(chosen))]
    ahead = [arms[:n].count("one") - arms[:n].count("other") for n in range(len(arms) + 1)]
    assert [ahead[end] for end in ends] == [0] * len(ends)
    assert max(map(abs, ahead)) <= 3
    assert ends[-1] == len(arms) and len(arms) - chosen[-1] < 120 <= len(arms)
    assert set(chosen) == {4, 6}


@pytest.mark.slow
def test_orders_of_a_block_of_four_pass_a_chi_squared_test() -> None:
    dice = random.Random(60000)
    count = Counter(make_blocks(EQUAL, sizes=(4,), length=4, pick=dice.choice) for _ in range(60_000))
    statistic = sum((seen - 10_000) ** 2 / 10_000 for seen in count.values())
    assert len(count) == 6
    assert statistic < 20.515  # 5 degrees of freedom, p = .001


def test_the_worked_example_of_the_reference_comes_out() -> None:
    throws = iter([4, 0, 2, 1, 6, 2, 0, 3, 1, 0])
    arms = make_blocks({"P": 1, "W": 1}, sizes=(4, 6), length=8, pick=lambda choices: next(throws))
    assert list(throws) == []
    assert f"The list is `{' '.join(arms)}`" in REFERENCE.read_text(encoding="utf-8")
