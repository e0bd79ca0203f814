"""Who may be put on record, and how they are reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handrail.domain.person import (
    Contact,
    is_email,
    leads_to_same,
    takes_over,
    telephone_digits,
    why_not_contact,
    why_not_death,
    why_not_person,
    why_not_take_back_death,
)
from handrail.domain.refusal import Reason
from handrail.domain.words import Because
from tests.synthetic import REFERRED_ON, nhs_number, person

CONTACT = Contact(telephone="020 7946 0000")


def codes(reasons: tuple) -> list[Because]:
    return [reason.code for reason in reasons]


def test_a_complete_person_may_be_put_on_record() -> None:
    assert why_not_person(person(1), on=REFERRED_ON) == ()


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"surname": "  "}, Because.NAME_MISSING),
        ({"given_name": ""}, Because.NAME_MISSING),
        ({"surname": "x" * 81}, Because.TEXT_TOO_LONG),
        ({"surname": "a\x00b"}, Because.TEXT_ODD),
        ({"born_on": REFERRED_ON}, Because.BORN_ON_WRONG),
        ({"born_on": date(1890, 1, 1)}, Because.BORN_ON_WRONG),
        ({"nhs_number": "9990000000"}, Because.NHS_NUMBER_WRONG),
        ({"nhs_number": ""}, Because.NHS_NUMBER_WRONG),
        ({"contact": Contact(postcode="N1 1AA")}, Because.CONTACT_MISSING),
        ({"contact": Contact(email="nobody")}, Because.EMAIL_WRONG),
        ({"contact": Contact(address="x" * 201)}, Because.TEXT_TOO_LONG),
    ],
)
def test_each_fault_of_a_person_is_named(changes: dict, because: Because) -> None:
    assert codes(why_not_person(replace(person(1), **changes), on=REFERRED_ON)) == [because]


def test_every_fault_of_a_person_is_named_at_once() -> None:
    spoilt = replace(person(1), surname="", nhs_number="1", contact=Contact())
    assert codes(why_not_person(spoilt, on=REFERRED_ON)) == [
        Because.NAME_MISSING,
        Because.NHS_NUMBER_WRONG,
        Because.CONTACT_MISSING,
    ]


def test_an_nhs_number_may_have_spaces() -> None:
    spaced = f"{nhs_number(7)[:3]} {nhs_number(7)[3:6]} {nhs_number(7)[6:]}"
    assert why_not_person(person(7, nhs_number=spaced), on=REFERRED_ON) == ()


@pytest.mark.parametrize("way", ["email", "telephone", "address"])
def test_one_way_of_reaching_somebody_is_enough(way: str) -> None:
    assert why_not_contact(Contact(**{way: "a@example.org"})) == ()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a@example.org", True),
        ("a.b+c@mail.example.org", True),
        ("a@example", False),
        ("@example.org", False),
        ("a b@example.org", False),
        ("a@b@example.org", False),
        ("a@example.org ", False),
        ("a@.org", False),
        ("a@example..org", False),
        ("a\x00@example.org", False),
        ("x" * 200 + "@example.org", False),
        ("", False),
    ],
)
def test_the_shape_of_an_email_address(text: str, is_one: bool) -> None:
    assert is_email(text) is is_one


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("07700 900123", "07700900123"),
        ("+44 7700 900123", "07700900123"),
        ("+44 (0)7700 900123", "07700900123"),
        ("0044 7700 900123", "07700900123"),
        ("4477009001", "4477009001"),
        ("0770", ""),
        ("", ""),
    ],
)
def test_a_telephone_number_is_one_however_it_is_typed(text: str, digits: str) -> None:
    assert telephone_digits(text) == digits


def test_a_death_is_recorded_between_birth_and_today() -> None:
    born_on = date(1980, 1, 1)
    assert why_not_death(REFERRED_ON, born_on=born_on, on=REFERRED_ON) == ()
    assert codes(why_not_death(date(2014, 6, 3), born_on=born_on, on=REFERRED_ON)) == [Because.DAY_TO_COME]
    assert codes(why_not_death(date(1979, 12, 31), born_on=born_on, on=REFERRED_ON)) == [
        Because.DIED_BEFORE_BIRTH
    ]


def test_a_death_is_not_before_a_day_on_which_the_records_show_the_person_alive() -> None:
    born_on, alive_on = date(1980, 1, 1), date(2014, 5, 20)

    def reasons(died_on: date) -> tuple:
        return why_not_death(died_on, born_on=born_on, alive_on=alive_on, on=REFERRED_ON)

    assert reasons(alive_on) == ()
    assert reasons(date(2014, 5, 19)) == (Reason(Because.SEEN_ALIVE, "20 May 2014"),)
    assert codes(reasons(date(1979, 12, 31))) == [Because.DIED_BEFORE_BIRTH]


def test_only_a_death_on_record_is_taken_back() -> None:
    assert why_not_take_back_death(has_died=True) == ()
    assert codes(why_not_take_back_death(has_died=False)) == [Because.NOT_RECORDED_DEAD]


def test_masked_staff_never_take_over_a_contact_that_they_do_not_change() -> None:
    seen = {
        (is_same, has_confirmer, is_masked): takes_over(
            is_same=is_same, has_confirmer=has_confirmer, is_masked=is_masked
        )
        for is_same in (True, False)
        for has_confirmer in (True, False)
        for is_masked in (True, False)
    }
    assert [case for case, takes in seen.items() if not takes] == [(True, True, True)]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (Contact("a@example.org", "07700 900123"), Contact(" A@Example.org ", "+44 7700 900123"), True),
        (Contact(telephone="07700900123"), Contact(telephone="0044 (0)7700-900-123"), True),
        (Contact("a@example.org"), Contact("a@example.org", address="1 New Street", postcode="ZZ9"), True),
        (Contact("a@example.org"), Contact("b@example.org"), False),
        (Contact("a@example.org", "07700 900123"), Contact("a@example.org"), False),
        (Contact(telephone="07700 900123"), Contact(telephone="07700 900124"), False),
        (Contact(telephone="60123"), Contact(telephone="60124"), False),
        (Contact(telephone="07700900123"), Contact(telephone="07700900123x5"), False),
    ],
)
def test_where_a_code_arrives_is_the_same_place_however_it_is_written(
    one: Contact, other: Contact, is_same: bool
) -> None:
    assert leads_to_same(one, other) is leads_to_same(other, one) is is_same
