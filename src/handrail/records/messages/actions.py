"""Writes the outbox: messages made, claimed, sent and called off. Masked.

A message is claimed before it is sent and marked after, each in its own transaction: a crash in between
leaves a claim that lapses, so that a message is sent late rather than never, and its own id lets the
sender drop a second copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.messages import Channel, Reminder, may_claim
from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.enrolment.models import Registration
from handrail.records.messages import models


@transaction.atomic
def make(reminders: Sequence[Reminder], *, by: UUID | None = None, agent: str = "", at: datetime) -> int:
    """Make the messages that are not made yet, once for each occasion; returns how many are new."""
    wanted = {reminder.registration_id for reminder in reminders}
    rows = Registration.objects.filter(id__in=wanted).order_by("id").select_for_update()
    people = dict(rows.values_list("id", "person_id"))
    known = set(
        models.Message.objects.filter(person_id__in=people.values()).values_list(
            "person_id", "template", "occasion"
        )
    )
    fresh = [
        reminder
        for reminder in reminders
        if (people[reminder.registration_id], reminder.template, reminder.occasion) not in known
    ]
    if not fresh:
        return 0
    models.Message.objects.bulk_create(
        models.Message(
            person_id=people[reminder.registration_id],
            template=reminder.template,
            occasion=reminder.occasion,
            due_at=reminder.due_at,
        )
        for reminder in fresh
    )
    about = fresh[0].registration_id if len(fresh) == 1 else None
    audit.note(Event.MESSAGES_MADE, about=about, by=by, agent=agent, at=at, detail={"count": len(fresh)})
    return len(fresh)


@transaction.atomic
def claim(message_id: UUID, *, at: datetime) -> bool:
    """Take a message for sending; false when somebody else has it, or it is sent or called off.

    No ledger line: a claim is not an act. Sending is.
    """
    row = models.Message.objects.select_for_update().filter(id=message_id).first()
    if row is None or row.sent_at or row.cancelled_at or not may_claim(claimed_at=row.claimed_at, at=at):
        return False
    row.claimed_at = at
    row.save(update_fields=["claimed_at"])
    return True


@transaction.atomic
def let_go(message_id: UUID, *, at: datetime) -> None:
    """Give back a claim to a message that could not be sent for want of a way: the next job takes it up.

    Only the claim of this moment: where it had lapsed, another job may hold the message by now.
    No ledger line, as for a claim.
    """
    claimed = models.Message.objects.filter(id=message_id, claimed_at=at, sent_at=None, cancelled_at=None)
    claimed.update(claimed_at=None)


@transaction.atomic
def mark_sent(message_id: UUID, *, channel: Channel, agent: str, at: datetime) -> None:
    """Record that a message went, and how. Once sent it stays sent."""
    row = models.Message.objects.select_for_update().get(id=message_id)
    if row.sent_at or row.cancelled_at:
        return
    row.sent_at, row.channel = at, channel
    row.save(update_fields=["sent_at", "channel"])
    audit.note(Event.MESSAGE_SENT, about=row.person_id, by=None, agent=agent, at=at)


@transaction.atomic
def call_off(message_id: UUID, *, agent: str, at: datetime) -> None:
    """Quietly stop a message that must not go any more."""
    row = models.Message.objects.select_for_update().get(id=message_id)
    if row.sent_at or row.cancelled_at:
        return
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    audit.note(Event.MESSAGE_CALLED_OFF, about=row.person_id, by=None, agent=agent, at=at)
