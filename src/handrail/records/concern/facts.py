"""What may be read of worries about people: by unmasked staff, and whoever takes one up. Sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from handrail.domain.concern import ConcernFacts, Urgency
from handrail.domain.refusal import NotFound
from handrail.records.concern import models
from handrail.records.enrolment.models import Registration


@dataclass(frozen=True)
class Waiting:
    """A worry as anybody on duty sees it: nothing says who it is about, or who raised it."""

    id: UUID
    urgency: Urgency
    raised_at: datetime


def concern(concern_id: UUID, *, lock: bool = False) -> ConcernFacts:
    """One worry. Raises: NotFound."""
    if lock:
        models.Concern.objects.select_for_update().filter(id=concern_id).values_list("id").first()
    row = models.Concern.objects.select_related("acknowledged_by").filter(id=concern_id).first()
    if row is None:
        raise NotFound
    return _concern(row)


def waiting(*, team_code: str) -> tuple[Waiting, ...]:
    """The worries about a team's people that nobody has taken up, the oldest first.

    How urgent, since when, and nothing more.
    """
    own = Registration.objects.filter(team_code=team_code).values("person_id")
    rows = models.Concern.objects.filter(acknowledged_at=None, person_id__in=own).order_by("raised_at", "id")
    found = rows.values_list("id", "urgency", "raised_at")
    return tuple(Waiting(key, Urgency(word), raised_at) for key, word, raised_at in found)


def taken_up_by(account_id: UUID) -> tuple[ConcernFacts, ...]:
    """The worries that one member of staff took up, the oldest first."""
    return _all(models.Concern.objects.filter(acknowledged_by_id=account_id))


def raised_by(account_id: UUID) -> tuple[ConcernFacts, ...]:
    """The worries that one member of staff raised, the oldest first."""
    return _all(models.Concern.objects.filter(raised_by=account_id))


def unanswered() -> dict[UUID, int]:
    """How many worries that each member of staff raised have no answer yet."""
    rows = models.Concern.objects.filter(answered_at=None).values("raised_by").annotate(open=Count("id"))
    return dict(rows.order_by("raised_by").values_list("raised_by", "open"))


def about(person_id: UUID) -> tuple[ConcernFacts, ...]:
    """The worries about one person, the oldest first."""
    return _all(models.Concern.objects.filter(person_id=person_id))


def _all(rows: Iterable[models.Concern]) -> tuple[ConcernFacts, ...]:
    ordered = rows.select_related("acknowledged_by").order_by("raised_at", "id")  # type: ignore[attr-defined]
    return tuple(_concern(row) for row in ordered)


def _concern(row: models.Concern) -> ConcernFacts:
    return ConcernFacts(
        id=row.id,
        person_id=row.person_id,
        urgency=Urgency(row.urgency),
        words=row.words,
        wishes=row.wishes,
        has_told_person=row.has_told_person,
        raised_by=row.raised_by,
        raised_at=row.raised_at,
        acknowledged_by=row.acknowledged_by_id,
        acknowledged_name=row.acknowledged_by.name if row.acknowledged_by else "",
        acknowledged_at=row.acknowledged_at,
        answer=row.answer,
        answered_at=row.answered_at,
    )
