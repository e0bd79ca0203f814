"""Where a function crosses zero, and how a number is shown."""

from __future__ import annotations

import math

import pytest

from handrail.analysis import roots, wording


def test_a_root_is_found_to_full_precision_whichever_way_the_function_goes() -> None:
    assert roots.root(lambda x: x * x - 2, 0, 2) == pytest.approx(math.sqrt(2), abs=1e-15)
    assert roots.root(lambda x: 2 - x * x, 0, 2) == pytest.approx(math.sqrt(2), abs=1e-15)


def test_a_function_that_does_not_cross_zero_has_no_root() -> None:
    with pytest.raises(ValueError, match="does not cross zero"):
        roots.root(lambda x: x * x + 1, -1, 1)


def test_brents_finder_stops_within_its_tolerance() -> None:
    assert roots.brent(math.cos, 1, 2, 1e-10) == pytest.approx(math.pi / 2, abs=1e-10)
    assert roots.brent(lambda x: x**3 - x - 2, 1, 2, 1e-4) == pytest.approx(1.5213797, abs=1e-4)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [(None, 2, "–"), (0.656, 2, "0.66"), (-9.06, 1, "−9.1"), (-0.001, 2, "0.00"), (112, 0, "112")],
)
def test_a_number_has_a_true_minus_sign_and_no_minus_nought(
    value: float | None, places: int, shown: str
) -> None:
    assert wording.number(value, places) == shown


@pytest.mark.parametrize(
    ("p", "shown"), [(None, "–"), (0.00001, "<0.0001"), (0.04378, "0.0438"), (0.26, "0.26")]
)
def test_a_p_value_has_four_places_below_a_tenth(p: float | None, shown: str) -> None:
    assert wording.p_value(p) == shown


def test_shares_means_and_medians_of_nothing_are_dashes() -> None:
    assert wording.count_of(0, 0) == "0 (–)"
    assert wording.mean_sd([]) == "– (–)"
    assert wording.median_iqr([]) == "–"


def test_a_code_becomes_a_heading_and_a_blank_is_not_recorded() -> None:
    assert (wording.label("housing_association"), wording.label("")) == (
        "Housing association",
        "Not recorded",
    )
