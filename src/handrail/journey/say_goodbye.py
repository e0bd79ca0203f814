"""Two people's meetings end as they planned it. Sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.ending import NewEnding
from handrail.domain.protocol import Protocol
from handrail.records.allocation import facts as allocation
from handrail.records.support import endings


@transaction.atomic
def end(entry_id: UUID, new: NewEnding, *, under: Protocol, by: UUID, at: datetime) -> None:
    """Keep how the two ended. Raises: NotFound, Refused."""
    offered = allocation.offers(under=under.arms, entry_ids=[entry_id]).get(entry_id)
    offer = offered.peer_sessions if offered else None
    endings.end(entry_id, new, offer=offer, by=by, at=at)
