"""A worker cannot go on: their whole caseload is handed over, in one transaction. Sealed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.ending import Placing, WhyLeft
from handrail.domain.protocol import PeerSessions, Protocol
from handrail.records.allocation import facts as allocation
from handrail.records.support import facts as support
from handrail.records.support import partings


@transaction.atomic
def hand_over(
    worker_id: UUID,
    why: WhyLeft,
    placings: Collection[Placing],
    *,
    under: Protocol,
    by: UUID,
    at: datetime,
) -> None:
    """Hand everybody over, all or nobody. Raises: NotFound, Refused."""
    partings.hand_over(worker_id, why, placings, offers=_offers(worker_id, under), by=by, at=at)


def _offers(worker_id: UUID, under: Protocol) -> dict[UUID, PeerSessions]:
    arms = allocation.offers(under=under.arms, entry_ids=support.caseload(worker_id))
    return {entry_id: arm.peer_sessions for entry_id, arm in arms.items() if arm.peer_sessions}
