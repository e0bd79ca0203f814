"""Referral: the person goes on record once, and every fault is named at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from handrail.domain.referral import NewReferral
from handrail.domain.refusal import Conflict, NotFound, Refused
from handrail.domain.words import Because, Event, Exit
from handrail.journey import refer, screen
from handrail.records.people import facts as people
from handrail.records.referral import actions, facts
from tests.records.told import told
from tests.river import River
from tests.synthetic import person, referral


def receive(river: River, new: NewReferral) -> UUID:
    return refer.receive(new, under=river.under, pick=river.pick, by=river.by, at=river.at)


def refusals(river: River, new: NewReferral) -> list[Because]:
    with pytest.raises(Refused) as refused, told():
        receive(river, new)
    return [reason.code for reason in refused.value.reasons]


def test_a_referral_is_kept_with_its_person_and_a_number_of_its_own(river: River) -> None:
    with told(Event.PERSON_ADDED, Event.REFERRED):
        referral_id = receive(river, referral(1))
    kept = facts.referral(referral_id)
    assert people.person(kept.person_id).surname == "Person 1"
    assert (kept.team_code, kept.received_on, kept.assessments) == ("team_1", river.at.date(), ())
    assert kept.referral_number.startswith("RF-") and kept.referral_number in facts.NumbersTaken()
    assert facts.person_of(referral_id) == kept.person_id


def test_every_fault_is_named_and_nothing_is_written(river: River) -> None:
    spoilt = replace(referral(1), person=person(1, surname=""), team_code="x", agreed_to_contact=False)
    assert refusals(river, spoilt) == [
        Because.NAME_MISSING,
        Because.TEAM_UNKNOWN,
        Because.NO_AGREEMENT_TO_CONTACT,
    ]
    assert people.by_nhs_number(person(1).nhs_number) is None


def test_somebody_with_an_open_referral_is_not_referred_twice(river: River) -> None:
    receive(river, referral(1))
    assert refusals(river, referral(1)) == [Because.ALREADY_REFERRED]
    assert refusals(river, referral(1, team_code="team_2")) == [Because.ALREADY_REFERRED]


def test_the_same_referral_twice_at_once_is_a_conflict(river: River) -> None:
    person_id = facts.person_of(receive(river, referral(1)))
    with pytest.raises(Conflict), told():
        actions.receive(person_id, referral(1), referral_number="RF-000000", by=river.by, at=river.at)


def test_somebody_who_left_may_be_referred_again_and_stays_one_person(river: River) -> None:
    first = receive(river, referral(1))
    screen.depart(first, Exit.NOT_REACHED, by=river.by, at=river.at)
    river.at += timedelta(days=30)
    moved = referral(1, person=person(1, given_name="Other spelling"))
    with told(Event.REFERRED):
        second = receive(river, moved)
    assert facts.person_of(first) == facts.person_of(second)
    assert people.person(facts.person_of(first)).given_name == "Synthetic"
    latest = facts.latest_of(facts.person_of(first))
    assert latest is not None and latest.id == second


def test_the_same_nhs_number_with_another_name_or_birthday_is_questioned(river: River) -> None:
    screen.depart(receive(river, referral(1)), Exit.DECLINED, by=river.by, at=river.at)
    river.at += timedelta(days=1)
    for changes in ({"surname": "Somebody Else"}, {"born_on": person(2).born_on - timedelta(days=99)}):
        assert refusals(river, referral(1, person=person(1, **changes))) == [Because.PERSON_DIFFERS]
    receive(river, referral(1, person=person(1, surname="PERSON 1")))


def test_somebody_who_consented_is_not_referred_again(river: River) -> None:
    river.registered(1)
    river.at += timedelta(days=1)
    assert refusals(river, referral(1)) == [Because.ALREADY_CONSENTED, Because.ALREADY_REFERRED]


def test_referrals_are_listed_by_team_and_standing(river: River) -> None:
    one, two = receive(river, referral(1)), receive(river, referral(2, team_code="team_2"))
    screen.depart(two, Exit.DECLINED, by=river.by, at=river.at)
    assert {row.id for row in facts.referrals()} == {one, two}
    assert [row.id for row in facts.referrals(team_code="team_2")] == [two]
    assert [row.id for row in facts.referrals(is_open=True)] == [one]
    assert [(row.id, row.exit) for row in facts.referrals(is_open=False)] == [(two, Exit.DECLINED)]


def test_a_referral_that_does_not_exist_is_not_found(river: River) -> None:
    for look_up in (facts.referral, facts.person_of):
        with pytest.raises(NotFound):
            look_up(UUID(int=0))
    assert facts.latest_of(UUID(int=0)) is None
