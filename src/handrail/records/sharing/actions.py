"""Shares, codes and looks: the person gives and takes; whoever looks is kept. Sealed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.chance import Pick
from handrail.domain.dates import local_date
from handrail.domain.protocol import WorkbookOffer
from handrail.domain.refusal import Conflict, NotFound, insist
from handrail.domain.sharing import NewShare, draw_link, why_not_share
from handrail.domain.sign_in_code import draw_code
from handrail.domain.words import Event
from handrail.domain.workbook import Part, Writer, why_not_open
from handrail.records.audit import actions as audit
from handrail.records.encryption import blind_index, hash_code
from handrail.records.enrolment import facts as enrolment
from handrail.records.sharing import facts, models
from handrail.records.support import facts as support
from handrail.records.workbook import facts as workbook
from handrail.records.workbook import keyring, sealing

KIND = "code of a link"


@dataclass(frozen=True)
class Handed:
    """What the person hands over themselves: both empty where a worker signs in."""

    link: str = ""
    code: str = ""


@transaction.atomic
def share(
    share_id: UUID,
    entry_id: UUID,
    new: NewShare,
    *,
    parts: Collection[Part],
    offer: WorkbookOffer | None,
    pick: Pick,
    by: UUID,
    at: datetime,
) -> Handed:
    """Show something to somebody until a day; the code is shown once and never kept.

    Raises: NotFound, Refused; Conflict where this very share was made before.
    """
    enrolment.hold_entrant(entry_id)
    workbook.insist_own(entry_id, viewer_id=by)
    if models.Share.objects.filter(id=share_id).exists():
        raise Conflict
    on, worker_id = local_date(at), support.worker_of(entry_id)
    living = len(facts.living(entry_id, viewer_id=by, on=on))
    insist(why_not_open(Writer(offer)))
    insist(why_not_share(new, parts, worker_id=worker_id, living=living, on=on))
    is_by_link = new.shared_with.is_by_link
    handed = Handed(draw_link(pick), draw_code(pick)) if is_by_link else Handed()
    models.Share.objects.create(
        id=share_id,
        entry_id=entry_id,
        part=new.item.part,
        field=new.item.field,
        shared_with=new.shared_with.value,
        worker_id=None if is_by_link else worker_id,
        words=_sealed(share_id, entry_id, new, handed.link),
        link_index=blind_index(handed.link),
        code_hash=_hash(handed.code, pick) if handed.code else "",
        made_at=at,
        until_on=new.until_on,
    )
    audit.note(Event.SHARED, about=entry_id, by=by, at=at)
    return handed


@transaction.atomic
def withdraw(share_id: UUID, *, by: UUID, at: datetime) -> None:
    """Stop showing something, from the next request on; stopped before, it stays so. Raises: NotFound."""
    held = _held(share_id, by=by)
    models.Share.objects.filter(id=share_id, withdrawn_at=None).update(withdrawn_at=at)
    audit.note(Event.SHARE_WITHDRAWN, about=held.entry_id, by=by, at=at)


@transaction.atomic
def forget(entry_id: UUID, *, by: UUID, at: datetime) -> None:
    """Take away everything that somebody shows or showed, and who looked. Raises: NotFound."""
    enrolment.hold_entrant(entry_id)
    workbook.insist_own(entry_id, viewer_id=by)
    models.Share.objects.filter(entry_id=entry_id).delete()
    audit.note(Event.SHARE_WITHDRAWN, about=entry_id, by=by, at=at)


@transaction.atomic
def renew_code(share_id: UUID, *, pick: Pick, by: UUID, at: datetime) -> str:
    """A fresh code for a link; the one before opens nothing any more. Raises: NotFound."""
    held = _held(share_id, by=by)
    if not facts.is_shown(share_id, on=local_date(at)):
        raise NotFound("share")
    code = draw_code(pick)
    models.Share.objects.filter(id=share_id).update(
        code_hash=_hash(code, pick), wrong_count=0, closed_until=None
    )
    audit.note(Event.SHARE_CODE_RENEWED, about=held.entry_id, by=by, at=at)
    return code


@transaction.atomic
def look(share_id: UUID, *, by: UUID, at: datetime) -> None:
    """Keep that the worker with whom something is shared looked at it. Raises: NotFound."""
    entry_id = facts.entry_shared_with(share_id, worker_id=by, on=local_date(at))
    if not support.is_of(entry_id, worker_id=by):
        raise NotFound("share")
    models.Look.objects.create(share_id=share_id, looked_at=at)
    audit.note(Event.SHARE_SEEN, about=entry_id, by=by, at=at)


def _held(share_id: UUID, *, by: UUID) -> facts.ShareFacts:
    models.Share.objects.select_for_update().filter(id=share_id).values_list("id").first()
    return facts.share(share_id, viewer_id=by)


def _hash(code: str, pick: Pick) -> str:
    return hash_code(code, salt=draw_link(pick), kind=KIND)


def _sealed(share_id: UUID, entry_id: UUID, new: NewShare, link: str) -> bytes:
    key = keyring.key_of(entry_id, make=True)
    assert key is not None  # it was asked to make one
    name = new.name.strip() if new.shared_with.is_by_link else ""
    boxes = {"name": (name,), "link": (link,), "people": tuple(str(one) for one in sorted(new.people))}
    return sealing.seal_boxes(boxes, key=key, entry_id=entry_id, kind="share", row_id=share_id)
