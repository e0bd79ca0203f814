"""Screening: added to, never changed; and every way out has a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handrail.domain.refusal import Refused
from handrail.domain.words import Because, Event, Exit
from handrail.journey import screen
from handrail.records.people import actions as people
from handrail.records.referral import facts
from tests.records.told import told
from tests.river import River
from tests.synthetic import eligible_answers


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[Because]:
    return [reason.code for reason in refused.value.reasons]


def test_a_screening_is_judged_and_kept_with_the_protocol_version(river: River) -> None:
    referral_id = river.refer(1)
    with told(Event.SCREENED):
        judged = screen.record(
            referral_id, eligible_answers(river.under), under=river.under, by=river.by, at=river.at
        )
    kept = facts.referral(referral_id).last_assessment
    assert kept is not None and judged.is_eligible
    assert (kept.number, kept.is_eligible, kept.reasons) == (1, True, ())
    assert kept.protocol_version == river.under.programme.version
    assert kept.answers == eligible_answers(river.under)


def test_ineligible_then_eligible_keeps_both_and_the_last_one_counts(river: River) -> None:
    referral_id = river.refer(1)
    river.screen(referral_id, has_capacity=False)
    river.at += timedelta(days=3)
    river.screen(referral_id)
    first, last = facts.referral(referral_id).assessments
    assert (first.number, first.is_eligible, first.reasons) == (1, False, ("has_capacity",))
    assert (last.number, last.is_eligible, last.answered_on) == (2, True, river.at.date())


def test_a_date_that_the_protocol_only_warns_about_is_kept_as_a_warning(river: River) -> None:
    referral_id = river.refer(1)
    river.at += timedelta(days=40)
    river.screen(referral_id)
    kept = facts.referral(referral_id).last_assessment
    assert kept is not None
    assert (kept.is_eligible, kept.warnings) == (True, ("discharged_long_ago",))


def test_an_answer_left_out_is_refused_and_nothing_is_written(river: River) -> None:
    referral_id = river.refer(1)
    with pytest.raises(Refused) as refused, told():
        screen.record(referral_id, {}, under=river.under, by=river.by, at=river.at)
    assert set(codes(refused)) == {Because.ANSWER_MISSING}
    assert len(codes(refused)) == len(river.under.eligibility.criteria)


def test_leaving_closes_the_referral_with_a_coded_reason_once(river: River) -> None:
    for serial, exit in enumerate(Exit):
        referral_id = river.refer(serial)
        with told(Event.LEFT_BEFORE_ENTRY):
            screen.depart(referral_id, exit, by=river.by, at=river.at)
        kept = facts.referral(referral_id)
        assert (kept.exit, kept.left_on) == (exit, river.at.date())
        with pytest.raises(Refused) as refused, told():
            screen.depart(referral_id, exit, by=river.by, at=river.at)
        assert codes(refused) == [Because.HAS_LEFT]
    with pytest.raises(Refused) as closed, told():
        river.screen(referral_id)
    assert codes(closed) == [Because.HAS_LEFT]


def test_nobody_is_screened_or_leaves_after_entry(river: River) -> None:
    registration_id = river.ready(1)
    referral = facts.latest_of(river.person_of(registration_id))
    assert referral is not None
    river.randomise(registration_id)
    for act in (lambda: river.screen(referral.id),
                lambda: screen.depart(referral.id, Exit.OTHER, by=river.by, at=river.at)):  # fmt: skip
        with pytest.raises(Refused) as refused, told():
            act()
        assert codes(refused) == [Because.ALREADY_ENTERED]


def test_the_dead_are_not_screened_but_their_referral_can_be_closed(river: River) -> None:
    referral_id = river.refer(1)
    people.record_death(facts.person_of(referral_id), date(2014, 6, 1), by=river.by, at=river.at)
    with pytest.raises(Refused) as refused, told():
        river.screen(referral_id)
    assert codes(refused) == [Because.HAS_DIED]
    screen.depart(referral_id, Exit.OTHER, by=river.by, at=river.at)
    assert facts.referral(referral_id).exit is Exit.OTHER
