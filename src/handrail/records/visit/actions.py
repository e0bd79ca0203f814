"""Writes visits: started, and what the worker says until they are over. Sealed.

A worker's phone names each of these by a key of its own, so that what is sent again is kept once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from handrail.domain.refusal import NotFound, insist
from handrail.domain.visit import VisitPlace, why_not_go_on, why_not_start
from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.support import facts as support
from handrail.records.visit import facts, models


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
    insist(why_not_start(minutes=new.minutes, buddy_id=new.buddy_id, by=by))
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
    models.CheckIn.objects.create(id=key, visit_id=visit_id, at=at, said_at=said_at, until_at=until_at)
    audit.note(Event.VISIT_CHECKED_IN, about=visit.entry_id, by=by, at=at)
