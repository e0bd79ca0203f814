"""A second attacker of managers' figures: integer programming over all that is shown, instead of intervals.

The rule narrows intervals, which might miss what whole numbers give away. Here every hidden count of a table
is made as small and as large as the rest allows; where the two are one, it is given away.
"""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from handrail.domain import disclosure
from handrail.domain.disclosure import ENDLESS, SMALL, WITHHELD, Division, Place, Release, disclosed, release
from tests.rules.test_disclosure import WITHIN, people, starred, tables

pytestmark = [pytest.mark.prove, pytest.mark.no_database]
MANY = 10_000


def given_away(made: Release) -> set[Place]:
    """The hidden counts of which whole numbers leave one value."""
    shown = dict(made.places())
    place_of = {place: which for which, place in enumerate(shown)}
    sums, orders = disclosure._rules(made, 1)
    rows, least, most = [], [], []
    for total, parts in sums:
        rows.append(
            _row(len(shown), {place_of[total[1:]]: -1.0, **{place_of[one[1:]]: 1.0 for one in parts}})
        )
        least.append(0.0), most.append(0.0)
    for smaller, larger in orders:
        rows.append(_row(len(shown), {place_of[smaller[1:]]: 1.0, place_of[larger[1:]]: -1.0}))
        least.append(-np.inf), most.append(0.0)
    told = {"constraints": LinearConstraint(np.array(rows), least, most), "integrality": np.ones(len(shown))}
    told["bounds"] = Bounds(
        [cell.lowest for cell in shown.values()],
        [MANY if cell.highest == ENDLESS else cell.highest for cell in shown.values()],
    )
    found = set()
    for place, cell in shown.items():
        if cell in (SMALL, WITHHELD):
            aim = _row(len(shown), {place_of[place]: 1.0})
            if round(milp(aim, **told).fun) == round(-milp(-aim, **told).fun):
                found.add(place)
    return found


def _row(size: int, values: dict[int, float]) -> np.ndarray:
    row = np.zeros(size)
    for place, value in values.items():
        row[place] = value
    return row


def test_whole_numbers_give_nothing_away_of_random_tables() -> None:
    chance = random.Random(20261123)
    for _ in range(10):
        assert given_away(release(tables(people(chance, chance.randint(5, 60))), within=WITHIN)) == set()


def test_this_attacker_finds_what_the_rule_finds() -> None:
    plain = starred([Division("Team", tuple("abcde"), ((8, 1, 1, 1, 1),))], (None,))
    assert given_away(plain) == disclosed(plain) != set()


def test_intervals_give_nothing_away_of_five_thousand_random_tables() -> None:
    chance = random.Random(33)
    for _ in range(5000):
        assert not disclosed(release(tables(people(chance, chance.randint(5, 60))), within=WITHIN))
