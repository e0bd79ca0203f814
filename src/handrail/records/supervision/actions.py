"""Writes the worker's side: supervision, training, the soft cap. Sealed: its lines are read only there."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.dates import local_date
from handrail.domain.refusal import insist
from handrail.domain.supervision import Talk, Training, why_not_log, why_not_train
from handrail.domain.words import Event
from handrail.domain.workload import why_not_cap
from handrail.records.accounts import facts as accounts
from handrail.records.audit import actions as audit
from handrail.records.supervision import models


@transaction.atomic
def log(worker_id: UUID, talk: Talk, *, by: UUID, at: datetime) -> None:
    """Keep that a talk was held. Raises: NotFound, Refused."""
    insist(why_not_log(talk, role=accounts.account(worker_id).role, on=local_date(at)))
    models.LoggedTalk.objects.create(
        worker_id=worker_id,
        kind=talk.kind,
        held_on=talk.held_on,
        themes=list(talk.themes),
        agreed=list(talk.agreed),
        next_on=talk.next_on,
        logged_by=by,
        logged_at=at,
    )
    audit.note(Event.SUPERVISION_LOGGED, about=worker_id, by=by, at=at)


@transaction.atomic
def record_training(worker_id: UUID, what: Training, *, held_on: date, by: UUID, at: datetime) -> None:
    """Record a day of training. Raises: NotFound, Refused."""
    rows = models.TrainingDay.objects.select_for_update().filter(worker_id=worker_id)
    done = {Training(word) for word in rows.values_list("what", flat=True)}
    role = accounts.account(worker_id).role
    insist(why_not_train(what, done, role=role, day=held_on, on=local_date(at)))
    models.TrainingDay.objects.create(
        worker_id=worker_id, what=what, held_on=held_on, recorded_by=by, recorded_at=at
    )
    audit.note(Event.TRAINING_RECORDED, about=worker_id, by=by, at=at)


@transaction.atomic
def set_cap(worker_id: UUID, cap: int, *, by: UUID, at: datetime) -> None:
    """Say how many people a worker should support at once. Raises: NotFound, Refused."""
    insist(why_not_cap(cap, role=accounts.account(worker_id).role))
    models.SoftCap.objects.create(worker_id=worker_id, cap=cap, set_by=by, set_at=at)
    audit.note(Event.SOFT_CAP_SET, about=worker_id, by=by, at=at)
