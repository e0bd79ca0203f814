"""What may be read of somebody's pages: by themselves, and by nobody else. Sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.domain.refusal import NotFound
from handrail.records.enrolment.models import TrialEntry
from handrail.records.workbook import keyring, models


@dataclass(frozen=True)
class PageFacts:
    """One page that somebody wrote."""

    part: str
    field: str
    version: str
    words: str
    written_at: datetime


def pages(entry_id: UUID, *, viewer_id: UUID) -> tuple[PageFacts, ...]:
    """Somebody's own pages, in clear. ``viewer_id`` must be that person: anybody else gets NotFound."""
    insist_own(entry_id, viewer_id=viewer_id)
    key = keyring.key_of(entry_id, make=False)
    if key is None:
        return ()
    rows = models.Page.objects.filter(entry_id=entry_id).order_by("part", "field")
    return tuple(
        PageFacts(
            row.part,
            row.field,
            row.version,
            keyring.open_words(bytes(row.words), key=key, entry_id=entry_id, part=row.part, field=row.field),
            row.written_at,
        )
        for row in rows
    )


def written(entry_id: UUID, *, viewer_id: UUID) -> frozenset[tuple[str, str]]:
    """Which parts and fields somebody wrote in; for themselves only."""
    insist_own(entry_id, viewer_id=viewer_id)
    return frozenset(models.Page.objects.filter(entry_id=entry_id).values_list("part", "field"))


def insist_own(entry_id: UUID, *, viewer_id: UUID) -> None:
    """Go on only for the person whose pages these are. Raises: NotFound."""
    if not TrialEntry.objects.filter(id=entry_id, registration__person_id=viewer_id).exists():
        raise NotFound
