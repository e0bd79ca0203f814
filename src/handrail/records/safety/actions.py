"""Writes adverse events, corrections and masked reviews. Masked: relatedness is kept in ``support``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain import safety as rules
from handrail.domain.dates import local_date
from handrail.domain.protocol import Safety
from handrail.domain.refusal import NotFound, insist
from handrail.domain.safety import HowFound, NewEvent, WhyCorrected
from handrail.domain.words import Event, Seriousness
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.safety import facts, models


@transaction.atomic
def record_event(registration_id: UUID, event: NewEvent, *, under: Safety, by: UUID, at: datetime) -> UUID:
    """Keep a new adverse event and return its id. Raises: NotFound, Refused."""
    registered_on = _registered_on(registration_id)
    insist(rules.why_not_record(event, registered_on=registered_on, under=under, on=local_date(at)))
    made = _create(registration_id, event, corrects=None, under=under, by=by, at=at)
    audit.note(Event.ADVERSE_EVENT_RECORDED, about=registration_id, by=by, at=at)
    return made


@transaction.atomic
def correct_event(
    event_id: UUID, event: NewEvent, *, why: WhyCorrected, under: Safety, by: UUID, at: datetime
) -> UUID:
    """Keep a corrected record beside the old one, which is never changed; gives the new record's id.

    Without a narrative it keeps the old one's: masked staff correct what they cannot read. What was signed or
    judged of the old record stays with it. Raises: NotFound, Refused.
    """
    old = models.AdverseEvent.objects.select_for_update().filter(id=event_id).first()
    if old is None:
        raise NotFound
    is_superseded = event_id in facts.superseded()
    registered_on = _registered_on(old.registration_id)
    is_told_again = bool(event.narrative)  # different, unread: a refusal would answer a guess at it
    event = replace(event, narrative=event.narrative or old.narrative)
    is_same = not is_told_again and event == _as_told(old)
    insist(
        rules.why_not_correct(is_superseded=is_superseded, is_same=is_same)
        + rules.why_not_record(event, registered_on=registered_on, under=under, on=local_date(at))
    )
    made = _create(old.registration_id, event, corrects=(event_id, why), under=under, by=by, at=at)
    audit.note(Event.ADVERSE_EVENT_CORRECTED, about=old.registration_id, by=by, at=at)
    return made


@transaction.atomic
def review(event_id: UUID, *, could_be_related: bool, by: UUID, at: datetime) -> None:
    """Sign the masked question: had this person received the programme, could it be related?

    Raises: NotFound, Refused.
    """
    event = facts.event(event_id, lock=True)
    insist(rules.why_not_review(event))
    models.MaskedReview.objects.create(
        event_id=event_id, could_be_related=could_be_related, signed_by=by, signed_at=at
    )
    audit.note(Event.ADVERSE_EVENT_REVIEWED, about=event.registration_id, by=by, at=at)


def _registered_on(registration_id: UUID) -> date:
    enrolment.hold(registration_id)
    return enrolment.registration(registration_id).registered_on


def _as_told(row: models.AdverseEvent) -> NewEvent:
    return NewEvent(
        onset_on=row.onset_on,
        aware_on=row.aware_on,
        kind=row.kind,
        seriousness=frozenset(Seriousness(word) for word in row.seriousness),
        how_found=HowFound(row.how_found),
        narrative=row.narrative,
    )


def _create(
    registration_id: UUID,
    event: NewEvent,
    *,
    corrects: tuple[UUID, WhyCorrected] | None,
    under: Safety,
    by: UUID,
    at: datetime,
) -> UUID:
    corrected, why = corrects or (None, None)
    made = models.AdverseEvent.objects.create(
        registration_id=registration_id,
        corrects_id=corrected,
        why_corrected=why,
        onset_on=event.onset_on,
        aware_on=event.aware_on,
        kind=event.kind,
        seriousness=sorted(event.seriousness),
        is_expected=rules.is_expected(event.kind, under=under),
        how_found=event.how_found,
        narrative=event.narrative,
        recorded_by=by,
        recorded_at=at,
    )
    return made.id
