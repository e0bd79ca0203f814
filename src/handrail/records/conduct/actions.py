"""Writes deviations from the protocol. Masked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.conduct import NewDeviation, why_not_record
from handrail.domain.dates import local_date
from handrail.domain.refusal import NotFound, insist
from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.conduct import models
from handrail.records.enrolment.models import Registration


@transaction.atomic
def record_deviation(
    deviation: NewDeviation,
    *,
    registration_id: UUID | None = None,
    team_code: str = "",
    by: UUID,
    at: datetime,
) -> UUID:
    """Keep a deviation about a person (whose team is taken) or a team. Raises: NotFound, Refused."""
    if registration_id is not None:
        rows = Registration.objects.filter(id=registration_id).values_list("team_code", flat=True)
        team_code = rows.first() or ""
        if not team_code:
            raise NotFound
    insist(why_not_record(deviation, has_team=bool(team_code), on=local_date(at)))
    made = models.Deviation.objects.create(
        registration_id=registration_id,
        team_code=team_code,
        found_on=deviation.found_on,
        kind=deviation.kind,
        note=deviation.note,
        recorded_by=by,
        recorded_at=at,
    )
    audit.note(Event.DEVIATION_RECORDED, about=registration_id, by=by, at=at)
    return made.id
