"""Puts cards into somebody's action plan and takes them out again; each stays in its own place. Sealed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from handrail.domain.plan import why_not_add, why_not_bring
from handrail.domain.protocol import WorkbookOffer
from handrail.domain.refusal import NotFound, insist
from handrail.domain.words import Event
from handrail.domain.workbook import Boxes, Part, Writer, why_not_open
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.workbook import facts, keyring, models, sealing


@transaction.atomic
def bring(
    entry_id: UUID,
    card_id: UUID,
    section: str,
    *,
    parts: Collection[Part],
    offer: WorkbookOffer | None,
    by: UUID,
    at: datetime,
) -> UUID:
    """Put a card into a section of the plan; returns the link's number. Raises: NotFound, Refused."""
    enrolment.hold_entrant(entry_id)
    book = facts.book(entry_id, viewer_id=by)
    insist(why_not_open(Writer(offer)) + why_not_bring(parts, book.card(card_id), section, book.links))
    link_id = uuid4()
    models.PlanLink.objects.create(
        id=link_id, card_id=card_id, section=section, made_at=at, words=_sealed({}, entry_id, link_id)
    )
    audit.note(Event.PLAN_LINKED, about=entry_id, by=by, at=at)
    return link_id


@transaction.atomic
def add_to_line(
    entry_id: UUID,
    link_id: UUID,
    boxes: Boxes,
    *,
    parts: Collection[Part],
    offer: WorkbookOffer | None,
    by: UUID,
    at: datetime,
) -> None:
    """Keep what the plan adds to a card, such as a telephone number. Raises: NotFound, Refused."""
    enrolment.hold_entrant(entry_id)
    book = facts.book(entry_id, viewer_id=by)
    link = next((one for one in book.links if one.id == link_id), None)
    if link is None:
        raise NotFound("line")
    insist(why_not_open(Writer(offer)) + why_not_add(parts, link, boxes))
    models.PlanLink.objects.filter(id=link_id).update(words=_sealed(boxes, entry_id, link_id))
    audit.note(Event.PLAN_LINKED, about=entry_id, by=by, at=at)


@transaction.atomic
def leave_out(entry_id: UUID, link_id: UUID, *, by: UUID, at: datetime) -> None:
    """Take a card out of the plan; it stays where it was written. Raises: NotFound."""
    enrolment.hold_entrant(entry_id)
    facts.insist_own(entry_id, viewer_id=by)
    deleted, _ = models.PlanLink.objects.filter(id=link_id, card__entry_id=entry_id).delete()
    if not deleted:
        raise NotFound("line")
    audit.note(Event.PLAN_UNLINKED, about=entry_id, by=by, at=at)


def _sealed(boxes: Boxes, entry_id: UUID, link_id: UUID) -> bytes:
    key = keyring.key_of(entry_id, make=True)
    assert key is not None  # it was asked to make one
    return sealing.seal_boxes(boxes, key=key, entry_id=entry_id, kind="link", row_id=link_id)
