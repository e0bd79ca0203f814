"""What may be read of worries about people: by unmasked staff, and whoever takes one up. Sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from handrail.domain.account import Appointment
from handrail.domain.concern import ConcernFacts, Urgency
from handrail.domain.ladder import ANSWERING, TROUBLE, Post, Ring, RingOutcome, Waiting
from handrail.domain.refusal import NotFound
from handrail.domain.words import Role
from handrail.records.accounts.models import Account
from handrail.records.concern import models


def concern(concern_id: UUID, *, lock: bool = False) -> ConcernFacts:
    """One worry. Raises: NotFound."""
    if lock:
        models.Concern.objects.select_for_update().filter(id=concern_id).values_list("id").first()
    found = _all(models.Concern.objects.filter(id=concern_id))
    if not found:
        raise NotFound
    return found[0]


def waiting(*, raised_by: UUID | None = None) -> tuple[Waiting, ...]:
    """The worries that nobody has taken up, everybody's or those that one raised, the oldest first.

    How urgent, since when, of which team, and whether a call went wrong; nothing more.
    """
    trouble = models.Ring.objects.filter(concern_id=OuterRef("id"), outcome__in=TROUBLE)
    rows = models.Concern.objects.filter(acknowledged_at=None).order_by("raised_at", "id")
    rows = rows.filter(raised_by=raised_by) if raised_by else rows
    found = rows.values_list("id", "urgency", "raised_at", "person__registration__team_code", Exists(trouble))
    return tuple(Waiting(key, Urgency(word), at, team or "", bad) for key, word, at, team, bad in found)


def ladder_staff() -> tuple[Post, ...]:
    """Everybody who stands on a rung, whichever team's, by name."""
    rows = Account.objects.filter(is_active=True, role__in=ANSWERING).order_by("name", "email")
    fields = ("id", "name", "email", "role", "team_code")
    return tuple(
        Post(key, name, email, Appointment(Role(role), team))
        for key, name, email, role, team in rows.values_list(*fields)
    )


def is_waiting(concern_id: UUID) -> bool:
    """Whether nobody has taken this worry up."""
    return models.Concern.objects.filter(id=concern_id, acknowledged_at=None).exists()


def rings(concern_ids: Iterable[UUID]) -> dict[UUID, tuple[Ring, ...]]:
    """The calls that each of these worries brought, in order."""
    rows = models.Ring.objects.filter(concern_id__in=list(concern_ids)).order_by("rung_at", "number", "id")
    found: dict[UUID, list[Ring]] = defaultdict(list)
    fields = ("concern_id", "number", "account_id", "account__name", "outcome", "rung_at")
    for concern_id, number, account_id, name, outcome, at in rows.values_list(*fields):
        found[concern_id].append(Ring(number, account_id, name or "", RingOutcome(outcome), at))
    return {concern_id: tuple(calls) for concern_id, calls in found.items()}


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


def answered(*, team_code: str) -> tuple[ConcernFacts, ...]:
    """The worries about a team's people that were answered, the oldest first."""
    rows = models.Concern.objects.filter(person__registration__team_code=team_code)
    return _all(rows.exclude(answered_at=None))


def _all(rows: Iterable[models.Concern]) -> tuple[ConcernFacts, ...]:
    ordered = rows.select_related("acknowledged_by").order_by("raised_at", "id")  # type: ignore[attr-defined]
    found = list(ordered)
    talks = models.Debrief.objects.filter(concern_id__in=[row.id for row in found]).select_related("held_by")
    held = {talk.concern_id: talk for talk in talks}
    return tuple(_concern(row, held.get(row.id)) for row in found)


def _concern(row: models.Concern, talk: models.Debrief | None) -> ConcernFacts:
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
        debriefed_by=talk.held_by_id if talk else None,
        debriefed_name=talk.held_by.name if talk else "",
        debriefed_at=talk.held_at if talk else None,
    )
