"""A visit alone: who is rung when a worker does not say that all is well. Sealed.

The rung of the ladder follows from times alone, so that a page shows it whether or not a message could be
sent. Nobody's place is followed: a worker says what kind of place it is, and until when.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Worded

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 480


class VisitPlace(Worded):
    """What kind of place a visit is to. The address itself is kept elsewhere."""

    HOME = "home", "At the person’s home"
    PUBLIC = "public", "A café, a park or another public place"
    NHS_PREMISES = "nhs_premises", "At a clinic or other NHS building"
    OTHER = "other", "Somewhere else"


class Rung(Worded):
    """Whose turn it is while a worker is overdue, in the order of the ladder."""

    BUDDY = "buddy", "The buddy telephones the worker"
    SUPERVISOR = "supervisor", "A supervisor telephones the worker, then the buddy"
    PROCEDURE = "procedure", "A supervisor follows the procedure until somebody has been reached"


AFTER = {
    Rung.BUDDY: timedelta(minutes=15),
    Rung.SUPERVISOR: timedelta(minutes=30),
    Rung.PROCEDURE: timedelta(minutes=45),
}


@dataclass(frozen=True)
class CheckIn:
    """A worker said that all is well: until a later moment, or for good. ``said_at``: their phone's time."""

    at: datetime
    said_at: datetime | None
    until_at: datetime | None


@dataclass(frozen=True)
class VisitFacts:
    """One visit as it stands. ``until_at``: the end that was expected at the start."""

    id: UUID
    worker_id: UUID
    worker_name: str
    entry_id: UUID | None
    place: VisitPlace
    telephone: str
    buddy_id: UUID | None
    buddy_name: str
    started_at: datetime
    said_at: datetime | None
    until_at: datetime
    check_ins: tuple[CheckIn, ...] = ()


@dataclass(frozen=True)
class Reached:
    """A rung that a visit came to, and when."""

    rung: Rung
    at: datetime


def expected_end(visit: VisitFacts) -> datetime:
    """Until when the worker is expected now: what they said last."""
    said = [one.until_at for one in visit.check_ins if one.until_at is not None]
    return said[-1] if said else visit.until_at


def ended_at(visit: VisitFacts) -> datetime | None:
    """When the worker said that the visit was over, or none."""
    return next((one.at for one in visit.check_ins if one.until_at is None), None)


def reached(visit: VisitFacts, *, at: datetime) -> tuple[Reached, ...]:
    """Every rung that this visit has come to by a moment, in order, also those of an earlier delay."""
    return tuple(
        Reached(rung, limit + after)
        for limit, until in _spans(visit, at)
        for rung, after in AFTER.items()
        if limit + after <= until
    )


def rung(visit: VisitFacts, *, at: datetime) -> Rung | None:
    """Whose turn it is at a moment; none while nobody need be rung."""
    if ended_at(visit) is not None:
        return None
    late = at - expected_end(visit)
    return max((one for one, after in AFTER.items() if after <= late), key=AFTER.__getitem__, default=None)


def why_not_start(*, minutes: int, buddy_id: UUID | None, by: UUID) -> Reasons:
    """Reasons why a visit cannot be started: only a length that is none, or a buddy who is oneself."""
    span = f"{SHORTEST_MINUTES} to {LONGEST_MINUTES}"
    return only(
        (not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES, Reason(Because.VISIT_LENGTH_WRONG, span)),
        (buddy_id == by, Because.BUDDY_IS_SELF),
    )


def why_not_go_on(visit: VisitFacts, *, minutes: int) -> Reasons:
    """Reasons why a visit cannot last longer. That it is over can be said always, and again."""
    span = f"{SHORTEST_MINUTES} to {LONGEST_MINUTES}"
    return only(
        (ended_at(visit) is not None, Because.VISIT_ENDED),
        (not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES, Reason(Because.VISIT_LENGTH_WRONG, span)),
    )


def _spans(visit: VisitFacts, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each end that was expected, with the moment at which the worker next spoke, or this moment."""
    limit: datetime | None = visit.until_at
    for one in visit.check_ins:
        if limit is not None:
            yield limit, one.at
        limit = one.until_at if limit is not None else None
    if limit is not None:
        yield limit, at
