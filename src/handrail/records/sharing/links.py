"""What a link and its code open, for somebody without an account. Sealed.

A wrong link, a wrong code, a share that ended or was withdrawn and one that is closed after wrong tries have
one answer, and each takes the same questions and writes the same lines.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.dates import local_date
from handrail.domain.refusal import NotFound, Reason, Refused
from handrail.domain.sharing import CLOSED_FOR, TRIES
from handrail.domain.words import Because, Event
from handrail.records.audit import actions as audit
from handrail.records.encryption import NOBODYS_CODE, blind_index, is_hash_of
from handrail.records.sharing import facts, models
from handrail.records.sharing.actions import KIND

AGENT = "link"


def open_with(link: str, code: str, *, at: datetime) -> UUID:
    """Open what a link shows, for whoever knows its code; returns the share's number.

    The count of wrong tries is kept even though the answer is a refusal, so this is not one transaction
    around both: call it outside any other.

    Raises:
        Refused: always for the one same reason, whatever was wrong.
    """
    share_id = _try(link, code, at=at)
    if share_id is None:
        raise Refused((Reason(Because.NOTHING_OPENED),))
    return share_id


@transaction.atomic
def look(share_id: UUID, *, at: datetime) -> None:
    """Keep that somebody looked who had the link and the code. Raises: NotFound when it is shown no more."""
    if not facts.is_shown(share_id, on=local_date(at)):
        raise NotFound("share")
    models.Look.objects.create(share_id=share_id, looked_at=at)
    audit.note(Event.SHARE_SEEN, about=_entry(share_id), by=None, agent=AGENT, at=at)


@transaction.atomic
def _try(link: str, code: str, *, at: datetime) -> UUID | None:
    rows = models.Share.objects.select_for_update().filter(link_index=blind_index(link) or "-")
    row = rows.first()
    is_right = is_hash_of(code, row.code_hash if row else NOBODYS_CODE, kind=KIND)
    is_closed = row is None or (row.closed_until is not None and at < row.closed_until)
    is_shown = facts.is_shown(row.id if row else UUID(int=0), on=local_date(at))
    opens = is_right and is_shown and not is_closed
    wrong = 0 if row is None or opens else row.wrong_count + (not is_closed)
    models.Share.objects.filter(id=row.id if row else UUID(int=0)).update(
        wrong_count=wrong % TRIES,
        closed_until=at + CLOSED_FOR if wrong >= TRIES else (row.closed_until if row else None),
    )
    event = Event.SHARE_OPENED if opens else Event.SHARE_NOT_OPENED
    audit.note(event, about=row.entry_id if row else None, by=None, agent=AGENT, at=at)
    return row.id if row is not None and opens else None


def _entry(share_id: UUID) -> UUID:
    return models.Share.objects.values_list("entry_id", flat=True).get(id=share_id)
