"""What may be read of messages. Masked: the same for every arm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.domain.messages import Channel, Template
from handrail.records.messages import models


@dataclass(frozen=True)
class MessageFacts:
    """One message that is due and neither sent nor called off."""

    id: UUID
    person_id: UUID
    template: Template
    occasion: str
    channel: Channel
    due_at: datetime
    claimed_at: datetime | None


def due(*, at: datetime) -> tuple[MessageFacts, ...]:
    """The messages that ought to go by now, the longest due first."""
    rows = models.Message.objects.filter(due_at__lte=at, sent_at=None, cancelled_at=None)
    return tuple(
        MessageFacts(
            row.id,
            row.person_id,
            Template(row.template),
            row.occasion,
            Channel(row.channel),
            row.due_at,
            row.claimed_at,
        )
        for row in rows.order_by("due_at", "id")
    )


def sent_to(person_id: UUID) -> tuple[tuple[Template, datetime], ...]:
    """What one person was sent and when, the latest first."""
    rows = models.Message.objects.filter(person_id=person_id, sent_at__isnull=False)
    found = rows.order_by("-sent_at").values_list("template", "sent_at")
    return tuple((Template(template), sent_at) for template, sent_at in found if sent_at)
