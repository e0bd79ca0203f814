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
    """Keep a deviation about a person (whose team is taken) or a team.

    Raises: NotFound, Refused, also when the team named is not the person's.
    """
    team_of_person = None
    if registration_id is not None:
        rows = Registration.objects.filter(id=registration_id).values_list("team_code", flat=True)
        team_of_person = rows.first()
        if team_of_person is None:
            raise NotFound
    insist(why_not_record(deviation, team_code=team_code, team_of_person=team_of_person, on=local_date(at)))
    made = models.Deviation.objects.create(
        registration_id=registration_id,
        team_code=team_of_person or team_code,
        found_on=deviation.found_on,
        kind=deviation.kind,
        note=deviation.note,
        recorded_by=by,
        recorded_at=at,
    )
    audit.note(Event.DEVIATION_RECORDED, about=registration_id, by=by, at=at)
    return made.id
