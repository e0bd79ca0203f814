"""What two people arranged and wrote about their meetings, for those who may read it. Sealed.

The person reads their own; the peer worker whom they are paired with now, theirs; a supervisor, their team's.
Whoever else asks is told that nothing is written. See docs/explanation/who-sees-what-is-written.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, CharField, DateTimeField, Q, UUIDField, Value

from handrail.domain.meeting import (
    TOO_CLOSE,
    Change,
    ChangeReason,
    Diary,
    Reader,
    Whose,
    Why,
    Writing,
    WritingKind,
)
from handrail.domain.meeting_log import Promise, promises
from handrail.domain.refusal import NotFound
from handrail.domain.words import Attendance, Role
from handrail.records.support import models

NOBODY = Diary()
_WRITING = ("id", "session_id", "kind", "words", "written_by", "written_at", "about_id")
_CHANGE = ("session_id", "was_at", "now_at", "whose", "reason")
# Both kinds of row are asked for at once: what the one kind has not, is nothing in the other.
_NO_ID, _NO_MOMENT = Value(None, UUIDField()), Value(None, DateTimeField())
_NO_TEXT, _NO_BYTES = Value("", CharField()), Value(b"", BinaryField())
_NO_WRITING = (_NO_ID, _NO_ID, _NO_TEXT, _NO_BYTES, _NO_ID, _NO_MOMENT, _NO_ID)
_NO_CHANGE = (_NO_ID, _NO_MOMENT, _NO_MOMENT, _NO_TEXT, _NO_TEXT)


@dataclass(frozen=True)
class Booked:
    """A moment at which a worker has a meeting already, and with whom."""

    session_id: UUID
    person_id: UUID
    planned_at: datetime


def diary(entry_id: UUID, *, reader: Reader) -> Diary:
    """One person's."""
    return diaries((entry_id,), reader=reader).get(entry_id, NOBODY)


def diaries(entry_ids: Iterable[UUID], *, reader: Reader) -> dict[UUID, Diary]:
    """Several people's, in one question whatever their number."""
    wanted = list(entry_ids)
    of_words = models.Writing.objects.filter(may_read(reader, "entry"), entry_id__in=wanted)
    of_changes = models.Change.objects.filter(
        may_read(reader, "session__entry"), session__entry_id__in=wanted
    )
    both = of_words.values_list("written_at", "entry_id", *_WRITING, *_NO_CHANGE).union(
        of_changes.values_list("recorded_at", "session__entry_id", *_NO_WRITING, *_CHANGE), all=True
    )
    changes: dict[UUID, list[Change]] = defaultdict(list)
    writings: dict[UUID, list[Writing]] = defaultdict(list)
    for at, entry_id, *row in sorted(both, key=lambda row: row[0]):
        if row[0] is None:
            changes[entry_id].append(_change(row[len(_WRITING) :], at))
        else:
            writings[entry_id].append(_writing(row[: len(_WRITING)]))
    return {one: Diary(tuple(changes[one]), tuple(writings[one])) for one in wanted}


def promise(promise_id: UUID, *, reader: Reader) -> tuple[UUID, Promise]:
    """Something that one of the two said they would do, and whose entry it is in. Raises: NotFound."""
    rows = models.Writing.objects.filter(may_read(reader, "entry"), Q(id=promise_id) | Q(about_id=promise_id))
    found = list(rows.order_by("written_at").values_list("entry_id", *_WRITING))
    for one in promises(Diary(writings=tuple(_writing(row[1:]) for row in found))):
        return found[0][0], one
    raise NotFound("promise")


def booked(worker_id: UUID, *, around: datetime) -> tuple[Booked, ...]:
    """The meetings that one worker now has with anybody and that clash with a moment."""
    mine = models.Pairing.objects.filter(worker_id=worker_id, until_on=None)
    rows = models.Session.objects.filter(
        entry_id__in=mine.values("entry_id"),
        attendance=Attendance.PLANNED,
        planned_at__gt=around - TOO_CLOSE,
        planned_at__lt=around + TOO_CLOSE,
    )
    columns = ("id", "entry__registration__person_id", "planned_at")
    return tuple(Booked(*row) for row in rows.order_by("planned_at").values_list(*columns))


def may_read(reader: Reader, entry: str) -> Q:
    """Rows of those people whose log this reader may read; ``entry`` is the way to the entry's row."""
    if reader.role is Role.PERSON:
        return Q(**{f"{entry}__registration__person_id": reader.id})
    if reader.role is Role.PEER_WORKER:
        mine = models.Pairing.objects.filter(worker_id=reader.id, until_on=None)
        return Q(**{f"{entry}_id__in": mine.values("entry_id")})
    if reader.role is Role.PEER_SUPERVISOR and reader.team_code:
        return Q(**{f"{entry}__registration__team_code": reader.team_code})
    return Q(pk__in=())


def _change(row: Sequence[Any], recorded_at: datetime) -> Change:
    """From ``_CHANGE``."""
    session_id, was_at, now_at, whose, reason = row
    return Change(session_id, was_at, now_at, Why(Whose(whose), ChangeReason(reason)), recorded_at)


def _writing(row: Sequence[Any]) -> Writing:
    """From ``_WRITING``."""
    key, session_id, kind, *said = row
    return Writing(key, session_id, WritingKind(kind), *said)
