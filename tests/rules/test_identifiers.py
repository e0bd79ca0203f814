"""Numbers that name people: every slip of the pen is caught."""

from __future__ import annotations

from itertools import cycle, permutations

import pytest

from handrail.domain.identifiers import (
    ALPHABET,
    check_character,
    draw_referral_number,
    draw_study_number,
    nhs_check_digit,
    study_number,
    why_not_nhs_number,
    why_not_study_number,
)
from tests.synthetic import nhs_number

BODIES = ("7K2M9", "00000", "YYYYY", "A0B1C", "12345")


def pick_in_turn(text: str):
    letters = cycle(text)
    return lambda choices: next(letters)


@pytest.mark.parametrize("body", BODIES)
def test_a_study_number_with_one_wrong_character_is_caught(body: str) -> None:
    number = study_number(body)
    assert why_not_study_number(number) == ()
    whole = body + check_character(body)
    for place, right in enumerate(whole):
        for wrong in set(ALPHABET) - {right}:
            spoilt = whole[:place] + wrong + whole[place + 1 :]
            assert why_not_study_number(f"HR-{spoilt[:5]}-{spoilt[5]}")


@pytest.mark.parametrize("body", BODIES)
def test_a_study_number_with_two_characters_swapped_is_caught(body: str) -> None:
    whole = body + check_character(body)
    for one, other in permutations(range(6), 2):
        if whole[one] != whole[other]:
            swapped = list(whole)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            spoilt = "".join(swapped)
            assert why_not_study_number(f"HR-{spoilt[:5]}-{spoilt[5]}")


@pytest.mark.parametrize(
    "text", ["", "HR", "HR-7K2M9", "XX-7K2M9-C", "HR-7K2M-C", "HR-7K2MI-C", "HR-7K2MZ-C"]
)
def test_what_is_not_shaped_like_a_study_number_is_refused(text: str) -> None:
    assert why_not_study_number(text)


def test_a_study_number_may_be_typed_in_small_letters_with_space_around() -> None:
    assert why_not_study_number(f"  {study_number('7K2M9').lower()} ") == ()


def test_a_number_that_is_taken_is_drawn_again() -> None:
    taken = {study_number("00000")}
    assert draw_study_number(pick_in_turn("0000011111"), taken=taken) == study_number("11111")
    assert draw_referral_number(pick_in_turn("000000222222"), taken={"RF-000000"}) == "RF-222222"


def test_nhs_numbers_follow_the_published_check() -> None:
    # The example worked through in the NHS Data Dictionary: 943 476 5919.
    assert nhs_check_digit("943476591") == 9
    assert why_not_nhs_number("943 476 5919") == ()
    for wrong in ("9434765918", "943476591", "94347659190", "943476591x", "", "٩434765919"):
        assert why_not_nhs_number(wrong)


def test_a_body_whose_check_is_ten_was_never_issued() -> None:
    bodies = [str(body) for body in range(999_000_000, 999_000_200)]
    ten = [body for body in bodies if nhs_check_digit(body) == 10]
    assert ten
    assert all(why_not_nhs_number(body + digit) for body in ten for digit in "0123456789")


def test_synthetic_numbers_are_in_the_test_range_and_all_different() -> None:
    numbers = [nhs_number(serial) for serial in range(2000)]
    assert len(set(numbers)) == 2000
    assert all(number.startswith("999") and why_not_nhs_number(number) == () for number in numbers)
