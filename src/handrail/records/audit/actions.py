"""Writes ledger lines. Every action calls :func:`note` by hand, inside its own transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

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


def _append(event: Event, *, at: datetime, **facts: Any) -> None:
    line_count, head_hash = _held_head()
    line = Line(
        number=line_count + 1,
        event=event.value,
        wing=event.wing,
        at=at.astimezone(UTC),
        previous_hash=head_hash,
        **facts,
    )
    line.line_hash = chain.hash_of(line)
    line.save(force_insert=True)
    Head.objects.filter(id=1).update(line_count=line.number, head_hash=line.line_hash)


def _held_head() -> tuple[int, str]:
    """The end of the chain, held to the end of the act; made for the first act. Every act comes by here."""
    held = Head.objects.select_for_update().filter(id=1).values_list("line_count", "head_hash")
    found = list(held)  # not first(): ordering one row costs as much as reading it
    if not found:
        Head.objects.get_or_create(id=1, defaults={"line_count": 0, "head_hash": chain.FIRST})
        found = list(held.all())
    line_count, head_hash = found[0]
    return line_count, head_hash
