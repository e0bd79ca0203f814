"""What may be read of the worker's side: by the worker, and by the supervisor of their team. Sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from handrail.domain import leave as rules
from handrail.domain.leave import Period, PeriodKind
from handrail.domain.pairing import NO_PREFERENCE, Area, Language, Times, Wish, WorkerOffer
from handrail.domain.refusal import NotFound
from handrail.domain.supervision import Agreed, SupervisionKind, Talk, Theme, Training
from handrail.records.supervision import models

Found = TypeVar("Found")


@dataclass(frozen=True)
class Note:
    """A worker's own note."""

    id: UUID
    words: str
    is_shared: bool
    written_at: datetime


def talks() -> dict[UUID, tuple[Talk, ...]]:
    """Every worker's log, the earliest first."""
    rows = models.LoggedTalk.objects.order_by("held_on", "logged_at")
    return _by_worker((row.worker_id, _talk(row)) for row in rows)


def training() -> dict[UUID, tuple[tuple[Training, date], ...]]:
    """Every worker's days of training, and when each was."""
    rows = models.TrainingDay.objects.order_by("held_on", "recorded_at")
    return _by_worker((row.worker_id, (Training(row.what), row.held_on)) for row in rows)


def caps() -> dict[UUID, int]:
    """The soft caps that supervisors set, by worker; the latest counts."""
    rows = models.SoftCap.objects.order_by("set_at")
    return dict(rows.values_list("worker_id", "cap"))


def offers() -> dict[UUID, WorkerOffer]:
    """What each worker said that they offer."""
    rows = models.WorkerOffer.objects.order_by("said_at")
    return {row.worker_id: WorkerOffer(*_choices(row)) for row in rows}


def wish(entry_id: UUID) -> Wish:
    """What a person would like; no preference where nobody asked."""
    row = models.PersonWish.objects.filter(entry_id=entry_id).order_by("said_at").last()
    return Wish(*_choices(row)) if row else NO_PREFERENCE


def periods() -> tuple[Period, ...]:
    """Every worker's days away and lighter weeks that stand, the earliest first."""
    rows = models.WorkerPeriod.objects.filter(taken_back_at=None).order_by("from_on", "recorded_at")
    fields = ("worker_id", "kind", "from_on", "until_on", "cover_id", "id")
    return tuple(
        Period(worker, PeriodKind(kind), *dates_and_ids)
        for worker, kind, *dates_and_ids in rows.values_list(*fields)
    )


def period(period_id: UUID) -> Period:
    """One worker's days that stand. Raises: NotFound."""
    found = next((one for one in periods() if one.id == period_id), None)
    if found is None:
        raise NotFound("period")
    return found


def covered_by(worker_id: UUID, *, on: date) -> frozenset[UUID]:
    """The workers whose people this one covers on a day."""
    return rules.covered_by(worker_id, periods(), on=on)


def own_notes(worker_id: UUID) -> tuple[Note, ...]:
    """A worker's notes, for the worker alone, the latest first."""
    rows = models.Reflection.objects.filter(worker_id=worker_id).order_by("-written_at")
    return tuple(Note(row.id, row.words, row.is_shared, row.written_at) for row in rows)


def shared_notes(worker_id: UUID) -> tuple[Note, ...]:
    """The notes that a worker shares with their supervisor, and no other."""
    return tuple(one for one in own_notes(worker_id) if one.is_shared)


def _choices(row: Any) -> tuple[tuple[Times, ...], tuple[Area, ...], tuple[Language, ...]]:
    return (
        tuple(Times(word) for word in row.times),
        tuple(Area(word) for word in row.areas),
        tuple(Language(word) for word in row.languages),
    )


def _talk(row: models.LoggedTalk) -> Talk:
    return Talk(
        kind=SupervisionKind(row.kind),
        held_on=row.held_on,
        themes=tuple(Theme(word) for word in row.themes),
        agreed=tuple(Agreed(word) for word in row.agreed),
        next_on=row.next_on,
    )


def _by_worker(pairs: Iterable[tuple[UUID, Found]]) -> dict[UUID, tuple[Found, ...]]:
    found: dict[UUID, list[Found]] = defaultdict(list)
    for worker_id, one in pairs:
        found[worker_id].append(one)
    return {worker_id: tuple(ones) for worker_id, ones in found.items()}
