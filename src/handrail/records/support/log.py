"""Keeps words in the meeting log: encrypted, a line in the ledger each, never over earlier ones. Sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.meeting import Reader, WritingKind, why_not_call_off, why_not_write
from handrail.domain.meeting_log import (
    AGREEMENT,
    WILL,
    NewLog,
    why_not_reply,
    why_not_settle,
    why_not_write_up,
)
from handrail.domain.refusal import insist
from handrail.domain.words import Event
from handrail.domain.workbook import Part
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.support import diary, facts, models


@transaction.atomic
def keep_agenda(entry_id: UUID, words: str, *, by: UUID, at: datetime) -> None:
    """Keep what the person would like to talk about next time; no words take it back. Raises: Refused."""
    insist(why_not_write(words))
    enrolment.hold_entrant(entry_id)
    _write(entry_id, None, WritingKind.AGENDA, words, by=by, at=at)
    audit.note(Event.MEETING_WORDS_WRITTEN, about=entry_id, by=by, at=at)


@transaction.atomic
def ask_for_another_time(session_id: UUID, words: str, *, by: UUID, at: datetime) -> None:
    """Keep that the person asks for another time; the meeting stands. Raises: NotFound, Refused."""
    entry_id, _ = facts.meeting(session_id)
    enrolment.hold_entrant(entry_id)
    _, meeting = facts.meeting(session_id)
    insist(why_not_call_off(meeting, at=at) + why_not_write(words))
    _write(entry_id, session_id, WritingKind.OTHER_TIME, words, by=by, at=at)
    audit.note(Event.MEETING_WORDS_WRITTEN, about=entry_id, by=by, at=at)


@transaction.atomic
def write_up(
    session_id: UUID, new: NewLog, *, parts: Collection[Part], by: UUID, at: datetime
) -> tuple[UUID, ...]:
    """Keep what the two wrote after a meeting, and which parts they worked on.

    Returns: what each said they would do, as ids. Raises: NotFound, Refused.
    """
    entry_id, _ = facts.meeting(session_id)
    enrolment.hold_entrant(entry_id)
    _, meeting = facts.meeting(session_id)
    insist(why_not_write_up(meeting, new))
    models.Session.objects.filter(id=session_id).update(parts=facts.kept_parts(new.parts, parts))
    made = {kind: _write(entry_id, session_id, kind, words, by=by, at=at) for kind, words in new.texts}
    audit.note(Event.MEETING_WRITTEN_UP, about=entry_id, by=by, at=at)
    return tuple(made[kind] for kind in WILL if kind in made)


@transaction.atomic
def reply(session_id: UUID, words: str, *, differs: bool, by: UUID, at: datetime) -> None:
    """Keep what a person adds, or sees differently, beside what stands. Raises: NotFound, Refused."""
    entry_id, meeting = facts.meeting(session_id)
    insist(why_not_reply(meeting, words))
    kind = WritingKind.DIFFERS if differs else WritingKind.ADDS
    _write(entry_id, session_id, kind, words, by=by, at=at)
    audit.note(Event.MEETING_WORDS_WRITTEN, about=entry_id, by=by, at=at)


@transaction.atomic
def agree(entry_id: UUID, said: Mapping[WritingKind, str], *, by: UUID, at: datetime) -> None:
    """Keep what the two agreed on how they work together; what was agreed before stays. Raises: Refused."""
    insist(tuple(reason for words in said.values() for reason in why_not_write(words)))
    for kind in AGREEMENT:
        _write(entry_id, None, kind, said.get(kind, ""), by=by, at=at)
    audit.note(Event.MEETING_WORDS_WRITTEN, about=entry_id, by=by, at=at)


@transaction.atomic
def settle(promise_id: UUID, *, is_kept: bool, reader: Reader, at: datetime) -> None:
    """Keep that a promise was kept, or is not for now. Raises: NotFound, Refused."""
    entry_id, _ = diary.promise(promise_id, reader=reader)
    enrolment.hold_entrant(entry_id)
    _, promise = diary.promise(promise_id, reader=reader)
    kind = WritingKind.KEPT if is_kept else WritingKind.NOT_NOW
    insist(why_not_settle(promise, kind))
    _write(entry_id, promise.writing.session_id, kind, "", about=promise_id, by=reader.id, at=at)
    audit.note(Event.PROMISE_SETTLED, about=entry_id, by=reader.id, at=at)


def _write(
    entry_id: UUID,
    session_id: UUID | None,
    kind: WritingKind,
    words: str,
    *,
    about: UUID | None = None,
    by: UUID,
    at: datetime,
) -> UUID:
    made = models.Writing.objects.create(
        entry_id=entry_id,
        session_id=session_id,
        about_id=about,
        kind=kind,
        words=words.strip(),
        written_by=by,
        written_at=at,
    )
    return made.id
