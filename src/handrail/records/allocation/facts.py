"""What the sealed wing knows of the list. Masked code cannot import this, not even indirectly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from handrail.domain.allocation import FreeSlot
from handrail.domain.protocol import Arm
from handrail.domain.refusal import NotFound
from handrail.records.allocation import sealing
from handrail.records.allocation.models import Draw, ListMade, Slot
from handrail.records.enrolment.models import TrialEntry
from handrail.records.question import Question

_CLOSED_UP = ("slot__sealed_arm", "slot__stratum", "slot__position")

_IS_LIST_MADE = Question(lambda: ListMade.objects.filter(id=1).values_list("id"))
_HOLD = Question(
    lambda stratum: Slot.objects.select_for_update().filter(stratum=stratum, position=1).values_list("id")
)
_FREE = Question(
    lambda stratum: (
        Slot.objects.filter(~Exists(Draw.objects.filter(slot_id=OuterRef("id"))), stratum=stratum)
        .order_by("position")
        .values_list("id", "position")
    )
)
_BY_REQUEST = Question(
    lambda key: Draw.objects.filter(request_key=key).values_list("entry_id", "entry__registration_id")
)
_ARM_OF = Question(lambda key: Draw.objects.filter(entry_id=key).values_list(*_CLOSED_UP))
_ARM_OF_REGISTRATION = Question(
    lambda key: Draw.objects.filter(entry__registration_id=key).values_list(*_CLOSED_UP)
)


@dataclass(frozen=True)
class DrawFacts:
    """A draw, without what was drawn."""

    entry_id: UUID
    registration_id: UUID


@dataclass(frozen=True)
class OpenedDraw:
    """A draw with its arm: for the lock's sealed arm file, and for nothing else."""

    entry_id: UUID
    registration_id: UUID
    study_number: str
    stratum: str
    position: int
    arm: str
    drawn_at: datetime


def is_list_made() -> bool:
    """Whether the list has been made."""
    return _IS_LIST_MADE.row() is not None


def free_slots(stratum: str, *, lock: bool = False) -> tuple[FreeSlot, ...]:
    """The stratum's places that nobody has drawn; ``lock`` makes the next request wait for this one.

    The stratum's first slot stands for the whole stratum: whoever holds it may draw. The places are
    read only after it is held, so they are as the last holder left them.
    """
    if lock:
        _HOLD.row(stratum)
    return tuple(FreeSlot(*row) for row in _FREE.rows(stratum))


def draw_by_request(request_key: str) -> DrawFacts | None:
    """What an earlier request with this key drew, if it did."""
    row = _BY_REQUEST.row(request_key)
    return DrawFacts(*row) if row else None


def arm_of(entry_id: UUID) -> str:
    """The code of the arm that an entry was allocated to. Raises: NotFound."""
    row = _ARM_OF.row(entry_id)
    if row is None:
        raise NotFound("allocation")
    return _arm(*row)


def offer(registration_id: UUID, *, under: tuple[Arm, ...]) -> Arm | None:
    """What a person is offered: their arm as the protocol describes it, or None before entry."""
    row = _ARM_OF_REGISTRATION.row(registration_id)
    return {arm.code: arm for arm in under}[_arm(*row)] if row else None


def offers(*, under: tuple[Arm, ...], entry_ids: Iterable[UUID] | None = None) -> dict[UUID, Arm]:
    """What everybody in the trial is offered, or some people are, by entry."""
    arms = {arm.code: arm for arm in under}
    draws = Draw.objects.all() if entry_ids is None else Draw.objects.filter(entry_id__in=list(entry_ids))
    rows = draws.values_list("entry_id", *_CLOSED_UP)
    return {entry_id: arms[_arm(*closed_up)] for entry_id, *closed_up in rows}


def drawn_entries() -> frozenset[UUID]:
    """The entries that have a draw."""
    return frozenset(Draw.objects.values_list("entry_id", flat=True))


def opened_draws() -> tuple[OpenedDraw, ...]:
    """Every draw with its arm, by study number: the lock, and only the lock, asks for this."""
    rows = Draw.objects.select_related("slot", "entry__registration").order_by(
        "entry__registration__study_number"
    )
    return tuple(
        OpenedDraw(
            entry_id=row.entry_id,
            registration_id=row.entry.registration_id,
            study_number=row.entry.registration.study_number,
            stratum=row.slot.stratum,
            position=row.slot.position,
            arm=_arm(row.slot.sealed_arm, row.slot.stratum, row.slot.position),
            drawn_at=row.drawn_at,
        )
        for row in rows
    )


def unproved_draws(*, using: str = "default") -> tuple[str, ...]:
    """Study numbers whose draw is not the one that was made, or is gone; in order.

    Shows a change by whoever can write to the database and does not hold the keys.
    """
    entries = TrialEntry.objects.using(using)
    everybody = dict(entries.values_list("id", "registration__study_number"))
    rows = Draw.objects.using(using).select_related("slot", "entry__registration")
    sound = {row.entry_id for row in rows.iterator(chunk_size=2000) if sealing.is_as_drawn(row)}
    return tuple(sorted(number for entry_id, number in everybody.items() if entry_id not in sound))


def _arm(sealed_arm: bytes | memoryview, stratum: str, position: int) -> str:
    """From ``_CLOSED_UP``."""
    return sealing.open_up(sealed_arm, stratum=stratum, position=position)
