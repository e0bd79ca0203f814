"""Keeps how two people's meetings ended, once, with the letter that the person takes along. Sealed.

The person and the worker whom they are paired with now read all of it. A supervisor of their team reads how
and when, and never the letter: it is from one of the two to the other.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.dates import local_date
from handrail.domain.ending import Ending, HowEnded, LaterContact, NewEnding, why_not_end
from handrail.domain.meeting import Reader
from handrail.domain.protocol import PeerSessions
from handrail.domain.refusal import insist
from handrail.domain.words import Event, Role
from handrail.records.audit import actions as audit
from handrail.records.support import diary, facts, models

_COLUMNS = ("held_on", "how", "contact", "write_until", "worker__name")


@transaction.atomic
def end(entry_id: UUID, new: NewEnding, *, offer: PeerSessions | None, by: UUID, at: datetime) -> None:
    """Keep how the two ended, as the worker says it with the person. Raises: NotFound, Refused."""
    person = facts.supported(entry_id, offer=offer, lock=True)
    has_ended = models.Ending.objects.filter(entry_id=entry_id).exists()
    insist(why_not_end(person, new, has_ended=has_ended, by=by, on=local_date(at)))
    models.Ending.objects.create(
        entry_id=entry_id,
        worker_id=by,
        held_on=new.held_on,
        how=new.how,
        letter=new.letter.strip(),
        contact=new.contact,
        write_until=new.write_until if new.contact is LaterContact.WRITE else None,
        kept_at=at,
    )
    audit.note(Event.ENDING_KEPT, about=entry_id, by=by, at=at)


def ending(entry_id: UUID, *, reader: Reader) -> Ending | None:
    """How somebody's meetings ended, for those who may read it."""
    rows = models.Ending.objects.filter(diary.may_read(reader, "entry"), entry_id=entry_id)
    columns = _COLUMNS if reader.role is Role.PEER_SUPERVISOR else (*_COLUMNS, "letter")
    row = rows.values_list(*columns).first()
    if row is None:
        return None
    held_on, how, contact, write_until, from_name, *letter = row
    return Ending(held_on, HowEnded(how), LaterContact(contact), write_until, from_name, *letter)


def held(*, until: date) -> frozenset[UUID]:
    """The entries of those with whom a planned ending was held up to a day, in one question."""
    rows = models.Ending.objects.filter(held_on__lte=until).exclude(how=HowEnded.NOT_HELD)
    return frozenset(rows.values_list("entry_id", flat=True))
