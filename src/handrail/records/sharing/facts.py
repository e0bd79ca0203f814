"""What may be read of shares: by the person who shares, and by whomever they share with. Sealed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from handrail.domain.refusal import NotFound
from handrail.domain.sharing import (
    Item,
    SharedWith,
    Shown,
    Written,
    people_in,
    shown,
)
from handrail.domain.workbook import Part
from handrail.records.enrolment.models import TrialEntry
from handrail.records.sharing import models
from handrail.records.workbook import facts as workbook
from handrail.records.workbook import keyring, sealing
from handrail.records.workbook.facts import Book


@dataclass(frozen=True)
class ShareFacts:
    """One share, as the person who shares sees it. ``link`` is empty for a worker, who signs in."""

    id: UUID
    entry_id: UUID
    item: Item
    shared_with: SharedWith
    name: str
    link: str
    people: frozenset[UUID]
    made_at: datetime
    until_on: date
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class ForWorker:
    """One share, as the worker sees it in a list."""

    id: UUID
    item: Item
    until_on: date


def living(entry_id: UUID, *, viewer_id: UUID, on: date) -> tuple[ShareFacts, ...]:
    """What somebody shows to others now, the newest first; for their own eyes. Raises: NotFound."""
    workbook.insist_own(entry_id, viewer_id=viewer_id)
    return _all(_living(on).filter(entry_id=entry_id), entry_id)


def ended(entry_id: UUID, *, viewer_id: UUID, on: date) -> tuple[ShareFacts, ...]:
    """What somebody showed to others and no longer does, the newest first. Raises: NotFound."""
    workbook.insist_own(entry_id, viewer_id=viewer_id)
    over = Q(until_on__lt=on) | Q(withdrawn_at__isnull=False)
    return _all(models.Share.objects.filter(over, entry_id=entry_id), entry_id)


def share(share_id: UUID, *, viewer_id: UUID) -> ShareFacts:
    """One share of the viewer's own, living or ended. Raises: NotFound."""
    rows = models.Share.objects.filter(id=share_id, entry__registration__person_id=viewer_id)
    row = rows.select_related("worker").first()
    if row is None:
        raise NotFound("share")
    return _share(row, keyring.key_of(row.entry_id, make=False))


def looks(share_id: UUID, *, viewer_id: UUID) -> tuple[datetime, ...]:
    """When somebody looked at one share of the viewer's own, the latest first. Raises: NotFound."""
    share(share_id, viewer_id=viewer_id)
    rows = models.Look.objects.filter(share_id=share_id).order_by("-looked_at", "id")
    return tuple(rows.values_list("looked_at", flat=True))


def with_worker(entry_id: UUID, *, worker_id: UUID, on: date) -> tuple[ForWorker, ...]:
    """What one person shows to one worker now, the newest first."""
    rows = _living(on).filter(entry_id=entry_id, worker_id=worker_id).order_by("-made_at", "id")
    return tuple(ForWorker(row.id, Item(row.part, row.field), row.until_on) for row in rows)


def entry_shared_with(share_id: UUID, *, worker_id: UUID, on: date) -> UUID:
    """Whose living share with this worker this is. Raises: NotFound, also for everybody else's."""
    rows = _living(on).filter(id=share_id, worker_id=worker_id)
    entry_id = rows.values_list("entry_id", flat=True).first()
    if entry_id is None:
        raise NotFound("share")
    return entry_id


def is_shown(share_id: UUID, *, on: date) -> bool:
    """Whether this is shown by a link now."""
    return _living(on).filter(id=share_id).exclude(link_index="").exists()


def as_shown(share_id: UUID, *, parts: Collection[Part]) -> tuple[Shown, date]:
    """What is shown, as it reads now, and until when. Whoever calls has made sure that it may be."""
    row = models.Share.objects.select_related("worker").get(id=share_id)
    found = _share(row, keyring.key_of(row.entry_id, make=False))
    person_id = TrialEntry.objects.values_list("registration__person_id", flat=True).get(id=row.entry_id)
    book = workbook.book(row.entry_id, viewer_id=person_id)
    return preview(book, found.item, found.shared_with, found.people, parts=parts), row.until_on


def preview(
    book: Book, item: Item, shared_with: SharedWith, people: Collection[UUID], *, parts: Collection[Part]
) -> Shown:
    """An item as the other reads it: by a link without those named whom the person did not tick."""
    written = as_written(book)
    named = people_in(item, parts, written) if shared_with.is_by_link else ()
    return shown(item, parts, written, hidden={card.id for card in named} - set(people))


def as_written(book: Book) -> Written:
    """A workbook as the rules of sharing read it."""
    return Written(book.answers, book.cards, book.links)


def _living(on: date) -> QuerySet[models.Share]:
    """What is shown on a day: to its end, and no longer than the person lives."""
    return models.Share.objects.filter(
        until_on__gte=on, withdrawn_at=None, entry__registration__person__died_on=None
    )


def _all(rows: QuerySet[models.Share], entry_id: UUID) -> tuple[ShareFacts, ...]:
    key = keyring.key_of(entry_id, make=False)
    return tuple(_share(row, key) for row in rows.select_related("worker").order_by("-made_at", "id"))


def _share(row: models.Share, key: bytes | None) -> ShareFacts:
    kept = (
        sealing.open_boxes(bytes(row.words), key=key, entry_id=row.entry_id, kind="share", row_id=row.id)
        if key
        else {}
    )
    return ShareFacts(
        id=row.id,
        entry_id=row.entry_id,
        item=Item(row.part, row.field),
        shared_with=SharedWith(row.shared_with),
        name=row.worker.name if row.worker else "".join(kept.get("name", ())),
        link="".join(kept.get("link", ())),
        people=frozenset(UUID(one) for one in kept.get("people", ())),
        made_at=row.made_at,
        until_on=row.until_on,
        withdrawn_at=row.withdrawn_at,
    )
