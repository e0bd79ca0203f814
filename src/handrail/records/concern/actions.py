"""Writes worries: raised, taken up by a named person, answered. Sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.concern import (
    NewConcern,
    why_not_acknowledge,
    why_not_answer,
    why_not_debrief,
    why_not_raise,
)
from handrail.domain.ladder import RingOutcome
from handrail.domain.refusal import NotFound, insist
from handrail.domain.words import Event
from handrail.records.accounts import facts as accounts
from handrail.records.audit import actions as audit
from handrail.records.concern import facts, models
from handrail.records.people.models import Person


@transaction.atomic
def raise_concern(person_id: UUID, concern: NewConcern, *, by: UUID, at: datetime) -> UUID:
    """Record a worry about somebody; the telephone call comes first. Raises: NotFound, Refused."""
    if not Person.objects.filter(id=person_id).exists():
        raise NotFound
    insist(why_not_raise(concern))
    made = models.Concern.objects.create(
        person_id=person_id,
        urgency=concern.urgency,
        words=concern.words,
        wishes=concern.wishes,
        has_told_person=concern.has_told_person,
        raised_by=by,
        raised_at=at,
    )
    audit.note(Event.CONCERN_RAISED, about=person_id, by=by, at=at)
    return made.id


@transaction.atomic
def acknowledge(concern_id: UUID, *, by: UUID, at: datetime) -> None:
    """Take a worry up. From now on this member of staff knows what the person is offered, for good.

    One ledger line says both: taking it up is what unmasks. Raises: NotFound, Refused.
    """
    concern = facts.concern(concern_id, lock=True)
    account = accounts.account(by)
    insist(why_not_acknowledge(concern))
    models.Concern.objects.filter(id=concern_id).update(acknowledged_by_id=by, acknowledged_at=at)
    audit.note(
        Event.CONCERN_ACKNOWLEDGED,
        about=concern.person_id,
        by=by,
        at=at,
        role=account.role,
        detail={"is_unmasked_for_person": True},
    )


@transaction.atomic
def answer(concern_id: UUID, words: str, *, by: UUID, at: datetime) -> None:
    """Answer a worry that one took up oneself. Raises: NotFound, Refused."""
    concern = facts.concern(concern_id, lock=True)
    insist(why_not_answer(concern, by=by, words=words))
    models.Concern.objects.filter(id=concern_id).update(answer=words, answered_by=by, answered_at=at)
    audit.note(Event.CONCERN_ANSWERED, about=concern.person_id, by=by, at=at)


@transaction.atomic
def ring(
    concern_id: UUID,
    number: int,
    account_id: UUID | None,
    outcome: RingOutcome,
    *,
    by: UUID | None = None,
    agent: str,
    at: datetime,
) -> None:
    """Record one call to one member of staff, or to a rung where nobody stands. Raises: NotFound."""
    concern = facts.concern(concern_id, lock=True)
    again = {"number": number, "account_id": account_id, "outcome": outcome}
    if outcome is RingOutcome.SENT and models.Ring.objects.filter(concern_id=concern_id, **again).exists():
        return  # another job sent the very same message meanwhile
    models.Ring.objects.create(concern_id=concern_id, rung_at=at, **again)
    audit.note(Event.CONCERN_RUNG, about=concern.person_id, by=by, agent=agent, at=at)


@transaction.atomic
def debrief(concern_id: UUID, *, by: UUID, at: datetime) -> None:
    """Record that the worker and their supervisor have talked a worry over. Raises: NotFound, Refused."""
    concern = facts.concern(concern_id, lock=True)
    insist(why_not_debrief(concern))
    models.Debrief.objects.create(concern_id=concern_id, held_by_id=by, held_at=at)
    audit.note(Event.CONCERN_DEBRIEFED, about=concern.person_id, by=by, at=at)
