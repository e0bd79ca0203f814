"""Messages to people in the programme: which fall due, and when they quietly stop. The same for every arm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from handrail.domain.dates import LONDON
from handrail.domain.followup import Due
from handrail.domain.words import InterviewState, Worded

LEASE = timedelta(minutes=15)
SEND_FROM = time(10)  # a decent hour, London time


class Template(Worded):
    """The messages there are. Their words are text files; nobody types one."""

    INTERVIEW_OPEN = "interview_open", "It is time for a chat with a researcher"
    INTERVIEW_BOOKED = "interview_booked", "Your chat is booked"
    SIGN_IN_CODE = "sign_in_code", "Your code"


class Channel(Worded):
    """How a message travels."""

    EMAIL = "email", "E-mail"
    TEXT = "text", "Text message"


@dataclass(frozen=True)
class Reminder:
    """One message that ought to be made: once for each occasion."""

    registration_id: UUID
    template: Template
    occasion: str
    due_at: datetime


@dataclass(frozen=True)
class Readiness:
    """What decides, at the moment of sending, whether a message still goes."""

    died_on: date | None
    allows_interviews: bool
    interview_state: InterviewState


def reminders(due: Iterable[Due], *, on: date) -> tuple[Reminder, ...]:
    """An invitation for each interview whose window is open and which nobody has booked."""
    return tuple(
        Reminder(one.registration_id, Template.INTERVIEW_OPEN, one.point, _morning(on))
        for one in due
        if one.state is InterviewState.DUE and not one.is_overdue
    )


def should_stop(readiness: Readiness, *, on: date) -> bool:
    """Whether a message must quietly not be sent: a death, a withdrawal, or nothing left to remind of."""
    has_died = readiness.died_on is not None and readiness.died_on <= on
    is_over = readiness.interview_state in (InterviewState.DONE, InterviewState.MISSED)
    return has_died or not readiness.allows_interviews or is_over


def may_claim(*, claimed_at: datetime | None, at: datetime) -> bool:
    """Whether nobody is busy sending it: a claim left behind by a crash lapses."""
    return claimed_at is None or at - claimed_at > LEASE


def _morning(day: date) -> datetime:
    return datetime.combine(day, SEND_FROM, tzinfo=LONDON)
