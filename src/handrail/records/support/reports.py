"""That somebody was told of a related event, or of an urgent measure. Sealed: it follows from the arm."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.dates import local_date
from handrail.domain.protocol import Safety
from handrail.domain.refusal import NotFound, insist
from handrail.domain.reporting import (
    MASKED,
    Deadline,
    NewReport,
    ReportPutRight,
    ReportRecord,
    Told,
    every_deadline,
    standing,
    why_not_tell,
)
from handrail.domain.safety import EventFacts
from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.safety import facts as safety
from handrail.records.safety import reports as masked
from handrail.records.support import facts
from handrail.records.support.models import SealedReport


@transaction.atomic
def tell(event_id: UUID, new: NewReport, *, under: Safety, by: UUID, at: datetime) -> None:
    """Keep that somebody was told, or that an urgent measure was taken, or put that right.

    Raises: NotFound, also for a clock of every serious event, which is kept in ``safety``; Refused.
    """
    event = safety.event(event_id, lock=True)
    clock = next((one for one in under.clocks if one.code == new.told.clock), None)
    if clock is None or clock.runs_for in MASKED:
        raise NotFound
    stands = standing(records((event_id, *event.earlier_ids)), [event]).get(event_id, {}).get(clock.code)
    on_record = stands.told if stands else None
    insist(why_not_tell(new, event=event, clock=clock, on_record=on_record, on=local_date(at)))
    SealedReport.objects.create(
        event_id=event_id,
        puts_right_id=stands.id if stands else None,
        why_put_right=new.why,
        clock=clock.code,
        recipient=clock.tell,
        started_on=new.told.started_on,
        told_on=new.told.told_on,
        reference=new.reference,
        note=new.note,
        recorded_by=by,
        recorded_at=at,
    )
    audit.note(Event.TOLD_OF_RELATED_EVENT, about=event.registration_id, by=by, at=at)


def records(event_ids: Iterable[UUID] | None = None) -> tuple[ReportRecord, ...]:
    """What was ever recorded, of these events' records or of all, in order of time."""
    rows = SealedReport.objects.order_by("recorded_at", "id")
    if event_ids is not None:
        rows = rows.filter(event_id__in=list(event_ids))
    return tuple(
        ReportRecord(
            id=row.id,
            event_id=row.event_id,
            puts_right=row.puts_right_id,
            why=ReportPutRight(row.why_put_right) if row.why_put_right else None,
            told=Told(row.clock, row.told_on, row.started_on),
            recipient=row.recipient,
            recorded_by=row.recorded_by,
            recorded_at=row.recorded_at,
            reference=row.reference,
            note=row.note,
        )
        for row in rows
    )


def deadlines(events: Iterable[EventFacts], *, under: Safety) -> dict[UUID, tuple[Deadline, ...]]:
    """Every clock of these events, of both wings, by event; in three questions whatever their number."""
    rows = tuple(events)
    stands = standing((*masked.records(), *records()), rows)
    judged = {one.event_id: one.relatedness for one in facts.judgements()}
    return {
        one.id: every_deadline(
            one, reports=stands.get(one.id, {}), relatedness=judged.get(one.id), under=under
        )
        for one in rows
    }
