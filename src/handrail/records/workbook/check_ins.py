"""What somebody said at their check-ins, for their own eyes alone. Sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag

from handrail.domain.check_in import CheckIn, Difference, Helping, Rhythm, Setting
from handrail.domain.workbook import Boxes
from handrail.records.workbook import facts, keyring, models, sealing


@dataclass(frozen=True)
class Kept:
    """One check-in that is kept."""

    id: UUID
    made_at: datetime
    said: CheckIn


def setting(entry_id: UUID, *, viewer_id: UUID) -> Setting:
    """What somebody has asked for; off where they never did. Raises: NotFound for anybody else."""
    facts.insist_own(entry_id, viewer_id=viewer_id)
    row = models.CheckInSetting.objects.filter(entry_id=entry_id).first()
    key = keyring.key_of(entry_id, make=False)
    if row is None or key is None:
        return Setting()
    boxes = sealing.open_boxes(bytes(row.words), key=key, entry_id=entry_id, kind="signs", row_id=entry_id)
    return Setting(row.is_on, Rhythm(row.rhythm), boxes["signs"])


def history(entry_id: UUID, *, viewer_id: UUID) -> tuple[Kept, ...]:
    """Somebody's check-ins, the latest first; one that does not open is left out. Raises: NotFound."""
    facts.insist_own(entry_id, viewer_id=viewer_id)
    key = keyring.key_of(entry_id, make=False)
    if key is None:
        return ()
    rows = models.CheckIn.objects.filter(entry_id=entry_id).order_by("-made_at", "id")
    found = ((row, _said(row, key)) for row in rows)
    return tuple(Kept(row.id, row.made_at, said) for row, said in found if said is not None)


def count(entry_id: UUID) -> int:
    """How many check-ins somebody keeps, without opening one."""
    return models.CheckIn.objects.filter(entry_id=entry_id).count()


def last_at(entry_id: UUID) -> datetime | None:
    """When somebody last checked in, of what they keep."""
    rows = models.CheckIn.objects.filter(entry_id=entry_id).order_by("-made_at")
    return rows.values_list("made_at", flat=True).first()


def as_boxes(said: CheckIn) -> Boxes:
    """A check-in as it is sealed."""
    return {
        "well": (said.well,),
        "sign": tuple(said.signs),
        "is": tuple(one.value for one in said.signs.values()),
        "words": (said.words,),
        "helping": (said.helping.value,) if said.helping else (),
    }


def _said(row: models.CheckIn, key: bytes) -> CheckIn | None:
    try:
        boxes = sealing.open_boxes(
            bytes(row.words), key=key, entry_id=row.entry_id, kind="check-in", row_id=row.id
        )
    except (InvalidTag, ValueError, KeyError):
        return None
    return CheckIn(
        well="".join(boxes["well"]),
        signs=dict(zip(boxes["sign"], map(Difference, boxes["is"]), strict=True)),
        words="".join(boxes["words"]),
        helping=Helping(boxes["helping"][0]) if boxes["helping"] else None,
    )
