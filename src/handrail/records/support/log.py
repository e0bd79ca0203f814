"""Keeps words in the meeting log: encrypted, a line in the ledger each, never over earlier ones. Sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.meeting import WritingKind, why_not_call_off, why_not_write
from handrail.domain.refusal import insist
from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.support import facts, models


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


def _write(
    entry_id: UUID, session_id: UUID | None, kind: WritingKind, words: str, *, by: UUID, at: datetime
) -> None:
    models.Writing.objects.create(
        entry_id=entry_id, session_id=session_id, kind=kind, words=words.strip(), written_by=by, written_at=at
    )
