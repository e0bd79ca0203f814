"""What may be read of visits: by the worker, their buddy and their supervisors. Sealed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from handrail.domain.refusal import NotFound
from handrail.domain.visit import CheckIn, VisitFacts, VisitPlace
from handrail.records.visit import models

OVER = models.CheckIn.objects.filter(visit_id=OuterRef("id"), until_at=None)


def visit(visit_id: UUID, *, lock: bool = False) -> VisitFacts:
    """One visit. Raises: NotFound."""
    if lock:
        models.Visit.objects.select_for_update().filter(id=visit_id).values_list("id").first()
    found = _all(models.Visit.objects.filter(id=visit_id))
    if not found:
        raise NotFound("visit")
    return found[0]


def going_on(*, worker_id: UUID | None = None) -> tuple[VisitFacts, ...]:
    """The visits that no worker has ended, or those of one worker, in the order begun."""
    rows = models.Visit.objects.filter(~Exists(OVER))
    return _all(rows.filter(worker_id=worker_id) if worker_id else rows)


def latest_of(worker_id: UUID) -> VisitFacts | None:
    """The visit that a worker started last."""
    found = _all(models.Visit.objects.filter(worker_id=worker_id).order_by("-started_at")[:1])
    return found[0] if found else None


def has_check_in(key: UUID, *, visit_id: UUID) -> bool:
    """Whether this very word of a worker is kept already. Raises: NotFound, where it is of another visit."""
    row = models.CheckIn.objects.filter(id=key).values_list("visit_id", flat=True).first()
    if row is not None and row != visit_id:
        raise NotFound("visit")
    return row is not None


def _all(rows: QuerySet[models.Visit]) -> tuple[VisitFacts, ...]:
    visits = sorted(rows.select_related("worker", "buddy"), key=lambda row: (row.started_at, row.id))
    words: dict[UUID, list[CheckIn]] = defaultdict(list)
    ids = [row.id for row in visits]
    for row in models.CheckIn.objects.filter(visit_id__in=ids).order_by("at", "id"):
        words[row.visit_id].append(CheckIn(row.at, row.said_at, row.until_at))
    return tuple(_visit(row, tuple(words[row.id])) for row in visits)


def _visit(row: Any, check_ins: tuple[CheckIn, ...]) -> VisitFacts:
    return VisitFacts(
        id=row.id,
        worker_id=row.worker_id,
        worker_name=row.worker.name,
        entry_id=row.entry_id,
        place=VisitPlace(row.place),
        telephone=row.telephone,
        buddy_id=row.buddy_id,
        buddy_name=row.buddy.name if row.buddy else "",
        started_at=row.started_at,
        said_at=row.said_at,
        until_at=row.until_at,
        check_ins=check_ins,
    )
