"""Writes follow-up: baselines, bookings, interviews, misses, and attempts to get in touch. Masked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from handrail.domain import followup as rules
from handrail.domain.dates import local_date
from handrail.domain.followup import Answers, Characteristics, ContactResult, InterviewMode
from handrail.domain.protocol import Schedule
from handrail.domain.refusal import insist
from handrail.domain.words import Event, InterviewState
from handrail.records.audit import actions as audit
from handrail.records.followup import facts, models


@transaction.atomic
def record_baseline(
    registration_id: UUID,
    characteristics: Characteristics,
    responses: Mapping[str, Answers],
    *,
    mode: InterviewMode = InterviewMode.VISIT,
    under: Schedule,
    by: UUID,
    at: datetime,
) -> None:
    """Keep what a person said before entry. Raises: NotFound, Refused."""
    on = local_date(at)
    person = facts.followed(registration_id, on=on, lock=True)
    insist(rules.why_not_record_baseline(person, characteristics, responses, under=under, on=on))
    models.Characteristics.objects.create(
        registration_id=registration_id,
        gender=characteristics.gender,
        ethnic_group=characteristics.ethnic_group,
        housing=characteristics.housing,
        is_first_crisis=characteristics.is_first_crisis,
        recorded_by=by,
        recorded_at=at,
    )
    point = rules.baseline_point(under)
    interview_id = _settle(registration_id, point.code, InterviewState.DONE, held_on=on, mode=mode)
    _keep_answers(interview_id, responses, under=under)
    audit.note(Event.BASELINE_RECORDED, about=registration_id, by=by, at=at)


@transaction.atomic
def book(
    registration_id: UUID,
    point: str,
    *,
    planned_on: date,
    mode: InterviewMode,
    under: Schedule,
    by: UUID,
    at: datetime,
) -> None:
    """Book an interview, or move one that is booked. Raises: NotFound, Refused."""
    on = local_date(at)
    person = facts.followed(registration_id, on=on, lock=True)
    insist(rules.why_not_book(person, point, planned_on=planned_on, under=under, on=on))
    _write(registration_id, point, state=InterviewState.BOOKED, planned_on=planned_on, mode=mode)
    audit.note(Event.INTERVIEW_BOOKED, about=registration_id, by=by, at=at, detail={"point": point})


@transaction.atomic
def record(
    registration_id: UUID,
    point: str,
    responses: Mapping[str, Answers],
    *,
    mode: InterviewMode,
    held_on: date | None = None,
    under: Schedule,
    by: UUID,
    at: datetime,
) -> bool:
    """Keep an interview's answers, and say whether it was held inside its window.

    ``held_on`` is the day of the interview where it is entered later. Raises: NotFound, Refused.
    """
    on = local_date(at)
    day = held_on or on
    person = facts.followed(registration_id, on=on, lock=True)
    insist(rules.why_not_record(person, point, responses, held_on=day, under=under, on=on))
    is_in_window = rules.is_in_window(person.entered_on, under.point(point), on=day)
    interview_id = _settle(
        registration_id, point, InterviewState.DONE, held_on=day, mode=mode, is_in_window=is_in_window
    )
    _keep_answers(interview_id, responses, under=under)
    audit.note(Event.INTERVIEW_RECORDED, about=registration_id, by=by, at=at, detail={"point": point})
    return bool(is_in_window)


@transaction.atomic
def miss(registration_id: UUID, point: str, *, under: Schedule, by: UUID, at: datetime) -> None:
    """Record a missed interview; one held later takes its place. Raises: NotFound, Refused."""
    on = local_date(at)
    person = facts.followed(registration_id, on=on, lock=True)
    insist(rules.why_not_miss(person, point, under=under, on=on))
    _settle(registration_id, point, InterviewState.MISSED)
    audit.note(Event.INTERVIEW_MISSED, about=registration_id, by=by, at=at, detail={"point": point})


@transaction.atomic
def note_attempt(
    registration_id: UUID,
    point: str,
    *,
    how: InterviewMode,
    result: ContactResult,
    under: Schedule,
    by: UUID,
    at: datetime,
) -> None:
    """Record an attempt to get in touch about an interview. Raises: NotFound, Refused."""
    on = local_date(at)
    person = facts.followed(registration_id, on=on, lock=True)
    insist(rules.why_not_interview(person, point, under=under, on=on))
    models.Attempt.objects.create(
        registration_id=registration_id, point=point, how=how, result=result, tried_at=at, tried_by=by
    )
    audit.note(Event.CONTACT_TRIED, about=registration_id, by=by, at=at, detail={"point": point})


def _settle(
    registration_id: UUID,
    point: str,
    state: InterviewState,
    *,
    held_on: date | None = None,
    mode: str = "",
    is_in_window: bool | None = None,
) -> UUID:
    said = {"held_on": held_on, "mode": mode, "is_in_window": is_in_window}
    return _write(registration_id, point, state=state, **said)


def _write(registration_id: UUID, point: str, **columns: Any) -> UUID:
    """Write these columns of the interview at a point, made now if there is none; returns its id.

    The person is held, so nobody else can make one meanwhile.
    """
    interview_id = facts.interview_id(registration_id, point)
    if interview_id is None:
        made = models.Interview.objects.create(registration_id=registration_id, point=point, **columns)
        return made.id
    models.Interview.objects.filter(id=interview_id).update(**columns)
    return interview_id


def _keep_answers(interview_id: UUID, responses: Mapping[str, Answers], *, under: Schedule) -> None:
    scored = {code: rules.score(under.instrument(code), answers) for code, answers in responses.items()}
    models.Response.objects.bulk_create(
        models.Response(
            interview_id=interview_id,
            instrument=code,
            answers=list(answers),
            answered_count=scored[code].answered_count,
            total=scored[code].total,
        )
        for code, answers in responses.items()
    )
