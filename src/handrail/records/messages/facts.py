"""What may be read of messages. Masked: the same for every arm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.domain.messages import Template
from handrail.records.messages import models


@dataclass(frozen=True)
class MessageFacts:
    """One message that is due and neither sent nor called off."""

    id: UUID
    person_id: UUID
    registration_id: UUID
    template: Template
    occasion: str


def due(*, at: datetime) -> tuple[MessageFacts, ...]:
    """The messages that ought to go by now, the longest due first."""
    rows = models.Message.objects.filter(due_at__lte=at, sent_at=None, cancelled_at=None)
    fields = ("id", "person_id", "person__registration__id", "template", "occasion")
    return tuple(
        MessageFacts(key, person_id, registration_id, Template(template), occasion)
        for key, person_id, registration_id, template, occasion in rows.order_by("due_at", "id").values_list(
            *fields
        )
    )
