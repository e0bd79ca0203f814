"""What may be read of posted workbooks: frozen values, for unmasked eyes only. Sealed."""

from __future__ import annotations

from uuid import UUID

from handrail.domain.post import Parcel
from handrail.domain.words import Posting
from handrail.records.post import models
from handrail.records.question import Question

_FIELDS = (
    "entry_id",
    "entry__registration__study_number",
    "state",
    "ordered_on",
    "due_on",
    "posted_on",
    "returned_on",
)
_ORDER = Question(lambda entry_id: models.Order.objects.filter(entry_id=entry_id).values_list(*_FIELDS))


def parcel(entry_id: UUID) -> Parcel | None:
    """The workbook ordered for one person, or none."""
    found = _ORDER.row(entry_id)
    return _parcel(found) if found else None


def parcels(*, state: Posting | None = None) -> tuple[Parcel, ...]:
    """Every workbook ordered, or those that have got so far, the soonest due first."""
    rows = models.Order.objects.order_by("due_on", "entry__registration__study_number")
    if state is not None:
        rows = rows.filter(state=state)
    return tuple(_parcel(row) for row in rows.values_list(*_FIELDS))


def _parcel(row: tuple) -> Parcel:  # type: ignore[type-arg]
    entry_id, study_number, state, *days = row
    return Parcel(entry_id, study_number, Posting(state), *days)
