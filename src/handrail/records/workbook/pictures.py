"""Pictures in somebody's own workbook, encrypted under their key. Sealed; nobody else is ever given one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db import transaction

from handrail.domain.picture import Picture, why_not_keep_picture
from handrail.domain.protocol import WorkbookOffer
from handrail.domain.refusal import NotFound, insist
from handrail.domain.words import Event
from handrail.domain.workbook import Part, Writer
from handrail.records.audit import actions as audit
from handrail.records.encryption import seal, unseal
from handrail.records.enrolment import facts as enrolment
from handrail.records.workbook import facts, keyring, models, sealing

SAYS = "says"


@transaction.atomic
def keep_picture(
    entry_id: UUID,
    new: Picture,
    drawn: bytes,
    *,
    parts: Collection[Part],
    offer: WorkbookOffer | None,
    by: UUID,
    at: datetime,
) -> None:
    """Keep a picture that was drawn again. The same one sent twice is one. Raises: NotFound, Refused."""
    enrolment.hold_entrant(entry_id)
    facts.insist_own(entry_id, viewer_id=by)
    rows = models.Picture.objects.filter(entry_id=entry_id, part=new.part, field=new.field)
    if rows.filter(id=new.id).exists():
        return
    others = rows.count()
    insist(why_not_keep_picture(Writer(offer), parts, new.part, new.field, new.says, others=others))
    key = keyring.key_of(entry_id, make=True)
    assert key is not None  # it was asked to make one
    models.Picture.objects.create(
        id=new.id,
        entry_id=entry_id,
        part=new.part,
        field=new.field,
        words=sealing.seal_boxes(
            {SAYS: (new.says,)}, key=key, entry_id=entry_id, kind="picture", row_id=new.id
        ),
        drawn=seal(drawn, key=key, place=_place(entry_id, new.id)),
        kept_at=at,
    )
    audit.note(Event.PICTURE_KEPT, about=entry_id, by=by, at=at)


@transaction.atomic
def take_away_picture(entry_id: UUID, picture_id: UUID, *, by: UUID, at: datetime) -> None:
    """Take a picture away for good. Raises: NotFound."""
    enrolment.hold_entrant(entry_id)
    facts.insist_own(entry_id, viewer_id=by)
    deleted, _ = models.Picture.objects.filter(id=picture_id, entry_id=entry_id).delete()
    if not deleted:
        raise NotFound("picture")
    audit.note(Event.PICTURE_TAKEN_AWAY, about=entry_id, by=by, at=at)


def pictures(entry_id: UUID, part: str, field: str, *, viewer_id: UUID) -> tuple[Picture, ...]:
    """Somebody's own pictures under one question, oldest first, without what is drawn. Raises: NotFound."""
    facts.insist_own(entry_id, viewer_id=viewer_id)
    rows = models.Picture.objects.filter(entry_id=entry_id, part=part, field=field).defer("drawn")
    found = list(rows.order_by("kept_at", "id"))
    key = keyring.key_of(entry_id, make=False) if found else None
    return tuple(Picture(row.id, row.part, row.field, _says(row, key)) for row in found)


def drawn(entry_id: UUID, picture_id: UUID, *, viewer_id: UUID) -> bytes:
    """What is drawn on one of somebody's own pictures, as a JPEG. Raises: NotFound."""
    facts.insist_own(entry_id, viewer_id=viewer_id)
    row = models.Picture.objects.filter(id=picture_id, entry_id=entry_id).first()
    key = keyring.key_of(entry_id, make=False)
    if row is None or key is None:
        raise NotFound("picture")
    try:
        return unseal(bytes(row.drawn), key=key, place=_place(entry_id, picture_id))
    except InvalidTag:
        raise NotFound("picture") from None


def _says(row: models.Picture, key: bytes | None) -> str:
    if key is None:
        return ""
    try:
        boxes = sealing.open_boxes(
            bytes(row.words), key=key, entry_id=row.entry_id, kind="picture", row_id=row.id
        )
    except (InvalidTag, ValueError, KeyError):
        return ""
    return boxes[SAYS][0]


def _place(entry_id: UUID, picture_id: UUID) -> str:
    return f"workbook.drawn.{entry_id}.{picture_id}"
