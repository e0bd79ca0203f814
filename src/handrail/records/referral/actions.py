"""Keeps referrals, screenings and departures. The journeys ask the rules first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from handrail.domain.dates import local_date
from handrail.domain.eligibility import Assessment
from handrail.domain.referral import NewReferral
from handrail.domain.refusal import Conflict
from handrail.domain.words import Event, Exit
from handrail.records.audit import actions as audit
from handrail.records.referral import models


@transaction.atomic
def receive(person_id: UUID, new: NewReferral, *, referral_number: str, by: UUID, at: datetime) -> UUID:
    """Keep one referral of somebody who is on record. Raises: Conflict when it came twice."""
    row = models.Referral(
        person_id=person_id,
        referral_number=referral_number,
        team_code=new.team_code,
        received_on=local_date(at),
        caseload_from=new.caseload_from,
        discharged_on=new.discharged_on,
        agreed_to_contact=new.agreed_to_contact,
        referred_by=by,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("referral") from error
    audit.note(Event.REFERRED, about=row.id, by=by, at=at)
    return row.id


@transaction.atomic
def assess(
    referral_id: UUID,
    answers: Mapping[str, bool],
    assessment: Assessment,
    *,
    protocol_version: str,
    by: UUID,
    at: datetime,
) -> None:
    """Add one screening to a referral; earlier ones stay as they were."""
    earlier = models.Assessment.objects.filter(referral_id=referral_id).count()
    models.Assessment.objects.create(
        referral_id=referral_id,
        number=earlier + 1,
        answers=dict(answers),
        answered_on=local_date(at),
        is_eligible=assessment.is_eligible,
        reasons=list(assessment.reasons),
        warnings=list(assessment.warnings),
        protocol_version=protocol_version,
        assessed_by=by,
    )
    audit.note(Event.SCREENED, about=referral_id, by=by, at=at)


@transaction.atomic
def depart(referral_id: UUID, exit: Exit, *, by: UUID, at: datetime) -> None:
    """Close a referral before entry, with a coded reason."""
    models.Departure.objects.create(
        referral_id=referral_id, exit=exit.value, left_on=local_date(at), noted_by=by
    )
    audit.note(Event.LEFT_BEFORE_ENTRY, about=referral_id, by=by, at=at)
