"""What may be read of follow-up: frozen values only. Masked: nothing here differs by arm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from handrail.domain.consent import Scopes
from handrail.domain.followup import Characteristics, Followed
from handrail.domain.refusal import NotFound
from handrail.domain.words import InterviewState
from handrail.records.consent import facts as consent
from handrail.records.enrolment import facts as enrolment
from handrail.records.enrolment.models import Registration
from handrail.records.followup import models
from handrail.records.question import Question

_COLUMNS = (
    "id",
    "person_id",
    "study_number",
    "team_code",
    "registered_on",
    "entry__entered_on",
    "person__died_on",
)
_STATE = ("registration_id", "point", "state")

_REGISTRATION = Question(lambda key: Registration.objects.filter(id=key).values_list(*_COLUMNS))
_STATES = Question(lambda key: models.Interview.objects.filter(registration_id=key).values_list(*_STATE))
_INTERVIEW = Question(
    lambda key, point: models.Interview.objects.filter(registration_id=key, point=point).values_list("id")
)
_IS_BASELINE_DONE = Question(
    lambda key: models.Characteristics.objects.filter(registration_id=key).values_list("id")
)


@dataclass(frozen=True)
class ResponseFacts:
    """One person's answers to one instrument."""

    instrument: str
    answers: tuple[int | None, ...]
    answered_count: int
    total: float | None


@dataclass(frozen=True)
class InterviewFacts:
    """One interview as it stands."""

    registration_id: UUID
    point: str
    state: InterviewState
    planned_on: date | None
    held_on: date | None
    is_in_window: bool | None
    mode: str
    responses: tuple[ResponseFacts, ...]


@dataclass(frozen=True)
class AttemptFacts:
    """One attempt to get in touch."""

    point: str
    how: str
    result: str
    tried_at: datetime


def followed(registration_id: UUID, *, on: date, lock: bool = False) -> Followed:
    """One person as the follow-up rules see them on a day. Raises: NotFound."""
    if lock:
        enrolment.hold(registration_id)
    row = _REGISTRATION.row(registration_id)
    if row is None:
        raise NotFound
    states = {point: InterviewState(state) for _, point, state in _STATES.rows(registration_id)}
    return _seen(row, states, consent.scopes(row[1], on))


def everybody_followed(*, on: date, team_code: str = "") -> tuple[Followed, ...]:
    """Everybody registered, or those of one team, as the follow-up rules see them on a day."""
    rows = Registration.objects.order_by("study_number").values_list(*_COLUMNS)
    found = list(rows.filter(team_code=team_code) if team_code else rows)
    states: dict[UUID, dict[str, InterviewState]] = defaultdict(dict)
    for registration_id, point, state in models.Interview.objects.values_list(*_STATE):
        states[registration_id][point] = InterviewState(state)
    scopes = consent.scopes_of([row[1] for row in found], on=on)
    return tuple(_seen(row, states[row[0]], scopes[row[1]]) for row in found)


def _seen(row: tuple[Any, ...], states: Mapping[str, InterviewState], scopes: Scopes) -> Followed:
    """One person, from ``_COLUMNS``."""
    registration_id, _, study_number, team_code, registered_on, entered_on, died_on = row
    return Followed(
        registration_id=registration_id,
        study_number=study_number,
        team_code=team_code,
        registered_on=registered_on,
        entered_on=entered_on,
        died_on=died_on,
        allows_interviews=scopes.interviews,
        states=states,
    )


def is_baseline_done(registration_id: UUID) -> bool:
    """Whether this person's baseline is recorded."""
    return _IS_BASELINE_DONE.row(registration_id) is not None


def baselines_done() -> frozenset[UUID]:
    """The registrations whose baseline is recorded."""
    return frozenset(models.Characteristics.objects.values_list("registration_id", flat=True))


def characteristics() -> dict[UUID, Characteristics]:
    """What everybody said of themselves at the baseline, by registration."""
    fields = ("registration_id", "gender", "ethnic_group", "housing", "is_first_crisis")
    return {row[0]: Characteristics(*row[1:]) for row in models.Characteristics.objects.values_list(*fields)}


def interview_id(registration_id: UUID, point: str) -> UUID | None:
    """The interview at one point, or none while it is simply due."""
    found: UUID | None = _INTERVIEW.one(registration_id, point)
    return found


def interviews(registration_id: UUID | None = None) -> tuple[InterviewFacts, ...]:
    """The interviews of one person, or of everybody, with their answers."""
    rows = models.Interview.objects.prefetch_related("responses")
    if registration_id is not None:
        rows = rows.filter(registration_id=registration_id)
    return tuple(_interview(row) for row in rows.order_by("registration__study_number", "point"))


def _interview(row: models.Interview) -> InterviewFacts:
    responses = sorted(row.responses.all(), key=lambda response: response.instrument)
    return InterviewFacts(
        registration_id=row.registration_id,
        point=row.point,
        state=InterviewState(row.state),
        planned_on=row.planned_on,
        held_on=row.held_on,
        is_in_window=row.is_in_window,
        mode=row.mode,
        responses=tuple(
            ResponseFacts(one.instrument, tuple(one.answers), one.answered_count, one.total)
            for one in responses
        ),
    )


def attempts(registration_id: UUID) -> tuple[AttemptFacts, ...]:
    """Attempts to get in touch with one person, the latest first."""
    rows = models.Attempt.objects.filter(registration_id=registration_id).order_by("-tried_at")
    return tuple(AttemptFacts(row.point, row.how, row.result, row.tried_at) for row in rows)
