"""Counts of people as they may be shown: arithmetic, and last quarter's figures, give no small one away."""

from __future__ import annotations

import random

import pytest

from handrail.domain import disclosure
from handrail.domain.disclosure import SMALL, WITHHELD, Division, Release, disclosed, release

WITHIN = (None, 0, 1, 2, 1)
Person = tuple[list[int], set[int]]


def people(chance: random.Random, count: int) -> list[Person]:
    """Somebody's group in each of three divisions, and the stages that they reached."""
    found = []
    for _ in range(count):
        reached: set[int | None] = {None}
        for stage, outer in enumerate(WITHIN):
            if outer in reached and (stage == 0 or chance.random() < 0.7):
                reached.add(stage)
        groups = [min(4, int(chance.expovariate(0.8))) for _ in range(3)]
        found.append((groups, {stage for stage in reached if stage is not None}))
    return found


def tables(everybody: list[Person]) -> list[Division]:
    """The three divisions of these people."""
    return [
        Division(
            f"Division {which}",
            tuple("abcde"),
            tuple(
                tuple(
                    sum(groups[which] == group and stage in reached for groups, reached in everybody)
                    for group in range(5)
                )
                for stage in range(len(WITHIN))
            ),
        )
        for which in range(3)
    ]


def starred(divisions: list[Division], within: tuple[int | None, ...]) -> Release:
    """The same counts hidden and rounded, and never attacked."""
    counts = disclosure._counts(divisions, within)
    told = {place: disclosure._first(count) for place, count in counts.items()}
    return disclosure._made(divisions, within, told)


@pytest.mark.parametrize(
    ("count", "words", "lowest", "highest"),
    [
        (0, "0", 0, 0),
        (1, "1 to 7", 1, 7),
        (7, "1 to 7", 1, 7),
        (8, "10", 8, 12),
        (12, "10", 8, 12),
        (13, "15", 13, 17),
    ],
)
def test_small_counts_are_hidden_and_others_rounded(
    count: int, words: str, lowest: int, highest: int
) -> None:
    made = release([Division("Team", ("a", "b"), ((count, 40),))], within=(None,))
    cell = made.divisions[0][2][0][0]
    assert (cell.words, cell.lowest, cell.highest) == (words, lowest, highest)


def test_four_ones_that_hiding_and_rounding_alone_give_away_are_protected() -> None:
    divisions = [Division("Team", tuple("abcde"), ((8, 1, 1, 1, 1),))]  # 12 is shown as 10, so 8 to 12
    plain = starred(divisions, (None,))
    assert len(disclosed(plain)) == 4
    made = release(divisions, within=(None,))
    assert not disclosed(made)
    assert WITHHELD in made.divisions[0][2][0]


def test_nothing_hidden_can_be_worked_out_of_random_tables() -> None:
    chance = random.Random(20261123)
    for _ in range(20):
        assert not disclosed(release(tables(people(chance, chance.randint(5, 60))), within=WITHIN))


def test_a_figure_that_two_quarters_give_away_together_is_protected() -> None:
    before = release([Division("Team", tuple("abcd"), ((8, 1, 0, 12),))], within=(None,))
    later = [Division("Team", tuple("abcd"), ((8, 1, 0, 13),))]
    alone = release(later, within=(None,))
    assert disclosed(alone, before=before) and not disclosed(alone)
    assert not disclosed(release(later, within=(None,), before=before), before=before)


def test_nor_do_two_quarters_of_random_tables() -> None:
    chance = random.Random(7)
    for _ in range(8):
        everybody = people(chance, chance.randint(10, 40))
        first = release(tables(everybody[:-2]), within=WITHIN)
        assert not disclosed(release(tables(everybody), within=WITHIN, before=first), before=first)


def test_every_count_lies_within_what_is_shown_of_it() -> None:
    chance = random.Random(3)
    for _ in range(8):
        divisions = tables(people(chance, 40))
        counts = disclosure._counts(divisions, WITHIN)
        for place, cell in release(divisions, within=WITHIN).places():
            assert cell.lowest <= counts[place] <= cell.highest


def test_figures_that_contradict_the_last_ones_as_after_a_correction_give_nothing_away() -> None:
    many, fewer = (([Division("Team", ("a", "b"), ((count, 3),))]) for count in (30, 8))
    before = release(many, within=(None,))
    assert not disclosed(release(fewer, within=(None,), before=before), before=before)


def test_divisions_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="Sex does not sum"):
        release([Division("Team", ("a",), ((9,),)), Division("Sex", ("x",), ((8,),))], within=(None,))
    with pytest.raises(ValueError, match="more people than the stage"):
        release([Division("Team", ("a",), ((8,), (9,)))], within=(None, 0))


def test_what_is_withheld_says_nothing_but_that_somebody_is_there() -> None:
    assert (WITHHELD.words, WITHHELD.lowest, SMALL.words) == ("not shown", 1, "1 to 7")
