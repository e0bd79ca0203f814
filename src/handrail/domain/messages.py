"""Messages to people in the programme: which fall due, and when they quietly stop. The same for every arm."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from handrail.domain.dates import LONDON
from handrail.domain.followup import Due
from handrail.domain.person import Contact
from handrail.domain.safe_contact import SafeContact, Way, may_use
from handrail.domain.words import InterviewState, Worded

LEASE = timedelta(minutes=15)
SEND_FROM = time(10)  # a decent hour, London time


class Template(Worded):
    """The messages there are. Their words are text files; nobody types one."""

    INTERVIEW_OPEN = "interview_open", "It is time for a chat with a researcher"
    INTERVIEW_BOOKED = "interview_booked", "Your chat is booked"


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

    allows_interviews: bool
    state: InterviewState
    planned_on: date | None
    is_overdue: bool = False


def invitations(due: Iterable[Due], *, on: date) -> tuple[Reminder, ...]:
    """An invitation for each interview whose window is open and which nobody has booked."""
    return tuple(
        Reminder(one.registration_id, Template.INTERVIEW_OPEN, one.point, _morning(on))
        for one in due
        if one.state is InterviewState.DUE and not one.is_overdue
    )


def day_before(registration_id: UUID, point: str, *, planned_on: date) -> Reminder:
    """A reminder on the morning before a booked interview. Moving the interview makes another."""
    occasion = f"{point} {planned_on.isoformat()}"
    due_at = _morning(planned_on - timedelta(days=1))
    return Reminder(registration_id, Template.INTERVIEW_BOOKED, occasion, due_at)


def way_to_reach(
    contact: Contact, *, channels: Collection[Channel], card: SafeContact | None
) -> tuple[Channel, str] | None:
    """How a message travels to somebody, and where to: e-mail, or else a text message, or not at all.

    ``channels`` are those by which this installation can send: a way without a sender reaches nobody. Nor
    does one that the person's card does not call safe; without a card every way on record is used.
    """
    ways = ((Channel.EMAIL, contact.email.strip()), (Channel.TEXT, contact.telephone.strip()))
    safe = [channel for channel in channels if may_use(card, Way(channel.value))]
    return next(((channel, to) for channel, to in ways if to and channel in safe), None)


def point_of(occasion: str) -> str:
    """The follow-up point that an occasion is about."""
    return occasion.split()[0]


def must_wait(died_on: date | None) -> bool:
    """Whether a message is held back: while a death is on record, which may yet prove a mistake."""
    return died_on is not None


def should_stop(template: Template, occasion: str, readiness: Readiness, *, on: date) -> bool:
    """Whether a message must quietly never go: a withdrawal, or nothing left to remind of."""
    return not readiness.allows_interviews or not _still_so(template, occasion, readiness, on)


def _still_so(template: Template, occasion: str, readiness: Readiness, on: date) -> bool:
    if template is Template.INTERVIEW_OPEN:
        return readiness.state is InterviewState.DUE and not readiness.is_overdue
    planned_on = readiness.planned_on
    is_that_day = planned_on is not None and occasion.endswith(planned_on.isoformat()) and planned_on >= on
    return readiness.state is InterviewState.BOOKED and is_that_day


def may_claim(*, claimed_at: datetime | None, at: datetime) -> bool:
    """Whether nobody is busy sending it: a claim left behind by a crash lapses."""
    return claimed_at is None or at - claimed_at > LEASE


def _morning(day: date) -> datetime:
    return datetime.combine(day, SEND_FROM, tzinfo=LONDON)
