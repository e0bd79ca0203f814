"""That somebody was told of a serious event: for the clocks that masked staff may see. Append-only."""

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
    NewReport,
    ReportPutRight,
    ReportRecord,
    Told,
    standing,
    why_not_tell,
)
from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.safety import facts
from handrail.records.safety.models import Report


@transaction.atomic
def tell(event_id: UUID, new: NewReport, *, under: Safety, by: UUID, at: datetime) -> None:
    """Keep that somebody was told of a serious event, or put that right.

    Raises: NotFound, also for a clock that masked staff may not see; Refused.
    """
    event = facts.event(event_id, lock=True)
    clock = next((one for one in under.clocks if one.code == new.told.clock), None)
    if clock is None or clock.runs_for not in MASKED:
        raise NotFound
    stands = standing(records((event_id, *event.earlier_ids)), [event]).get(event_id, {}).get(clock.code)
    on_record = stands.told if stands else None
    insist(why_not_tell(new, event=event, clock=clock, on_record=on_record, on=local_date(at)))
    Report.objects.create(
        event_id=event_id,
        puts_right_id=stands.id if stands else None,
        why_put_right=new.why,
        clock=clock.code,
        recipient=clock.tell,
        told_on=new.told.told_on,
        reference=new.reference,
        note=new.note,
        recorded_by=by,
        recorded_at=at,
    )
    audit.note(Event.TOLD_OF_SERIOUS_EVENT, about=event.registration_id, by=by, at=at)


def records(event_ids: Iterable[UUID] | None = None, *, with_words: bool = False) -> tuple[ReportRecord, ...]:
    """What was ever recorded, of these events' records or of all, in order of time.

    ``with_words``: with the reference and the note, which may betray the arm: for unmasked staff only.
    """
    rows = Report.objects.order_by("recorded_at", "id")
    if event_ids is not None:
        rows = rows.filter(event_id__in=list(event_ids))
    if not with_words:
        rows = rows.defer("reference", "note")
    return tuple(
        ReportRecord(
            id=row.id,
            event_id=row.event_id,
            puts_right=row.puts_right_id,
            why=ReportPutRight(row.why_put_right) if row.why_put_right else None,
            told=Told(row.clock, row.told_on),
            recipient=row.recipient,
            recorded_by=row.recorded_by,
            recorded_at=row.recorded_at,
            reference=row.reference if with_words else "",
            note=row.note if with_words else "",
        )
        for row in rows
    )
