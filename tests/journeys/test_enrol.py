"""Allocation: once for each person, all or nothing, the same answer to the same request, and no undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from unittest import mock
from uuid import UUID

import pytest

from handrail.domain.refusal import Conflict, NotFound, Refused
from handrail.domain.words import Because, Event, Exit
from handrail.journey import enrol, screen
from handrail.records.allocation import actions, facts
from handrail.records.allocation.models import Draw, Slot
from handrail.records.audit.models import Line
from handrail.records.enrolment import actions as enrolment_actions
from handrail.records.enrolment import facts as enrolment
from handrail.records.enrolment.models import TrialEntry
from handrail.records.people import actions as people
from handrail.records.referral import facts as referrals
from tests.records.told import told
from tests.river import River

Spoil = Callable[[River, UUID], object]


def referral_of(river: River, registration_id: UUID) -> UUID:
    latest = referrals.latest_of(river.person_of(registration_id))
    assert latest is not None
    return latest.id


def newer_form(river: River) -> None:
    form = replace(river.under.consent_forms[0], version="2", valid_from=river.at.date())
    river.under = replace(river.under, consent_forms=(*river.under.consent_forms, form))


def newer_protocol(river: River) -> None:
    river.under = replace(river.under, programme=replace(river.under.programme, version="core-2"))


def dropped_team(river: River) -> None:
    teams = river.under.programme.teams[1:]
    river.under = replace(river.under, programme=replace(river.under.programme, teams=teams))


# Each way in which something changed after the person was ready, by the product's own actions.
CHANGED_SINCE: dict[Because, Spoil] = {
    Because.HAS_DIED: lambda river, it: people.record_death(
        river.person_of(it), date(2014, 6, 1), by=river.by, at=river.at
    ),
    Because.HAS_LEFT: lambda river, it: screen.depart(
        referral_of(river, it), Exit.LOST_CAPACITY, by=river.by, at=river.at
    ),
    Because.NOT_ELIGIBLE: lambda river, it: river.screen(referral_of(river, it), has_capacity=False),
    Because.FORM_NOT_IN_FORCE: lambda river, it: newer_form(river),
    Because.ASSESSMENT_STALE: lambda river, it: newer_protocol(river),
    Because.STRATUM_MISSING: lambda river, it: dropped_team(river),
    Because.RECRUITMENT_CLOSED: lambda river, it: setattr(river, "at", river.at + timedelta(days=500)),
}


def refusals(river: River, registration_id: UUID) -> list[Because]:
    before = TrialEntry.objects.count(), Draw.objects.count()
    with pytest.raises(Refused) as refused, told():
        river.randomise(registration_id)
    assert (TrialEntry.objects.count(), Draw.objects.count()) == before
    return [reason.code for reason in refused.value.reasons]


def test_a_person_who_is_ready_enters_with_one_ledger_line_that_does_not_tell_the_arm(river: River) -> None:
    registration_id = river.ready(1, "team_2")
    with told(Event.RANDOMISED):
        entry_id = river.randomise(registration_id)
    entry = enrolment.entry(entry_id)
    assert (entry.registration_id, entry.stratum, entry.entered_at) == (registration_id, "team_2", river.at)
    line = Line.objects.latest("number")
    assert (line.about, line.by, line.wing, line.detail, line.reason) == (
        entry_id,
        river.by,
        "masked",
        {},
        "",
    )
    assert facts.arm_of(entry_id) in {arm.code for arm in river.under.arms}
    assert Draw.objects.get().strata == {"team": "team_2"}


@pytest.mark.parametrize("because", CHANGED_SINCE)
def test_whatever_changed_since_refuses_and_writes_nothing(river: River, because: Because) -> None:
    changed, unchanged = river.ready(1), river.ready(2, "team_2")
    if because not in {Because.FORM_NOT_IN_FORCE, Because.ASSESSMENT_STALE, Because.RECRUITMENT_CLOSED}:
        CHANGED_SINCE[because](river, changed)
        assert refusals(river, changed) == [because]
        assert river.randomise(unchanged)
    else:
        assert river.randomise(unchanged)
        CHANGED_SINCE[because](river, changed)
        assert refusals(river, changed) == [because]


def test_a_page_is_told_the_same_reasons_as_somebody_who_tries(river: River) -> None:
    registration_id = river.registered(1)
    with told():
        shown = enrol.readiness(registration_id, under=river.under, on=river.at.date())
    assert [reason.code for reason in shown] == refusals(river, registration_id)
    river.baseline(registration_id)
    assert enrol.readiness(registration_id, under=river.under, on=river.at.date()) == ()


def test_without_a_baseline_nobody_enters(river: River) -> None:
    registration_id = river.registered(1)
    assert refusals(river, registration_id) == [Because.BASELINE_NOT_DONE]
    river.baseline(registration_id)
    assert river.randomise(registration_id)


def test_nobody_enters_twice(river: River) -> None:
    registration_id = river.ready(1)
    river.randomise(registration_id, "first")
    with pytest.raises(Refused) as refused, told():
        river.randomise(registration_id, "second")
    assert [reason.code for reason in refused.value.reasons] == [Because.ALREADY_ENTERED]


@pytest.mark.parametrize("times", [1, 2, 5])
def test_the_same_request_again_gives_the_same_answer_and_writes_nothing(river: River, times: int) -> None:
    registration_id = river.ready(1)
    first = river.randomise(registration_id, "once")
    river.at += timedelta(days=1)
    with told():
        assert {river.randomise(registration_id, "once") for _ in range(times)} == {first}
    assert Draw.objects.count() == TrialEntry.objects.count() == 1


def test_a_request_that_failed_at_any_step_leaves_nothing_and_can_be_sent_again(river: River) -> None:
    registration_id = river.ready(1)
    steps = [
        (actions.Draw, "save"),
        (enrolment_actions.audit, "note"),
        (enrol.followup, "is_baseline_done"),
        (enrol.facts, "free_slots"),
    ]
    for place, step in steps:
        with mock.patch.object(place, step, side_effect=TimeoutError), pytest.raises(TimeoutError), told():
            river.randomise(registration_id, "again")
        assert not TrialEntry.objects.exists() and not Draw.objects.exists()
    with told(Event.RANDOMISED):
        river.randomise(registration_id, "again")


def test_a_key_that_belongs_to_another_persons_request_is_a_conflict(river: River) -> None:
    one, other = river.ready(1), river.ready(2)
    river.randomise(one, "mine")
    with pytest.raises(Conflict), told():
        river.randomise(other, "mine")
    assert river.randomise(other, "theirs")


def test_a_draw_that_the_database_refuses_is_a_conflict_and_leaves_no_entry(river: River) -> None:
    one, other = river.ready(1), river.ready(2)
    taken = facts.free_slots("team_1")
    river.randomise(one)
    with mock.patch.object(enrol.facts, "free_slots", return_value=taken), pytest.raises(Conflict), told():
        river.randomise(other)
    assert enrolment.entry_of(other) is None
    assert river.randomise(other)


def test_a_full_list_refuses_and_other_teams_go_on(river: River) -> None:
    length = Slot.objects.filter(stratum="team_1").count()
    for serial in range(length):
        river.entered(serial)
    assert refusals(river, river.ready(99)) == [Because.NO_FREE_SLOT]
    assert river.entered(100, "team_2")


def test_a_registration_that_does_not_exist_is_not_found(river: River) -> None:
    with pytest.raises(NotFound), told():
        river.randomise(UUID(int=0))


def test_the_sealed_wing_offers_no_way_to_undo_a_draw() -> None:
    offered = {
        name for module in (actions, facts, enrol) for name in vars(module) if not name.startswith("_")
    }
    undoing = ("undo", "delete", "remove", "return", "cancel", "change", "redraw", "replace", "swap", "reset")
    assert [name for name in offered if any(word in name.lower() for word in undoing)] == []
    assert {"draw", "make_list", "randomise", "free_slots"} <= offered
