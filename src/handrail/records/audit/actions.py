"""Writes ledger lines. Every action calls :func:`note` by hand, inside its own transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from handrail.domain.words import Event
from handrail.records.audit import chain
from handrail.records.audit.models import Head, Line


def note(
    event: Event,
    *,
    about: UUID | None,
    by: UUID | None,
    at: datetime,
    agent: str = "",
    role: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one line to the ledger. ``by`` is an account or a person; a job names itself as ``agent``.

    Raises:
        RuntimeError: outside a transaction, or with neither ``by`` nor ``agent``: a line stands or
            falls with the act it records, and nobody acts anonymously.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a ledger line must be written in the transaction of its act")
    if by is None and not agent:
        raise RuntimeError("a ledger line needs an actor")
    _append(event, about=about, by=by, at=at, agent=agent, role=role, reason=reason, detail=detail or {})


@transaction.atomic
def _append(event: Event, *, at: datetime, **facts: Any) -> None:
    head, _ = Head.objects.select_for_update().get_or_create(
        id=1, defaults={"line_count": 0, "head_hash": chain.FIRST}
    )
    line = Line(
        number=head.line_count + 1,
        event=event.value,
        wing=event.wing,
        at=at.astimezone(UTC),
        previous_hash=head.head_hash,
        **facts,
    )
    line.line_hash = chain.hash_of(line)
    line.save(force_insert=True)
    head.line_count, head.head_hash = line.number, line.line_hash
    head.save(update_fields=["line_count", "head_hash"])
