"""A meeting is moved or called off, by whoever may: what the arm offers is asked before each. Sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.meeting import ChangeReason, Why
from handrail.domain.protocol import PeerSessions, Protocol
from handrail.records.allocation import facts as allocation
from handrail.records.support import actions as support
from handrail.records.support import facts as supported


@transaction.atomic
def move_session(
    session_id: UUID, *, planned_at: datetime, why: Why, under: Protocol, by: UUID, at: datetime
) -> None:
    """Move a planned meeting to another moment. Raises: NotFound, Refused."""
    offer = _offer(session_id, under)
    support.move_session(session_id, planned_at=planned_at, why=why, offer=offer, by=by, at=at)


@transaction.atomic
def call_off(session_id: UUID, *, reason: ChangeReason, under: Protocol, by: UUID, at: datetime) -> None:
    """A person calls off a meeting of theirs, with effect at once. Raises: NotFound, Refused."""
    support.call_off(session_id, reason=reason, offer=_offer(session_id, under), by=by, at=at)


def _offer(session_id: UUID, under: Protocol) -> PeerSessions | None:
    entry_id, _ = supported.meeting(session_id)
    return under.arm(allocation.arm_of(entry_id)).peer_sessions
