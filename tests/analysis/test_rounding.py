"""Rounding never moves a number across the line that it is judged by."""

from __future__ import annotations

import pytest

from handrail.analysis import rounding


@pytest.mark.parametrize(
    ("limits", "neutral", "least", "places"),
    [
        ((0.43, 0.99), 1.0, 2, 2),
        ((0.5852, 0.9970), 1.0, 2, 3),
        ((1.0004, 2.0), 1.0, 2, 4),
        ((0.5, 1.0), 1.0, 2, 2),  # a limit that is exactly 1 stays 1
        ((-0.004, 3.0), 0.0, 2, 3),
        ((-7.7, -0.04), 0.0, 1, 2),
        ((None, 0.9999999999), 1.0, 2, 8),
        ((None, None), 1.0, 2, 2),
    ],
)
def test_a_limit_is_given_the_places_that_keep_it_off_no_difference(
    limits: tuple[float | None, ...], neutral: float, least: int, places: int
) -> None:
    assert rounding.places(limits, neutral, least) == places


@pytest.mark.parametrize(
    ("p", "printed"),
    [
        (0.0438, "0.0438"),
        (0.049996, "0.049996"),
        (0.05, "0.0500"),
        (0.00009, "<0.0001"),
        (0.0, "<0.0001"),
        (0.12, "0.12"),
        (1.0, "1.00"),
    ],
)
def test_a_p_value_is_never_nought_and_never_rounded_onto_one_in_twenty(p: float, printed: str) -> None:
    assert rounding.p_value(p) == printed


def test_a_ratio_is_neutral_at_one_and_a_difference_at_nought() -> None:
    assert rounding.neutral_of("hazard ratio") == 1
    assert rounding.neutral_of("nights") == 0
