"""Gives study numbers, and keeps the masked-safe half of an entry."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.dates import local_date
from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.enrolment.models import Registration, TrialEntry


@transaction.atomic
def register(person_id: UUID, *, study_number: str, team_code: str, by: UUID, at: datetime) -> UUID:
    """Give somebody who consented a study number."""
    row = Registration.objects.create(
        person_id=person_id,
        study_number=study_number,
        team_code=team_code,
        registered_on=local_date(at),
    )
    audit.note(Event.REGISTERED, about=row.id, by=by, at=at)
    return row.id


@transaction.atomic
def enter(
    registration_id: UUID,
    *,
    stratum: str,
    protocol_version: str,
    protocol_hash: str,
    by: UUID,
    at: datetime,
) -> UUID:
    """Record entry into the trial, which is the moment of randomisation. The ledger line is this one's."""
    row = TrialEntry.objects.create(
        registration_id=registration_id,
        entered_on=local_date(at),
        entered_at=at,
        stratum=stratum,
        protocol_version=protocol_version,
        protocol_hash=protocol_hash,
    )
    audit.note(Event.RANDOMISED, about=row.id, by=by, at=at)
    return row.id
