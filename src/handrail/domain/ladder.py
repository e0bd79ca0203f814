"""A worry that nobody takes up rings on, up a ladder: who is called, and when. Sealed.

It follows from the clock, from what is wanted, and from who works where. What was written is never read:
no word in a worry makes it ring sooner, later or with somebody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from handrail.domain.account import Appointment, sees_team, works_unmasked
from handrail.domain.concern import Urgency
from handrail.domain.words import Role, Worded

# Who stands on which rung, the first first. Whoever is masked stands on none: see `called`.
RUNGS: tuple[frozenset[Role], ...] = (
    frozenset({Role.DUTY_CLINICIAN}),
    frozenset({Role.PEER_SUPERVISOR}),
    frozenset({Role.SERVICE_MANAGER, Role.TRIAL_MANAGER}),
)
ANSWERING = frozenset().union(*RUNGS)
TRY_AGAIN = timedelta(minutes=5)


class RingOutcome(Worded):
    """What became of one call to one member of staff."""

    SENT = "sent", "Message sent"
    FAILED = "failed", "The message could not be sent"
    NO_SENDER = "no_sender", "Nothing here can send messages"
    NOBODY = "nobody", "Nobody is in this role for the team"


TROUBLE = frozenset({RingOutcome.FAILED, RingOutcome.NO_SENDER})


@dataclass(frozen=True)
class Ladder:
    """Minutes after a worry was raised at which each rung rings; after the last, everybody repeatedly."""

    emergency: tuple[int, ...] = (0, 5, 10)
    crisis_team: tuple[int, ...] = (0, 10, 20)
    supervisor: tuple[int, ...] = (0, 30, 90)
    again_minutes: int = 30

    def minutes(self, urgency: Urgency) -> tuple[int, ...]:
        """The minutes for what is wanted."""
        return {
            Urgency.EMERGENCY: self.emergency,
            Urgency.CRISIS_TEAM: self.crisis_team,
            Urgency.SUPERVISOR: self.supervisor,
        }[urgency]


LADDER = Ladder()


@dataclass(frozen=True)
class Post:
    """A member of staff who might be called."""

    id: UUID
    name: str
    email: str
    appointment: Appointment


@dataclass(frozen=True)
class Waiting:
    """A worry that waits: nothing here says who it is about."""

    id: UUID
    urgency: Urgency
    raised_at: datetime
    team_code: str
    has_trouble: bool = False


@dataclass(frozen=True)
class Ring:
    """One call to one member of staff, or to a rung where nobody stands, and what became of it."""

    number: int
    account_id: UUID | None
    name: str
    outcome: RingOutcome
    rung_at: datetime


def called(number: int, staff: Iterable[Post], *, team_code: str, is_locked: bool) -> tuple[Post, ...]:
    """Whom a ring calls: its rung's people of this team, or from the fourth ring on everybody's.

    Whoever is masked is never called: that a worry was raised tells of a peer worker.
    """
    roles = RUNGS[number - 1] if number <= len(RUNGS) else ANSWERING
    return tuple(
        one
        for one in staff
        if one.appointment.role in roles
        and sees_team(one.appointment, team_code)
        and works_unmasked(one.appointment.role, is_locked=is_locked)
    )


def empty_rungs(staff: Iterable[Post], *, team_code: str, is_locked: bool) -> frozenset[int]:
    """The rungs where nobody stands for this team."""
    staff = tuple(staff)
    rungs = range(1, len(RUNGS) + 1)
    return frozenset(one for one in rungs if not called(one, staff, team_code=team_code, is_locked=is_locked))


def rings_at(
    waiting: Waiting, number: int, *, empty: Collection[int] = (), ladder: Ladder = LADDER
) -> datetime:
    """When a ring is due. A rung where nobody stands costs no time: the next rings in its place."""
    while number > 1 and number <= len(RUNGS) and number - 1 in empty:
        number -= 1
    minutes = ladder.minutes(waiting.urgency)
    after = minutes[min(number, len(RUNGS)) - 1] + max(0, number - len(RUNGS)) * ladder.again_minutes
    return waiting.raised_at + timedelta(minutes=after)


def due(
    waiting: Waiting, *, at: datetime, empty: Collection[int] = (), ladder: Ladder = LADDER
) -> tuple[int, ...]:
    """The rings due by now: each rung of the ladder, and of those that come after it only the latest."""
    rungs = range(1, len(RUNGS) + 1)
    found = [one for one in rungs if rings_at(waiting, one, empty=empty, ladder=ladder) <= at]
    last = waiting.raised_at + timedelta(minutes=ladder.minutes(waiting.urgency)[-1])
    later = (at - last) // timedelta(minutes=ladder.again_minutes)
    return (*found, len(RUNGS) + later) if later > 0 else tuple(found)


def should_ring(number: int, account_id: UUID | None, rings: Collection[Ring], *, at: datetime) -> bool:
    """Whether this call is still to be made: not once it went, and after a failure not for some minutes."""
    made = [one for one in rings if (one.number, one.account_id) == (number, account_id)]
    if any(one.outcome not in TROUBLE for one in made):
        return False
    return all(at - one.rung_at >= TRY_AGAIN for one in made)


def is_called(
    waiting: Waiting, role: Role, *, at: datetime, empty: Collection[int] = (), ladder: Ladder = LADDER
) -> bool:
    """Whether somebody in this role sees that a worry waits: once their rung is due.

    Where a message could not be sent, everybody on the ladder does, at once.
    """
    numbers = due(waiting, at=at, empty=empty, ladder=ladder)
    rung = any(number > len(RUNGS) or role in RUNGS[number - 1] for number in numbers)
    return role in ANSWERING and (waiting.has_trouble or rung)
