"""Writes visits: started, and what the worker says until they are over. Sealed.

A worker's phone names each of these by a key of its own, so that what is sent again is kept once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from handrail.domain.refusal import NotFound, insist
from handrail.domain.visit import (
    HowClosed,
    Rang,
    VisitPlace,
    rung,
    why_not_close,
    why_not_go_on,
    why_not_start,
)
from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.support import facts as support
from handrail.records.visit import facts, models
from handrail.records.visit.ladder import Told


@dataclass(frozen=True)
class NewVisit:
    """A visit as a worker says it. Where the phone had to wait: the time on it, and how long it waited."""

    key: UUID
    place: VisitPlace
    minutes: int
    telephone: str = ""
    entry_id: UUID | None = None
    buddy_id: UUID | None = None
    said_at: datetime | None = None
    ago: timedelta = timedelta(0)


@transaction.atomic
def start(new: NewVisit, *, by: UUID, at: datetime) -> UUID:
    """Start a visit; the same key again is the same visit. Raises: NotFound, Refused."""
    kept = models.Visit.objects.select_for_update().filter(id=new.key).first()
    if kept is not None:
        if kept.worker_id != by:
            raise NotFound("visit")
        return kept.id
    if new.entry_id is not None and not support.is_of(new.entry_id, worker_id=by):
        raise NotFound("entry")
    insist(why_not_start(minutes=new.minutes, telephone=new.telephone, buddy_id=new.buddy_id, by=by))
    models.Visit.objects.create(
        id=new.key,
        worker_id=by,
        entry_id=new.entry_id,
        buddy_id=new.buddy_id,
        place=new.place,
        telephone=new.telephone,
        started_at=at,
        said_at=new.said_at,
        until_at=max(at, at - new.ago + timedelta(minutes=new.minutes)),  # nobody was late before it came
    )
    audit.note(Event.VISIT_STARTED, about=new.entry_id, by=by, at=at)
    return new.key


@transaction.atomic
def check_in(
    visit_id: UUID, *, key: UUID, minutes: int | None, said_at: datetime | None = None, by: UUID, at: datetime
) -> None:
    """Say that all is well: for so many minutes more, or, with none, that the visit is over.

    The same key again is the same word. Raises: NotFound, Refused.
    """
    visit = facts.visit(visit_id, lock=True)
    if visit.worker_id != by:
        raise NotFound("visit")
    if facts.has_check_in(key, visit_id=visit_id):
        return
    if minutes is not None:
        insist(why_not_go_on(visit, minutes=minutes))
    until_at = at + timedelta(minutes=minutes) if minutes is not None else None
    models.CheckIn.objects.create(
        id=key, visit_id=visit_id, at=at, said_at=said_at, until_at=until_at, rung=rung(visit, at=at) or ""
    )
    audit.note(Event.VISIT_CHECKED_IN, about=visit.entry_id, by=by, at=at)


@transaction.atomic
def note_call(visit_id: UUID, rang: Rang, *, was_answered: bool, by: UUID, at: datetime) -> None:
    """Record that somebody telephoned about a visit. Raises: NotFound."""
    visit = facts.visit(visit_id, lock=True)
    models.Call.objects.create(visit_id=visit_id, rang=rang, was_answered=was_answered, by_id=by, at=at)
    audit.note(Event.VISIT_CALL_MADE, about=visit.entry_id, by=by, at=at)


@transaction.atomic
def close(visit_id: UUID, how: HowClosed, *, by: UUID, at: datetime) -> None:
    """Close a visit that was overdue: a named person answers for it. Raises: NotFound, Refused."""
    visit = facts.visit(visit_id, lock=True)
    insist(why_not_close(visit, at=at))
    models.Closing.objects.create(visit_id=visit_id, how=how, by_id=by, at=at)
    audit.note(Event.VISIT_CLOSED, about=visit.entry_id, by=by, at=at)


@transaction.atomic
def make_notice(one: Told, *, agent: str, at: datetime) -> UUID:
    """The message that tells a colleague of a rung: made once, and known by the same id ever after."""
    visit = facts.visit(one.visit_id, lock=True)
    notice, is_new = models.Notice.objects.get_or_create(
        visit_id=one.visit_id,
        rung=one.rung,
        reached_at=one.reached_at,
        account_id=one.account.id,
        defaults={"made_at": at},
    )
    if is_new:
        audit.note(Event.VISIT_NOTICE_MADE, about=visit.entry_id, by=None, agent=agent, at=at)
    return notice.id


@transaction.atomic
def mark_sent(notice_id: UUID, *, agent: str, at: datetime) -> None:
    """Record that a message to a colleague went. Once sent it stays sent."""
    row = models.Notice.objects.select_for_update().select_related("visit").get(id=notice_id)
    if row.sent_at is None:
        models.Notice.objects.filter(id=notice_id).update(sent_at=at)
        audit.note(Event.VISIT_NOTICE_SENT, about=row.visit.entry_id, by=None, agent=agent, at=at)
