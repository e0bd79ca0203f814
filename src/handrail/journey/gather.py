"""Acute-care records: files kept, people matched, outcomes worked out, decisions. Masked."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.adjudication import Decision
from handrail.domain.protocol import OutcomeDefinition
from handrail.exchange.acutecare import CheckedFile
from handrail.records.acutecare import actions
from handrail.records.acutecare.actions import NewFile, NewRefusal, NewRow


@transaction.atomic
def read(checked: CheckedFile, *, by: UUID, at: datetime) -> UUID:
    """Keep a checked extract and return its id. The same file again changes nothing. Raises: Refused.

    Outcomes do not know of it before :func:`link`, which may wait for the last file of a batch.
    """
    file = NewFile(
        name=checked.name,
        sha256=checked.sha256,
        covers_until=checked.covers_until,
        rows=tuple(
            NewRow(row.line, row.person_id, row.service, row.provider, row.start_on, row.end_on)
            for row in checked.accepted
        ),
        refused=tuple(
            NewRefusal(row.line, row.person_id, row.rule, row.column, row.problem) for row in checked.refused
        ),
    )
    return actions.keep_file(file, by=by, at=at)


@transaction.atomic
def take_in(checked: CheckedFile, *, under: OutcomeDefinition, by: UUID, at: datetime) -> UUID:
    """Keep a checked extract and work every outcome out afresh; returns the file's id. Safe to repeat.

    Both or neither: no page shows a file beside outcomes that do not know of it. Raises: Refused, Conflict.
    """
    file_id = read(checked, by=by, at=at)
    link(under=under, by=by, at=at)
    return file_id


@transaction.atomic
def link(*, under: OutcomeDefinition, by: UUID, at: datetime) -> int:
    """Match rows to people, and work out everybody's outcome afresh; returns how many. Safe to repeat."""
    return actions.link(under=under, by=by, at=at)


@transaction.atomic
def adjudicate(
    registration_id: UUID, decision: Decision, *, under: OutcomeDefinition, by: UUID, at: datetime
) -> None:
    """Record a decision where the records cannot say. Raises: NotFound, Refused."""
    actions.adjudicate(registration_id, decision, under=under, by=by, at=at)


@transaction.atomic
def end_records(registration_id: UUID, observed_until: date | None, *, by: UUID, at: datetime) -> None:
    """Record the last day on which somebody's records could be seen. Raises: NotFound, Refused."""
    actions.end_records(registration_id, observed_until, by=by, at=at)


@transaction.atomic
def move(
    registration_id: UUID, last_on: date | None, *, under: OutcomeDefinition, by: UUID, at: datetime
) -> None:
    """Somebody moved away, or did not after all: end their records and work every outcome out afresh.

    Both or neither: no page shows a move beside outcomes that do not know of it. Raises: NotFound, Refused.
    """
    actions.end_records(registration_id, last_on, by=by, at=at)
    actions.link(under=under, by=by, at=at)
