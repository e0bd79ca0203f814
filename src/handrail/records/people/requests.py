"""What somebody at the door asked for: kept first, answered afterwards, the same for known and unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from handrail.domain.words import DoorRequest, Event
from handrail.records.audit import actions as audit
from handrail.records.people.models import Person, SignInRequest

STALE = timedelta(minutes=30)  # nobody waits that long at a door


@dataclass(frozen=True)
class Waiting:
    """One request that nobody has answered."""

    id: UUID
    kind: DoorRequest
    contact: str


@transaction.atomic
def ask(kind: DoorRequest, contact: str, *, at: datetime) -> None:
    """Keep a request, without looking whether anybody has that contact."""
    SignInRequest.objects.create(kind=kind.value, contact=contact.strip()[:254], asked_at=at)
    audit.note(Event.SIGN_IN_ASKED, about=None, by=None, agent="sign-in", at=at, detail={"kind": kind.value})


@transaction.atomic
def take(*, at: datetime) -> tuple[Waiting, ...]:
    """The requests that wait, now taken by whoever asks: each is answered at most once.

    A request older than half an hour is taken but not handed on. The contact is wiped from the table.
    """
    rows = list(SignInRequest.objects.select_for_update().filter(answered_at=None).order_by("asked_at"))
    fresh = [row for row in rows if at - row.asked_at <= STALE]
    waiting = tuple(Waiting(row.id, DoorRequest(row.kind), row.contact) for row in fresh)
    if rows:
        SignInRequest.objects.filter(id__in=[row.id for row in rows]).update(answered_at=at, contact="")
    return waiting


@transaction.atomic
def signed_out(person_id: UUID, *, at: datetime) -> None:
    """Remember that a person went."""
    audit.note(Event.SIGNED_OUT, about=person_id, by=person_id, at=at)


def may_sign_in(person_id: UUID) -> bool:
    """Whether somebody with this id is on record and has not died; asked at every page."""
    return Person.objects.filter(id=person_id, died_on=None).exists()
