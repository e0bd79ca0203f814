"""What the two write about a meeting on one screen: a line, parts used, what each said they would do. Sealed.

The person may add or say that they see it differently; both stand side by side. Every idea is optional.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from handrail.domain.meeting import Diary, Whose, Writing, WritingKind, why_not_write
from handrail.domain.refusal import Reasons, only
from handrail.domain.support import Meeting
from handrail.domain.words import Attendance, Because

WILL = {WritingKind.PERSON_WILL: Whose.PERSON, WritingKind.WORKER_WILL: Whose.WORKER}
SETTLED = (WritingKind.KEPT, WritingKind.NOT_NOW)
REPLIES = (WritingKind.ADDS, WritingKind.DIFFERS)
AGREEMENT = (
    WritingKind.HOW_CONTACT,
    WritingKind.WHAT_WRITTEN,
    WritingKind.WHAT_PASSED_ON,
    WritingKind.IN_TOWN,
)
IDEAS = (  # the tenth is for every later one
    "Meet, and hear what matters. Name the day on which the meetings end. Begin a short plan.",
    "Strengths, and what keeps you well.",
    "People and places.",
    "People and places.",
    "Goals, and one small step.",
    "What knocks you off course.",
    "Early signs.",
    "The action plan, and wishes for a hard time.",
    "Try the plan out, and choose whether to show it to somebody.",
    "Look back, and look on.",
)
DO_WRITE = (
    "Day, kind of place, length, who was there",
    "What we worked on, in words that we agreed on",
    "What each of us said we would do",
    "What was passed on: what, to whom, when, and whether you told the person",
    "The person’s own line, if they want one",
)
DO_NOT_WRITE = (
    "A diagnosis, an opinion on somebody’s state, how likely harm is",
    "What stands in the workbook",
    "Other people’s names or stories",
    "Your own story",
    "A guess, or anything that you would not read aloud to them",
)


@dataclass(frozen=True)
class NewLog:
    """What the two write after a meeting; each of these may be left."""

    line: str = ""
    person_will: str = ""
    worker_will: str = ""
    parts: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[tuple[WritingKind, str], ...]:
        """What was written, each with what it is."""
        said = (
            (WritingKind.TOGETHER, self.line),
            (WritingKind.PERSON_WILL, self.person_will),
            (WritingKind.WORKER_WILL, self.worker_will),
        )
        return tuple((kind, words.strip()) for kind, words in said if words.strip())


@dataclass(frozen=True)
class Promise:
    """What one of the two said they would do; ``settled`` says that it was done, or is not for now."""

    writing: Writing
    whose: Whose
    settled: WritingKind | None


@dataclass(frozen=True)
class Told:
    """What stands in the log about one meeting, in the order written."""

    lines: tuple[Writing, ...]
    replies: tuple[Writing, ...]
    promises: tuple[Promise, ...]


def why_not_write_up(meeting: Meeting, new: NewLog) -> Reasons:
    """Reasons why a log cannot be kept: the two must have met, and something must be ticked or written."""
    return only(
        (meeting.attendance is not Attendance.HELD, Because.NOT_MET),
        (not new.texts and not new.parts, Because.TEXT_MISSING),
    ) + tuple(reason for _, words in new.texts for reason in why_not_write(words))


def why_not_reply(meeting: Meeting, words: str) -> Reasons:
    """Reasons why a person cannot add to what was written: only of a meeting that was held, and in words."""
    return only(
        (meeting.attendance is not Attendance.HELD, Because.NOT_MET),
        (not words.strip(), Because.TEXT_MISSING),
    ) + why_not_write(words)


def why_not_settle(promise: Promise, kind: WritingKind) -> Reasons:
    """Reasons why it cannot be said what came of a promise: it has been said already."""
    return only((promise.settled is kind, Because.SAID_ALREADY))


def promises(diary: Diary) -> tuple[Promise, ...]:
    """What the two said they would do, in the order written, and what came of each."""
    last = {one.about: one.kind for one in diary.writings if one.kind in SETTLED}
    return tuple(Promise(one, WILL[one.kind], last.get(one.id)) for one in diary.writings if one.kind in WILL)


def still_open(diary: Diary) -> tuple[Promise, ...]:
    """Promises of which nobody has said that they were kept, or are not for now."""
    return tuple(one for one in promises(diary) if one.settled is None)


def told(diary: Diary, session_id: UUID) -> Told:
    """What stands in the log about one meeting."""
    mine = [one for one in diary.writings if one.session_id == session_id]
    return Told(
        tuple(one for one in mine if one.kind is WritingKind.TOGETHER),
        tuple(one for one in mine if one.kind in REPLIES),
        tuple(one for one in promises(diary) if one.writing.session_id == session_id),
    )


def agreement(diary: Diary) -> dict[WritingKind, str]:
    """What the two agreed on how they work together, as last said; only what holds words."""
    last = {one.kind: one.words for one in diary.writings if one.kind in AGREEMENT}
    return {kind: last[kind] for kind in AGREEMENT if last.get(kind)}


def number(meetings: Collection[Meeting], meeting: Meeting) -> int:
    """Which meeting of the two this is, or would be: one more than were held before it."""
    held = (one for one in meetings if one.attendance is Attendance.HELD)
    return 1 + sum(one.planned_at < meeting.planned_at for one in held)


def idea(place: int) -> str:
    """What the two might do at this meeting, if they like."""
    return IDEAS[min(place, len(IDEAS)) - 1]
