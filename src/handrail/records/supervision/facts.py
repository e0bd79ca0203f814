"""What may be read of the worker's side: by the worker, and by the supervisor of their team. Sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from handrail.domain.supervision import Agreed, SupervisionKind, Talk, Theme, Training
from handrail.records.supervision import models

Found = TypeVar("Found")


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
