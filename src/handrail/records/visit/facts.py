"""What may be read of visits: by the worker, their buddy and their supervisors. Sealed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from handrail.domain.refusal import NotFound
from handrail.domain.visit import CheckIn, Closing, HowClosed, Rung, VisitFacts, VisitPlace
from handrail.records.visit import models

HEARD = models.CheckIn.objects.filter(visit_id=OuterRef("id"))
OVER = HEARD.filter(until_at=None)
LATE = HEARD.filter(rung__in=[one.value for one in Rung if one is not Rung.BUDDY])
CLOSED = models.Closing.objects.filter(visit_id=OuterRef("id"))


def visit(visit_id: UUID, *, lock: bool = False) -> VisitFacts:
    """One visit. Raises: NotFound."""
    if lock:
        models.Visit.objects.select_for_update().filter(id=visit_id).values_list("id").first()
    found = _all(models.Visit.objects.filter(id=visit_id))
    if not found:
        raise NotFound("visit")
    return found[0]


def going_on(*, worker_id: UUID | None = None) -> tuple[VisitFacts, ...]:
    """The visits that nobody has ended or closed, or those of one worker, in the order begun."""
    rows = models.Visit.objects.filter(~Exists(OVER), ~Exists(CLOSED))
    return _all(rows.filter(worker_id=worker_id) if worker_id else rows)


def to_watch() -> tuple[VisitFacts, ...]:
    """The visits that go on, and those for which a supervisor's turn came and that none has closed."""
    return _all(models.Visit.objects.filter(~Exists(OVER) | Exists(LATE), ~Exists(CLOSED)))


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
    for word in models.CheckIn.objects.filter(visit_id__in=ids).order_by("at", "id"):
        words[word.visit_id].append(CheckIn(word.at, word.said_at, word.until_at))
    ends = {row.visit_id: row for row in models.Closing.objects.filter(visit_id__in=ids).select_related("by")}
    return tuple(_visit(row, tuple(words[row.id]), ends.get(row.id)) for row in visits)


def _visit(row: Any, check_ins: tuple[CheckIn, ...], end: models.Closing | None) -> VisitFacts:
    return VisitFacts(
        id=row.id,
        worker_id=row.worker_id,
        worker_name=row.worker.name,
        team_code=row.worker.team_code,
        entry_id=row.entry_id,
        place=VisitPlace(row.place),
        telephone=row.telephone,
        buddy_id=row.buddy_id,
        buddy_name=row.buddy.name if row.buddy else "",
        started_at=row.started_at,
        said_at=row.said_at,
        until_at=row.until_at,
        check_ins=check_ins,
        closing=Closing(HowClosed(end.how), end.by.name, end.at) if end else None,
    )
