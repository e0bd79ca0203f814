"""Meetings as the two arrange them: moved or called off, whose wish it was, what to talk about. Sealed.

Nothing here weighs what anybody wrote: words are kept, shown to those who may read them, and that is all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from handrail.domain.dates import in_words, local_date
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.support import Meeting, Supported, ends_on, taken_moments, why_not_support
from handrail.domain.words import Attendance, Because, Role, Worded

LONGEST_WORDS = 1000
TOO_CLOSE = timedelta(hours=1)  # two meetings of one worker that begin within this time clash


class Whose(Worded):
    """Whose wish it was that a meeting was moved or did not happen."""

    PERSON = "person", "The person"
    WORKER = "worker", "The peer worker"
    SERVICE = "service", "The service"


class ChangeReason(Worded):
    """Why a meeting was moved or did not happen: neutral, because no contact is not a refusal."""

    UNWELL = "unwell", "Not well enough"
    OTHER_PLANS = "other_plans", "Something else came up"
    TRAVEL = "travel", "The place, or the way there, did not work out"
    AWAY = "away", "Away"
    NOT_THIS_TIME = "not_this_time", "Not wanted this time"
    NO_CONTACT = "no_contact", "No contact that day"
    UNSAID = "unsaid", "No reason given"


class WritingKind(Worded):
    """What words in the meeting log are."""

    AGENDA = "agenda", "What the person would like to talk about"
    OTHER_TIME = "other_time", "The person asks for another time"
    TOGETHER = "together", "What the two wrote together"
    ADDS = "adds", "What the person adds"
    DIFFERS = "differs", "How the person sees it differently"
    PERSON_WILL = "person_will", "What the person said they would do"
    WORKER_WILL = "worker_will", "What the peer worker said they would do"
    KEPT = "kept", "Done"
    NOT_NOW = "not_now", "Not now"
    HOW_CONTACT = "how_contact", "How we contact each other"
    WHAT_WRITTEN = "what_written", "What gets written down"
    WHAT_PASSED_ON = "what_passed_on", "What is passed on, and to whom"
    IN_TOWN = "in_town", "What we do when we meet in town"


@dataclass(frozen=True)
class Why:
    """Whose wish a change was, and the reason."""

    whose: Whose
    reason: ChangeReason = ChangeReason.UNSAID


@dataclass(frozen=True)
class Change:
    """A meeting that was moved (``now_at``), called off or did not happen; the time it had is kept."""

    session_id: UUID
    was_at: datetime
    now_at: datetime | None
    why: Why
    recorded_at: datetime


@dataclass(frozen=True)
class Writing:
    """Words in the meeting log: about one meeting, or about the meetings; ``about`` earlier ones."""

    id: UUID
    session_id: UUID | None
    kind: WritingKind
    words: str
    written_by: UUID
    written_at: datetime
    about: UUID | None = None


@dataclass(frozen=True)
class Diary:
    """What two people arranged and wrote about their meetings, each in the order recorded."""

    changes: tuple[Change, ...] = ()
    writings: tuple[Writing, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Whoever asks to read a meeting log."""

    id: UUID
    role: Role
    team_code: str = ""


def why_not_move(person: Supported, meeting: Meeting, *, planned_at: datetime, on: date) -> Reasons:
    """Reasons why a planned meeting cannot be moved to another moment. Moving uses up nothing."""
    day, last = local_date(planned_at), ends_on(person)
    return why_not_support(person, on=on) + only(
        (meeting.attendance is not Attendance.PLANNED, Because.SESSION_SETTLED),
        (day < person.entered_on, Reason(Because.BEFORE_ENTRY, in_words(day))),
        (last is not None and day > last, Reason(Because.SESSION_TOO_LATE, in_words(last or day))),
        (planned_at in taken_moments(person), Because.SESSION_CLASHES),
    )


def why_not_call_off(meeting: Meeting, *, at: datetime) -> Reasons:
    """Reasons why a person can neither call a meeting off by themselves nor ask for another time."""
    return only(
        (meeting.attendance is not Attendance.PLANNED, Because.SESSION_SETTLED),
        (meeting.planned_at <= at, Because.SESSION_BEGUN),
    )


def why_not_write(words: str) -> Reasons:
    """Reasons why words cannot be kept: only that there are too many."""
    return only((len(words) > LONGEST_WORDS, Reason(Because.TEXT_TOO_LONG, str(LONGEST_WORDS))))


def agenda(diary: Diary, meetings: Iterable[Meeting]) -> str:
    """What the person would like to talk about next: what they wrote last, unless the two have met since."""
    met = max((one.planned_at for one in meetings if one.attendance is Attendance.HELD), default=None)
    said = [one for one in diary.writings if one.kind is WritingKind.AGENDA]
    return said[-1].words if said and (met is None or said[-1].written_at > met) else ""


def asked_for_another_time(diary: Diary, meeting: Meeting) -> Writing | None:
    """What the person last wrote to ask for another time, while the meeting stands as it did."""
    moved = [one.recorded_at for one in diary.changes if one.session_id == meeting.id]
    said = [
        one for one in diary.writings if one.kind is WritingKind.OTHER_TIME and one.session_id == meeting.id
    ]
    if meeting.attendance is not Attendance.PLANNED or not said:
        return None
    return None if moved and moved[-1] >= said[-1].written_at else said[-1]


def called_off_by_person(diary: Diary, meetings: Iterable[Meeting], *, at: datetime) -> tuple[Meeting, ...]:
    """Meetings still to come when the person called them off: to be seen until their time has passed."""
    theirs = {one.session_id for one in diary.changes if one.now_at is None and one.why.whose is Whose.PERSON}
    return tuple(
        one
        for one in meetings
        if one.id in theirs and one.attendance is Attendance.CANCELLED and one.planned_at > at
    )


def clash(one: datetime, other: datetime) -> bool:
    """Whether nobody can be at two meetings that begin at these moments."""
    return abs(one - other) < TOO_CLOSE
