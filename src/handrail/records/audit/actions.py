"""Writes ledger lines. Every action calls :func:`note` by hand, inside its own transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections

from handrail.domain.words import Event
from handrail.records.audit import chain
from handrail.records.audit.models import Head, Line
from handrail.records.question import Question

_HEAD = Question(lambda: Head.objects.select_for_update().filter(id=1).values_list("line_count", "head_hash"))
# Written out, and the same for both databases: every act comes by these two statements, and to have Django
# compose them afresh each time cost five times what the database takes to carry them out.
COLUMNS = Line._meta.concrete_fields
_NAMES = ", ".join(f'"{field.column}"' for field in COLUMNS)
_PLACES = ", ".join("%s" for _ in COLUMNS)
ADD_LINE = f'INSERT INTO "audit_line" ({_NAMES}) VALUES ({_PLACES})'  # noqa: S608  # names of columns, no more
MOVE_HEAD = 'UPDATE "audit_head" SET "line_count" = %s, "head_hash" = %s WHERE "id" = 1'


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
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        cursor.execute(
            ADD_LINE, [field.get_db_prep_save(getattr(line, field.attname), database) for field in COLUMNS]
        )
        cursor.execute(MOVE_HEAD, [line.number, line.line_hash])


def _held_head() -> tuple[int, str]:
    """The end of the chain, held to the end of the act; made for the first act. Every act comes by here."""
    found = _HEAD.row()
    if found is None:
        Head.objects.get_or_create(id=1, defaults={"line_count": 0, "head_hash": chain.FIRST})
        found = _HEAD.row()
    assert found is not None  # it was just made
    line_count, head_hash = found
    return line_count, head_hash
