"""What may be read of deviations. Masked, but for the notes."""

from __future__ import annotations

from uuid import UUID

from handrail.domain.conduct import DeviationFacts
from handrail.domain.refusal import NotFound
from handrail.domain.words import DeviationKind
from handrail.records.conduct import models


def deviations(*, team_code: str = "") -> tuple[DeviationFacts, ...]:
    """Every deviation, or those of one team, in order of the day it was found."""
    rows = models.Deviation.objects.all()
    if team_code:
        rows = rows.filter(team_code=team_code)
    fields = ("id", "registration__study_number", "team_code", "found_on", "kind")
    ordered = rows.order_by("found_on", "team_code", "registration__study_number", "kind", "recorded_at")
    return tuple(
        DeviationFacts(id, study_number or "", team, found_on, DeviationKind(kind))
        for id, study_number, team, found_on, kind in ordered.values_list(*fields)
    )


def note(deviation_id: UUID) -> str:
    """What was written of a deviation. It may betray the arm: for unmasked staff only. Raises: NotFound."""
    row = models.Deviation.objects.filter(id=deviation_id).first()
    if row is None:
        raise NotFound
    return row.note
