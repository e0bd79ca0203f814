"""Reminders of meetings with a peer worker: the person's own choice, neutral, and stopped at once. Sealed.

Nothing waits in a queue. Whom to remind is worked out from the meetings at the moment of sending, so that a
meeting moved or called off, a pause, a stop or a death needs nothing to be taken back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from handrail.domain.dates import LONDON, local_date
from handrail.domain.support import Meeting, Supported, why_not_support
from handrail.domain.words import Attendance, Worded

QUIET_FROM, QUIET_UNTIL = time(20), time(8)  # nobody's phone rings at night for this
TOO_LATE = timedelta(hours=2)  # before a meeting: a reminder then startles more than it helps

Sent = Collection[tuple[UUID, datetime]]


class PartOfDay(Worded):
    """When on the day before a reminder comes, as the person chose: what is safe at home differs."""

    MORNING = "morning", "In the morning, at about 10"
    AFTERNOON = "afternoon", "In the afternoon, at about 2"
    EVENING = "evening", "Early in the evening, at about 6"


class Telling(Worded):
    """How much a reminder says, as the person chose. It shows on a locked phone."""

    NOTHING = "nothing", "Only that there is a reminder"
    WHEN = "when", "The day and the time too"


HOURS = {PartOfDay.MORNING: time(10), PartOfDay.AFTERNOON: time(14), PartOfDay.EVENING: time(18)}


@dataclass(frozen=True)
class Wish:
    """What a person said of reminders. Nobody who has not said so is reminded."""

    is_on: bool = False
    part_of_day: PartOfDay = PartOfDay.MORNING
    telling: Telling = Telling.NOTHING


def due(person: Supported, wish: Wish, *, sent: Sent, at: datetime) -> tuple[Meeting, ...]:
    """The meetings of which this person is to be reminded now; ``sent``: of which they were, and for when."""
    if not wish.is_on or is_quiet(at) or why_not_support(person, on=local_date(at)):
        return ()
    return tuple(
        meeting
        for meeting in person.meetings
        if meeting.attendance is Attendance.PLANNED
        and _falls_due_at(meeting, wish) <= at <= meeting.planned_at - TOO_LATE
        and (meeting.id, meeting.planned_at) not in sent
    )


def is_quiet(at: datetime) -> bool:
    """Whether it is a time of day at which nothing is sent."""
    return not QUIET_UNTIL <= at.astimezone(LONDON).time() < QUIET_FROM


def told_when(planned_at: datetime) -> dict[str, str]:
    """The day and time of a meeting in words, for a reminder that says them."""
    there = planned_at.astimezone(LONDON)
    hour = f"{there.hour % 12 or 12}:{there.minute:02d}{'am' if there.hour < 12 else 'pm'}"
    return {"day": f"{there:%A} {there.day} {there:%B}", "time": hour}


def _falls_due_at(meeting: Meeting, wish: Wish) -> datetime:
    day = local_date(meeting.planned_at) - timedelta(days=1)
    return datetime.combine(day, HOURS[wish.part_of_day], tzinfo=LONDON)
