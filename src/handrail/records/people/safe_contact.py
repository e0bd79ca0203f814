"""What is known of how people are contacted safely: what holds now, and all that was kept.

What the card says is for everybody who contacts the person. Who went through it, and when, is not: a peer
worker does so at each contact, so masked eyes learn only when a masked colleague last did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.domain.safe_contact import SafeContact, Way
from handrail.domain.words import MASKED_ROLES, Role
from handrail.records.people.models import SafeContactCard


@dataclass(frozen=True)
class KeptCard:
    """One card as it was kept. ``kept_as`` none: the person kept it. For unmasked eyes."""

    card: SafeContact
    kept_at: datetime
    kept_by: UUID
    kept_as: Role | None


def card(person_id: UUID) -> SafeContact | None:
    """What holds now; none where nobody has asked yet."""
    found = SafeContactCard.objects.filter(person_id=person_id).order_by("-number").first()
    return _card(found) if found else None


def cards(person_ids: Iterable[UUID]) -> dict[UUID, SafeContact]:
    """What holds now for each of several people who have a card."""
    rows = SafeContactCard.objects.filter(person_id__in=list(person_ids)).order_by("number")
    return {person_id: _card(row) for person_id, row in {row.person_id: row for row in rows}.items()}


def gone_through_masked_at(person_id: UUID) -> datetime | None:
    """When masked staff last went through the card with the person; for masked eyes."""
    rows = SafeContactCard.objects.filter(person_id=person_id, kept_as__in=MASKED_ROLES)
    return rows.order_by("-number").values_list("kept_at", flat=True).first()


def history(person_id: UUID) -> tuple[KeptCard, ...]:
    """All that was ever kept, the latest first; for unmasked eyes."""
    rows = SafeContactCard.objects.filter(person_id=person_id).order_by("-number")
    return tuple(
        KeptCard(_card(row), row.kept_at, row.kept_by, Role(row.kept_as) if row.kept_as else None)
        for row in rows
    )


def _card(row: SafeContactCard) -> SafeContact:
    return SafeContact(
        frozenset(Way(word) for word in row.ways.split()),
        row.may_leave_voicemail,
        row.safe_times,
        row.language,
        row.needs,
        row.not_to,
    )
