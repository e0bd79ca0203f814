"""Reminders of meetings: what each person wishes, and which were sent. Sealed: one row tells the arm.

There is no queue: see :mod:`handrail.domain.reminder`. A row is made when a reminder is taken up, and says
afterwards that it went; a claim that a crash left behind lapses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.dates import local_date
from handrail.domain.messages import Channel, may_claim
from handrail.domain.protocol import PeerSessions
from handrail.domain.refusal import insist
from handrail.domain.reminder import PartOfDay, Telling, Wish, due
from handrail.domain.support import Meeting, why_not_choose
from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.support import facts as support
from handrail.records.visit import models


@dataclass(frozen=True)
class Claimed:
    """A reminder that whoever asked may send now. ``id`` never changes, however often it is tried."""

    id: UUID
    planned_at: datetime
    telling: Telling


def wish(entry_id: UUID) -> Wish:
    """What somebody wishes now; nobody is reminded who never said so."""
    row = models.ReminderWish.objects.filter(entry_id=entry_id).order_by("-number").first()
    return Wish(row.is_on, PartOfDay(row.part_of_day), Telling(row.telling)) if row else Wish()


def wanting() -> tuple[UUID, ...]:
    """The entries of those who wish for reminders now."""
    rows = models.ReminderWish.objects.order_by("number").values_list("entry_id", "is_on")
    return tuple(entry_id for entry_id, is_on in dict(rows).items() if is_on)


@transaction.atomic
def choose(entry_id: UUID, wished: Wish, *, offer: PeerSessions | None, by: UUID, at: datetime) -> None:
    """Keep what somebody wishes; it holds at once. Pausing is always allowed. Raises: NotFound, Refused."""
    person = support.supported(entry_id, offer=offer, lock=True)
    if wished.is_on:
        insist(why_not_choose(person, on=local_date(at)))
    models.ReminderWish.objects.create(
        entry_id=entry_id,
        is_on=wished.is_on,
        part_of_day=wished.part_of_day,
        telling=wished.telling,
        kept_by=by,
        kept_at=at,
    )
    audit.note(Event.REMINDERS_CHOSEN, about=entry_id, by=by, at=at)


def due_now(entry_id: UUID, *, offer: PeerSessions | None, at: datetime) -> tuple[Meeting, ...]:
    """The meetings of which somebody is to be reminded, as everything stands now."""
    person = support.supported(entry_id, offer=offer)
    return due(person, wish(entry_id), sent=_sent(entry_id), at=at)


@transaction.atomic
def claim(entry_id: UUID, meeting: Meeting, *, offer: PeerSessions | None, at: datetime) -> Claimed | None:
    """Take a reminder up, if it is still due now that the person is held; none where it is not, or is taken.

    No ledger line: a claim is not an act. Sending is.
    """
    support.supported(entry_id, offer=offer, lock=True)
    wished = wish(entry_id)
    if meeting not in due_now(entry_id, offer=offer, at=at):
        return None
    row, is_new = models.MeetingReminder.objects.get_or_create(
        session_id=meeting.id, planned_at=meeting.planned_at, defaults={"claimed_at": at}
    )
    if not is_new and not may_claim(claimed_at=row.claimed_at, at=at):
        return None
    row.claimed_at = at
    row.save(update_fields=["claimed_at"])
    return Claimed(row.id, row.planned_at, wished.telling)


@transaction.atomic
def let_go(reminder_id: UUID, *, at: datetime) -> None:
    """Give back a claim of this moment, where there was no way to send it. No ledger line, as for a claim."""
    models.MeetingReminder.objects.filter(id=reminder_id, claimed_at=at, sent_at=None).update(claimed_at=None)


@transaction.atomic
def mark_sent(reminder_id: UUID, *, channel: Channel, agent: str, at: datetime) -> None:
    """Record that a reminder went, and how."""
    row = models.MeetingReminder.objects.select_for_update().get(id=reminder_id)
    row.sent_at, row.channel = at, channel
    row.save(update_fields=["sent_at", "channel"])
    audit.note(Event.MEETING_REMINDER_SENT, about=row.session.entry_id, by=None, agent=agent, at=at)


def _sent(entry_id: UUID) -> frozenset[tuple[UUID, datetime]]:
    rows = models.MeetingReminder.objects.filter(session__entry_id=entry_id, sent_at__isnull=False)
    return frozenset(rows.values_list("session_id", "planned_at"))
