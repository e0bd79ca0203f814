"""Takes what somebody wrote out of the house: one part, or all of it with the key. Sealed.

The key is thrown away with the rows: whatever is left of them in a copy of the database opens with no other.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.workbook import facts, models

# In this order: what hangs on a card goes with it. A test holds the list to every model of the room.
ALL = (
    models.Card,
    models.Page,
    models.Picture,
    models.DonePart,
    models.CheckIn,
    models.CheckInSetting,
    models.PersonKey,
)


@transaction.atomic
def clear_part(entry_id: UUID, part: str, *, by: UUID, at: datetime) -> None:
    """Delete everything under one part, and its lines in the plan. Raises: NotFound."""
    enrolment.hold_entrant(entry_id)
    facts.insist_own(entry_id, viewer_id=by)
    for model in (models.Card, models.Page, models.Picture, models.DonePart):
        model.objects.filter(entry_id=entry_id, part=part).delete()  # type: ignore[attr-defined]
    audit.note(Event.PART_CLEARED, about=entry_id, by=by, at=at)


@transaction.atomic
def throw_away(entry_id: UUID, *, by: UUID, at: datetime) -> None:
    """Delete all that somebody wrote, and the key. They may begin again, with another. Raises: NotFound."""
    enrolment.hold_entrant(entry_id)
    facts.insist_own(entry_id, viewer_id=by)
    for model in ALL:
        model.objects.filter(entry_id=entry_id).delete()  # type: ignore[attr-defined]
    audit.note(Event.PAGES_THROWN_AWAY, about=entry_id, by=by, at=at)
