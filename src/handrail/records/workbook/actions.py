"""Writes somebody's own pages, for that person alone. Sealed; the ledger never holds a word of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.protocol import WorkbookOffer
from handrail.domain.refusal import insist
from handrail.domain.words import Event
from handrail.domain.workbook import Part, Writer, why_not_write
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.workbook import facts, keyring, models


@transaction.atomic
def write(
    entry_id: UUID,
    part: str,
    field: str,
    words: str,
    *,
    parts: Collection[Part],
    offer: WorkbookOffer | None,
    by: UUID,
    at: datetime,
) -> None:
    """Keep what somebody wrote in one field; nothing written clears the page. ``by`` is that person.

    Raises: NotFound, Refused.
    """
    enrolment.hold_entrant(entry_id)
    facts.insist_own(entry_id, viewer_id=by)
    insist(why_not_write(Writer(offer), parts, part, field, words))
    if not words.strip():
        models.Page.objects.filter(entry_id=entry_id, part=part, field=field).delete()
        audit.note(Event.PAGE_CLEARED, about=entry_id, by=by, at=at)
        return
    key = keyring.key_of(entry_id, make=True)
    assert key is not None  # it was asked to make one
    version = next(one.version for one in parts if one.code == part)
    models.Page.objects.update_or_create(
        entry_id=entry_id,
        part=part,
        field=field,
        defaults={
            "version": version,
            "words": keyring.seal_words(words, key=key, entry_id=entry_id, part=part, field=field),
            "written_at": at,
        },
    )
    audit.note(Event.PAGE_WRITTEN, about=entry_id, by=by, at=at)
