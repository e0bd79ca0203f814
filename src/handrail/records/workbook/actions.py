"""Writes in somebody's own workbook, for that person alone. Sealed; the ledger never holds a word of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.protocol import WorkbookOffer
from handrail.domain.refusal import NotFound, insist
from handrail.domain.words import Event
from handrail.domain.workbook import (
    Answer,
    Boxes,
    Card,
    Paper,
    Part,
    Writer,
    why_not_keep_card,
    why_not_open,
    why_not_write,
)
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.workbook import facts, keyring, models, sealing


@transaction.atomic
def write(
    entry_id: UUID,
    part: str,
    field: str,
    answer: Answer,
    *,
    parts: Collection[Part],
    offer: WorkbookOffer | None,
    by: UUID,
    at: datetime,
) -> None:
    """Keep the answer to one question; a blank one clears the page. ``by`` is that person.

    Raises: NotFound, Refused.
    """
    _hold_own(entry_id, by=by)
    insist(why_not_write(Writer(offer), parts, part, field, answer))
    if answer.is_blank:
        models.Page.objects.filter(entry_id=entry_id, part=part, field=field).delete()
        audit.note(Event.PAGE_CLEARED, about=entry_id, by=by, at=at)
        return
    _put_answer(entry_id, part, field, answer, version=_version(parts, part), at=at)
    audit.note(Event.PAGE_WRITTEN, about=entry_id, by=by, at=at)


@transaction.atomic
def keep_card(
    entry_id: UUID,
    card_id: UUID,
    part: str,
    field: str,
    boxes: Boxes,
    *,
    paper: Paper | None = None,
    parts: Collection[Part],
    offer: WorkbookOffer | None,
    by: UUID,
    at: datetime,
) -> None:
    """Keep a card, new or changed. The same card sent twice is one. Raises: NotFound, Refused."""
    _hold_own(entry_id, by=by)
    _put_card(entry_id, Card(card_id, part, field, boxes, paper), parts=parts, offer=offer, at=at)
    audit.note(Event.CARD_KEPT, about=entry_id, by=by, at=at)


@transaction.atomic
def keep_together(
    entry_id: UUID,
    cards: Sequence[Card],
    answers: Mapping[tuple[str, str], Answer],
    *,
    parts: Collection[Part],
    offer: WorkbookOffer | None,
    by: UUID,
    at: datetime,
) -> None:
    """Keep several cards and answers that were written on one page: all of them, or none.

    Raises: NotFound, Refused.
    """
    _hold_own(entry_id, by=by)
    insist(why_not_open(Writer(offer)))
    for card in cards:
        _put_card(entry_id, card, parts=parts, offer=offer, at=at)
    for (part, field), answer in answers.items():
        insist(why_not_write(Writer(offer), parts, part, field, answer))
        _put_answer(entry_id, part, field, answer, version=_version(parts, part), at=at)
    audit.note(Event.PAGE_WRITTEN, about=entry_id, by=by, at=at)


@transaction.atomic
def take_away_card(entry_id: UUID, card_id: UUID, *, by: UUID, at: datetime) -> None:
    """Take a card away, out of the plan too. Raises: NotFound."""
    _hold_own(entry_id, by=by)
    deleted, _ = models.Card.objects.filter(id=card_id, entry_id=entry_id).delete()
    if not deleted:
        raise NotFound("card")
    audit.note(Event.CARD_TAKEN_AWAY, about=entry_id, by=by, at=at)


@transaction.atomic
def mark_part(
    entry_id: UUID,
    part: str,
    *,
    is_done: bool,
    parts: Collection[Part],
    offer: WorkbookOffer | None,
    by: UUID,
    at: datetime,
) -> None:
    """Keep that somebody has done with a part for now, or has not. Raises: NotFound, Refused."""
    _hold_own(entry_id, by=by)
    insist(why_not_open(Writer(offer)))
    if part not in {one.code for one in parts}:
        raise NotFound("part")
    if is_done:
        models.DonePart.objects.get_or_create(entry_id=entry_id, part=part, defaults={"said_at": at})
    else:
        models.DonePart.objects.filter(entry_id=entry_id, part=part).delete()
    audit.note(Event.PART_MARKED, about=entry_id, by=by, at=at)


def _hold_own(entry_id: UUID, *, by: UUID) -> None:
    enrolment.hold_entrant(entry_id)
    facts.insist_own(entry_id, viewer_id=by)


def _put_answer(entry_id: UUID, part: str, field: str, answer: Answer, *, version: str, at: datetime) -> None:
    kept = sealing.seal_answer(answer, key=_key(entry_id), entry_id=entry_id, part=part, field=field)
    models.Page.objects.update_or_create(
        entry_id=entry_id,
        part=part,
        field=field,
        defaults={"version": version, "words": kept, "written_at": at},
    )


def _put_card(
    entry_id: UUID, new: Card, *, parts: Collection[Part], offer: WorkbookOffer | None, at: datetime
) -> None:
    others = facts.card_count(entry_id, new.part, new.field, without=new.id)
    insist(why_not_keep_card(Writer(offer), parts, new.part, new.field, new.boxes, others=others))
    place = (entry_id, new.part, new.field)
    row = models.Card.objects.filter(id=new.id).first()
    if row is not None and (row.entry_id, row.part, row.field) != place:
        raise NotFound("card")
    row = row or models.Card(
        id=new.id, entry_id=entry_id, part=new.part, field=new.field, place=facts.last_place(entry_id) + 1
    )
    row.version, row.written_at = _version(parts, new.part), at
    row.words = sealing.seal_card(new, key=_key(entry_id), entry_id=entry_id)
    row.save()


def _key(entry_id: UUID) -> bytes:
    key = keyring.key_of(entry_id, make=True)
    assert key is not None  # it was asked to make one
    return key


def _version(parts: Collection[Part], code: str) -> str:
    return next(part.version for part in parts if part.code == code)
