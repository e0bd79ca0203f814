"""What a complete referral is, from whom, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handrail.domain.protocol import Protocol
from handrail.domain.referral import KnownPerson, NewReferral, why_not_accept
from handrail.domain.words import Because
from tests.synthetic import REFERRED_ON, referral

NOBODY_NEW = KnownPerson(is_same=True, has_open_referral=False, is_registered=False, has_died=False)
DAY = timedelta(days=1)


def refusals(
    new: NewReferral, core: Protocol, *, known: KnownPerson | None = None, on: date = REFERRED_ON
) -> list[Because]:
    return [reason.code for reason in why_not_accept(new, known=known, under=core.programme, on=on)]


def test_a_complete_referral_is_accepted(core: Protocol) -> None:
    assert refusals(referral(1), core) == []


def test_somebody_known_without_an_open_referral_is_accepted_again(core: Protocol) -> None:
    assert refusals(referral(1), core, known=NOBODY_NEW) == []


def test_somebody_still_on_the_caseload_may_be_referred(core: Protocol) -> None:
    assert refusals(referral(1, discharged_on=None), core) == []


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"team_code": "team_7"}, Because.TEAM_UNKNOWN),
        ({"team_code": ""}, Because.TEAM_UNKNOWN),
        ({"agreed_to_contact": False}, Because.NO_AGREEMENT_TO_CONTACT),
        ({"caseload_from": REFERRED_ON + DAY, "discharged_on": None}, Because.CASELOAD_TO_COME),
        ({"discharged_on": REFERRED_ON - 15 * DAY}, Because.DISCHARGE_TOO_EARLY),
        ({"discharged_on": REFERRED_ON + DAY}, Because.DAY_TO_COME),
    ],
)
def test_each_fault_of_a_referral_is_named(core: Protocol, changes: dict, because: Because) -> None:
    assert refusals(replace(referral(1), **changes), core) == [because]


@pytest.mark.parametrize(
    ("fact", "value", "because"),
    [
        ("is_same", False, Because.PERSON_DIFFERS),
        ("has_open_referral", True, Because.ALREADY_REFERRED),
        ("is_registered", True, Because.ALREADY_CONSENTED),
        ("has_died", True, Because.HAS_DIED),
    ],
)
def test_each_reason_from_what_is_on_record_is_named(
    core: Protocol, fact: str, value: bool, because: Because
) -> None:
    assert refusals(referral(1), core, known=replace(NOBODY_NEW, **{fact: value})) == [because]


def test_recruitment_is_open_from_the_first_day_to_the_last_both_included(core: Protocol) -> None:
    first, last = core.programme.recruits_from, core.programme.recruits_until
    still = referral(1, caseload_from=first - 10 * DAY, discharged_on=None)
    answers = [refusals(still, core, on=day) for day in (first - DAY, first, last, last + DAY)]
    assert answers == [[Because.RECRUITMENT_CLOSED], [], [], [Because.RECRUITMENT_CLOSED]]
    reason = why_not_accept(still, known=None, under=core.programme, on=last + DAY)[0]
    assert reason.sentence == "Recruitment is open from 12 March 2014 to 3 July 2015."


def test_every_fault_of_a_referral_is_named_at_once(core: Protocol) -> None:
    spoilt = replace(referral(1), team_code="x", agreed_to_contact=False, discharged_on=date(2014, 1, 1))
    assert refusals(spoilt, core) == [
        Because.TEAM_UNKNOWN,
        Because.NO_AGREEMENT_TO_CONTACT,
        Because.DISCHARGE_TOO_EARLY,
    ]
