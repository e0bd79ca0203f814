"""Writes the worker's side: supervision, training, the soft cap. Sealed: its lines are read only there."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.dates import local_date
from handrail.domain.fidelity import Answers, Side, why_not_answer
from handrail.domain.leave import Period, PeriodKind, why_not_take, why_not_take_back
from handrail.domain.pairing import Wish, WorkerOffer
from handrail.domain.refusal import NotFound, insist
from handrail.domain.supervision import Talk, Training, why_not_log, why_not_reflect, why_not_train
from handrail.domain.support import Worker
from handrail.domain.words import Event
from handrail.domain.workload import why_not_cap
from handrail.records.accounts import facts as accounts
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.supervision import facts, models, sides
from handrail.records.support import facts as support


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


@transaction.atomic
def say_offer(offer: WorkerOffer, *, by: UUID, at: datetime) -> None:
    """Keep what a worker says that they offer."""
    words = {"times": list(offer.times), "areas": list(offer.areas), "languages": list(offer.languages)}
    models.WorkerOffer.objects.create(worker_id=by, said_at=at, **words)
    audit.note(Event.WORKER_OFFER_SAID, about=by, by=by, at=at)


@transaction.atomic
def say_wish(entry_id: UUID, wish: Wish, *, by: UUID, at: datetime) -> None:
    """Keep what a person would like of a peer worker. Raises: NotFound."""
    enrolment.entry(entry_id)
    words = {"times": list(wish.times), "areas": list(wish.areas), "languages": list(wish.languages)}
    models.PersonWish.objects.create(entry_id=entry_id, recorded_by=by, said_at=at, **words)
    audit.note(Event.PERSON_WISH_SAID, about=entry_id, by=by, at=at)


@transaction.atomic
def take(new: Period, *, by: UUID, at: datetime) -> UUID:
    """Keep a worker's days away, or their wish for a lighter week. Raises: NotFound, Refused."""
    worker, cover = _worker(new.worker_id), _worker(new.cover_id) if new.cover_id else None
    list(models.WorkerPeriod.objects.select_for_update().values_list("id"))
    insist(why_not_take(new, facts.periods(), worker=worker, cover=cover, on=local_date(at)))
    made = models.WorkerPeriod.objects.create(
        worker_id=new.worker_id,
        kind=new.kind,
        from_on=new.from_on,
        until_on=new.until_on,
        cover_id=new.cover_id,
        recorded_by=by,
        recorded_at=at,
    )
    event = Event.WORKER_AWAY if new.kind is PeriodKind.AWAY else Event.LIGHTER_WEEK_ASKED
    audit.note(event, about=new.worker_id, by=by, at=at)
    return made.id


@transaction.atomic
def take_back(period_id: UUID, *, by: UUID, at: datetime) -> None:
    """Take days back: whoever covered sees nobody from now on. Raises: NotFound, Refused."""
    found = facts.period(period_id)
    insist(why_not_take_back(found, on=local_date(at)))
    models.WorkerPeriod.objects.filter(id=period_id).update(taken_back_at=at)
    audit.note(Event.WORKER_DAYS_TAKEN_BACK, about=found.worker_id, by=by, at=at)


@transaction.atomic
def reflect(words: str, *, by: UUID, at: datetime) -> UUID:
    """Keep a worker's own note, which nobody else sees. Raises: NotFound, Refused."""
    insist(why_not_reflect(words, role=accounts.account(by).role))
    made = models.Reflection.objects.create(worker_id=by, words=words, written_at=at)
    audit.note(Event.REFLECTION_WRITTEN, about=by, by=by, at=at)
    return made.id


@transaction.atomic
def share_note(note_id: UUID, *, is_shared: bool, by: UUID, at: datetime) -> None:
    """Show a note of one's own to the supervisor, or keep it back again. Raises: NotFound."""
    if not models.Reflection.objects.filter(id=note_id, worker_id=by).update(is_shared=is_shared):
        raise NotFound("note")
    audit.note(Event.REFLECTION_CHANGED, about=by, by=by, at=at)


@transaction.atomic
def throw_away(note_id: UUID, *, by: UUID, at: datetime) -> None:
    """Throw a note of one's own away, for good. Raises: NotFound."""
    if not models.Reflection.objects.filter(id=note_id, worker_id=by).delete()[0]:
        raise NotFound("note")
    audit.note(Event.REFLECTION_CHANGED, about=by, by=by, at=at)


@transaction.atomic
def tell_side(session_id: UUID, side: Side, answers: Answers, *, by: UUID, at: datetime) -> None:
    """Keep what one side says after a meeting, once. Raises: NotFound, Refused."""
    entry_id, _ = support.meeting(session_id)
    enrolment.hold_entrant(entry_id)
    meetings, given = support.meetings(entry_id), sides.given(entry_id)
    insist(why_not_answer(session_id, side=side, meetings=meetings, given=given))
    models.FidelityAnswer.objects.create(
        session_id=session_id, side=side, answers=dict(answers), answered_by=by, answered_at=at
    )
    audit.note(Event.SIDE_TOLD, about=entry_id, by=by, at=at)


def _worker(account_id: UUID) -> Worker:
    account = accounts.account(account_id)
    return Worker(account.id, account.role, account.is_active)
