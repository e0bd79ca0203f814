"""How meetings end: as the two planned it, or because a worker leaves or falls ill. Sealed.

A planned ending is in sight from the first meeting on, and is kept once, with a letter where there is one.
When a worker cannot go on, a named human tells everybody whom they support, and nobody is lost. No contact
is not a no: whoever cannot be reached, or has no new worker yet, stays on the list until found.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.domain.dates import in_words, local_date
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.support import Meeting, Supported, ends_on, is_finished, why_not_support
from handrail.domain.words import Attendance, Because, Worded

LONGEST_MESSAGE = 2000
LONGEST_LETTER = 5000
USING = (Attendance.PLANNED, Attendance.HELD)  # meetings that use the offer up


class WhyLeft(Worded):
    """Why a worker can no longer meet the people whom they support. Neutral, and nothing more is asked."""

    LEFT = "left", "They have left"
    AWAY = "away", "They cannot work for now"
    LIGHTER = "lighter", "They need fewer people"


@dataclass(frozen=True)
class Placing:
    """What somebody is told and offered; no worker while one has still to be found."""

    entry_id: UUID
    words: str
    worker_id: UUID | None = None
    meeting_at: datetime | None = None


@dataclass(frozen=True)
class Farewell:
    """What one person was told when their worker could not go on: by whom, when, and what was offered."""

    entry_id: UUID
    words: str
    from_name: str
    worker_id: UUID | None
    meeting_at: datetime | None
    told_at: datetime


def why_not_hand_over(
    caseload: Collection[UUID], placings: Collection[Placing], *, leaving: UUID, at: datetime
) -> Reasons:
    """Reasons why a caseload cannot be handed over: everybody on it is told something, and nobody twice.

    Whether a new worker may be paired is asked of each pairing; see ``support.why_not_pair``.
    """
    placed = [one.entry_id for one in placings]
    missing = len(set(caseload) - set(placed))
    is_odd = len(placed) != len(set(placed)) or bool(set(placed) - set(caseload))
    return only(
        (not caseload, Because.NOBODY_TO_HAND_OVER),
        (missing > 0 or is_odd, Reason(Because.SOMEBODY_LEFT_OUT, str(missing))),
        (any(not one.words.strip() for one in placings), Because.TEXT_MISSING),
        (
            any(len(one.words) > LONGEST_MESSAGE for one in placings),
            Reason(Because.TEXT_TOO_LONG, str(LONGEST_MESSAGE)),
        ),
        (any(one.worker_id == leaving for one in placings), Because.WORKER_IS_LEAVING),
        (any(one.meeting_at and one.meeting_at <= at for one in placings), Because.MEETING_IS_PAST),
    )


class HowEnded(Worded):
    """How the two said goodbye. Neutral: that it could not be is nobody's fault."""

    LAST_MEETING = "last_meeting", "At a last meeting"
    TELEPHONE = "telephone", "By telephone"
    LETTER = "letter", "By letter"
    NOT_HELD = "not_held", "It could not be held"


class LaterContact(Worded):
    """What the worker says of contact after the ending, as the person reads it."""

    NONE = "none", "No more contact from me"
    WRITE = "write", "You may write to the team until the day below"
    RING = "ring", "You may ring the team: the number is on the help page"


@dataclass(frozen=True)
class NewEnding:
    """How meetings ended, the worker's letter, and what was said of contact later."""

    held_on: date
    how: HowEnded
    contact: LaterContact
    write_until: date | None = None
    letter: str = ""


@dataclass(frozen=True)
class Ending:
    """An ending that is kept. No ``letter`` where there is none, or where the reader may not read it."""

    held_on: date
    how: HowEnded
    contact: LaterContact
    write_until: date | None
    from_name: str
    letter: str = ""


@dataclass(frozen=True)
class Countdown:
    """Where two people are on the way to the end of their meetings."""

    number: int  # of the next meeting, or of the last one where none is planned
    most: int
    weeks_left: int
    last_on: date


def countdown(person: Supported, *, on: date) -> Countdown | None:
    """From the first meeting on, until the meetings end; a missed or cancelled meeting does not count."""
    last, using = ends_on(person), [one for one in person.meetings if one.attendance in USING]
    if last is None or person.offer is None or not using or is_finished(person, on=on):
        return None
    ahead = [one for one in using if _is_ahead(one, on)]
    number = len(using) - len(ahead) + bool(ahead)
    return Countdown(number, person.offer.maximum_count, (last - on).days // 7, last)


def why_not_end(person: Supported, new: NewEnding, *, has_ended: bool, by: UUID, on: date) -> Reasons:
    """Reasons why an ending cannot be kept: by the worker of the two, once, when no meeting is to come.

    It may be kept after the last day, since a goodbye is written up when there is time for it.
    """
    last, day = ends_on(person), in_words(new.held_on)
    is_last_meeting = new.how is HowEnded.LAST_MEETING
    met_on = {one.held_on for one in person.meetings}
    too_late = is_last_meeting and last is not None and new.held_on > last
    return (
        why_not_support(person, on=new.held_on)
        + only(
            (person.worker_id != by, Because.NOT_YOURS_TO_END),
            (has_ended, Because.ENDING_KEPT),
            (any(_is_ahead(one, on) for one in person.meetings), Because.MEETING_TO_COME),
            (new.held_on > on, Reason(Because.DAY_TO_COME, day)),
            (new.held_on < person.entered_on, Reason(Because.BEFORE_ENTRY, day)),
            (too_late, Reason(Because.SESSION_TOO_LATE, in_words(last) if last else "")),
            (is_last_meeting and new.held_on not in met_on, Reason(Because.NOT_MET_THAT_DAY, day)),
        )
        + _why_not_say(new, on=on)
    )


def _why_not_say(new: NewEnding, *, on: date) -> Reasons:
    until, is_until = new.write_until, new.contact is LaterContact.WRITE
    is_gone = until is not None and is_until and until < on
    return only(
        (is_until and until is None, Because.UNTIL_WHEN),
        (is_gone, Reason(Because.DAY_GONE, in_words(until) if until else "")),
        (new.how is HowEnded.LETTER and not new.letter.strip(), Because.TEXT_MISSING),
        (len(new.letter) > LONGEST_LETTER, Reason(Because.TEXT_TOO_LONG, str(LONGEST_LETTER))),
    )


def _is_ahead(meeting: Meeting, on: date) -> bool:
    return meeting.attendance is Attendance.PLANNED and local_date(meeting.planned_at) >= on
