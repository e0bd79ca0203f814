"""Follow-up as it is kept: what the database holds to, and what each action leaves in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from handrail.domain.followup import Characteristics, ContactResult, InterviewMode
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import InterviewState, Scope
from handrail.journey import consent
from handrail.records.enrolment import facts as enrolment
from handrail.records.followup import actions, facts
from handrail.records.followup.models import Attempt, Interview, Response
from handrail.records.followup.models import Characteristics as Kept
from tests.later import day, ledger_lines, moment
from tests.river import River

IN_WINDOW = moment(2014, 10, 2)
ANSWERS = {"lsns_6": [0, 5, 4, 1, 2, 3], "csq_8": [1, 2, None, 4, 4, 3, 2, 1]}
SAID = Characteristics("woman", "black", "independent", is_first_crisis=True)


def registered(river: River) -> UUID:
    return enrolment.entry(river.entered(1)).registration_id


def record(river: River, registration_id: UUID) -> None:
    actions.record(
        registration_id,
        "month_4",
        ANSWERS,
        mode=InterviewMode.TELEPHONE,
        under=river.under.schedule,
        by=river.by,
        at=IN_WINDOW,
    )


def act_by_name(river: River, registration_id: UUID, name: str) -> None:
    """Do one of the acts of this room at month 4."""
    given = {"under": river.under.schedule, "by": river.by, "at": IN_WINDOW}
    acts: dict[str, Callable[[], object]] = {
        "interview_booked": lambda: actions.book(
            registration_id, "month_4", planned_on=IN_WINDOW.date(), mode=InterviewMode.VISIT, **given
        ),
        "interview_recorded": lambda: record(river, registration_id),
        "interview_missed": lambda: actions.miss(registration_id, "month_4", **given),
        "contact_tried": lambda: actions.note_attempt(
            registration_id,
            "month_4",
            how=InterviewMode.TELEPHONE,
            result=ContactResult.NO_ANSWER,
            **given,
        ),
    }
    acts[name]()


@pytest.mark.parametrize(
    "event", ["interview_booked", "interview_recorded", "interview_missed", "contact_tried"]
)
def test_each_act_leaves_one_masked_line_about_the_person(river: River, event: str) -> None:
    registration_id = registered(river)
    with ledger_lines() as lines:
        act_by_name(river, registration_id, event)
    assert [(line.event, line.wing, line.about, line.by) for line in lines] == [
        (event, "masked", registration_id, river.by)
    ]


@pytest.mark.parametrize(
    "event", ["interview_booked", "interview_recorded", "interview_missed", "contact_tried"]
)
def test_a_person_who_withdraws_from_interviews_is_left_alone(river: River, event: str) -> None:
    registration_id = registered(river)
    person_id = river.person_of(registration_id)
    consent.change(person_id, Scope.INTERVIEWS, is_open=False, words="", by=person_id, at=IN_WINDOW)
    with ledger_lines() as lines, pytest.raises(Refused):
        act_by_name(river, registration_id, event)
    assert lines == []
    assert not Interview.objects.filter(point="month_4").exists()


def test_a_baseline_is_kept_with_its_line_and_opens_the_way_to_entry(river: River) -> None:
    registration_id = river.registered(1)
    assert not facts.is_baseline_done(registration_id)
    with ledger_lines() as lines:
        actions.record_baseline(
            registration_id,
            SAID,
            {"lsns_6": [1, 2, 3, 4, 5, 0]},
            under=river.under.schedule,
            by=river.by,
            at=river.at,
        )
    assert [line.event for line in lines] == ["baseline_recorded"]
    assert facts.is_baseline_done(registration_id)
    assert facts.baselines_done() == {registration_id}
    assert facts.characteristics()[registration_id] == SAID
    (interview,) = facts.interviews(registration_id)
    assert (interview.is_in_window, interview.responses[0].total) == (None, 15.0)


def test_answers_are_kept_with_their_count_and_total(river: River) -> None:
    registration_id = registered(river)
    record(river, registration_id)
    held = {one.point: one for one in facts.interviews(registration_id)}["month_4"]
    assert (held.state, held.held_on, held.is_in_window, held.mode) == (
        InterviewState.DONE,
        day("2014-10-02"),
        True,
        "telephone",
    )
    found = {one.instrument: (one.answered_count, one.total) for one in held.responses}
    assert found == {"lsns_6": (6, 15.0), "csq_8": (7, None)}


def test_a_booking_can_be_moved_and_is_one_interview(river: River) -> None:
    registration_id = registered(river)
    for planned in ("2014-10-03", "2014-10-10"):
        actions.book(
            registration_id,
            "month_4",
            planned_on=day(planned),
            mode=InterviewMode.VISIT,
            under=river.under.schedule,
            by=river.by,
            at=IN_WINDOW,
        )
    (booked,) = [one for one in facts.interviews(registration_id) if one.point == "month_4"]
    assert (booked.state, booked.planned_on) == (InterviewState.BOOKED, day("2014-10-10"))


def test_the_team_sees_its_own_and_everybody_is_in_order_of_study_number(river: River) -> None:
    river.entered(1, "team_1")
    river.registered(2, "team_2")
    everybody = facts.everybody_followed(on=IN_WINDOW.date())
    numbers = [one.study_number for one in everybody]
    assert numbers == sorted(numbers) and len(numbers) == 2
    (own,) = facts.everybody_followed(on=IN_WINDOW.date(), team_code="team_2")
    assert (own.team_code, own.entered_on) == ("team_2", None)


def test_somebody_who_does_not_exist_is_not_found(river: River) -> None:
    with pytest.raises(NotFound):
        record(river, UUID(int=404))


def test_attempts_are_shown_latest_first(river: River) -> None:
    registration_id = registered(river)
    for hour, result in ((9, ContactResult.NO_ANSWER), (16, ContactResult.REACHED)):
        actions.note_attempt(
            registration_id,
            "month_4",
            how=InterviewMode.TELEPHONE,
            result=result,
            under=river.under.schedule,
            by=river.by,
            at=moment(2014, 10, 2, hour),
        )
    assert [one.result for one in facts.attempts(registration_id)] == ["reached", "no_answer"]


@pytest.mark.parametrize("model", [Kept, Response, Attempt])
def test_what_a_person_said_is_never_changed_or_removed(river: River, model: type) -> None:
    registration_id = registered(river)
    act_by_name(river, registration_id, "contact_tried")
    record(river, registration_id)
    rows = model._default_manager.all()
    for spoil in (lambda: rows.delete(), lambda: rows.update(id=UUID(int=9))):
        with pytest.raises(IntegrityError), transaction.atomic():
            spoil()


def test_an_interview_that_is_done_has_a_day(river: River) -> None:
    registration_id = registered(river)
    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.create(registration_id=registration_id, point="month_18", state="done")
