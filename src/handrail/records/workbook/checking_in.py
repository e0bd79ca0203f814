"""Check-ins: set up, paused, made and deleted, each by the person alone. The ledger holds no word. Sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.check_in import CheckIn, Setting, why_not_check_in, why_not_set
from handrail.domain.protocol import WorkbookOffer
from handrail.domain.refusal import NotFound, insist
from handrail.domain.words import Event
from handrail.domain.workbook import Boxes, Writer
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.workbook import check_ins, facts, keyring, models, sealing


@transaction.atomic
def set_up(entry_id: UUID, setting: Setting, *, offer: WorkbookOffer | None, by: UUID, at: datetime) -> None:
    """Keep what somebody asks for. Raises: NotFound, Refused."""
    _hold_own(entry_id, by=by)
    insist(why_not_set(Writer(offer), setting))
    kept = _sealed({"signs": setting.signs}, entry_id, "signs", entry_id)
    models.CheckInSetting.objects.update_or_create(
        entry_id=entry_id,
        defaults={"is_on": setting.is_on, "rhythm": setting.rhythm.value, "words": kept},
    )
    audit.note(Event.CHECK_INS_SET, about=entry_id, by=by, at=at)


@transaction.atomic
def pause(entry_id: UUID, *, by: UUID, at: datetime) -> None:
    """Take a break: check-ins are off until somebody turns them on. Raises: NotFound."""
    _hold_own(entry_id, by=by)
    models.CheckInSetting.objects.filter(entry_id=entry_id).update(is_on=False)
    audit.note(Event.CHECK_INS_PAUSED, about=entry_id, by=by, at=at)


@transaction.atomic
def check_in(
    entry_id: UUID, number: UUID, said: CheckIn, *, offer: WorkbookOffer | None, by: UUID, at: datetime
) -> None:
    """Keep a check-in; the same one sent twice is one. Raises: NotFound, Refused."""
    _hold_own(entry_id, by=by)
    row = models.CheckIn.objects.filter(id=number).first()
    if row is not None and row.entry_id != entry_id:
        raise NotFound("check-in")
    setting = check_ins.setting(entry_id, viewer_id=by)
    insist(why_not_check_in(Writer(offer), setting, said, kept=check_ins.count(entry_id)))
    kept = _sealed(check_ins.as_boxes(said), entry_id, "check-in", number)
    models.CheckIn.objects.update_or_create(
        id=number, defaults={"entry_id": entry_id, "words": kept, "made_at": at}
    )
    audit.note(Event.CHECKED_IN, about=entry_id, by=by, at=at)


@transaction.atomic
def delete(entry_id: UUID, number: UUID, *, by: UUID, at: datetime) -> None:
    """Delete one check-in. Raises: NotFound."""
    _hold_own(entry_id, by=by)
    deleted, _ = models.CheckIn.objects.filter(id=number, entry_id=entry_id).delete()
    if not deleted:
        raise NotFound("check-in")
    audit.note(Event.CHECK_IN_DELETED, about=entry_id, by=by, at=at)


@transaction.atomic
def delete_all(entry_id: UUID, *, by: UUID, at: datetime) -> None:
    """Delete every check-in. What was asked for stays. Raises: NotFound."""
    _hold_own(entry_id, by=by)
    models.CheckIn.objects.filter(entry_id=entry_id).delete()
    audit.note(Event.CHECK_INS_DELETED, about=entry_id, by=by, at=at)


def _hold_own(entry_id: UUID, *, by: UUID) -> None:
    enrolment.hold_entrant(entry_id)
    facts.insist_own(entry_id, viewer_id=by)


def _sealed(boxes: Boxes, entry_id: UUID, kind: str, row_id: UUID) -> bytes:
    key = keyring.key_of(entry_id, make=True)
    assert key is not None  # it was asked to make one
    return sealing.seal_boxes(boxes, key=key, entry_id=entry_id, kind=kind, row_id=row_id)
