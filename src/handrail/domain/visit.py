"""A visit alone: who is rung when a worker does not say that all is well. Sealed.

The rung of the ladder follows from times alone, so that a page shows it whether or not a message could be
sent. Nobody's place is followed: a worker says what kind of place it is, and until when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Worded

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 480
LONGEST_TELEPHONE = 30
A_STEP = timedelta(minutes=15)


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


class Rang(Worded):
    """Whom somebody telephoned about a worker who is overdue."""

    WORKER = "worker", "The worker"
    BUDDY = "buddy", "The buddy"
    PERSON = "person", "The person visited, or somebody with them"
    IN_CHARGE = "in_charge", "Whoever is in charge of the service"
    POLICE = "police", "999"


class HowClosed(Worded):
    """How a named person closed a visit that was overdue."""

    SPOKEN = "spoken", "I spoke with the worker: they are safe"
    TOLD = "told", "Somebody with the worker told me that they are safe"
    HANDED_OVER = "handed_over", "The emergency services have taken over"


@dataclass(frozen=True)
class CheckIn:
    """A worker said that all is well: until a later moment, or for good. ``said_at``: their phone's time."""

    at: datetime
    said_at: datetime | None
    until_at: datetime | None


@dataclass(frozen=True)
class Closing:
    """A named person closed a visit that was overdue."""

    how: HowClosed
    by_name: str
    at: datetime


@dataclass(frozen=True)
class VisitFacts:
    """One visit as it stands. ``until_at``: the end that was expected at the start."""

    id: UUID
    worker_id: UUID
    worker_name: str
    team_code: str
    entry_id: UUID | None
    place: VisitPlace
    telephone: str
    buddy_id: UUID | None
    buddy_name: str
    started_at: datetime
    said_at: datetime | None
    until_at: datetime
    check_ins: tuple[CheckIn, ...] = ()
    closing: Closing | None = None


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


def ladder(visit: VisitFacts) -> Mapping[Rung, timedelta]:
    """How late each rung is. Without a buddy the supervisor's turn comes first."""
    rungs = [one for one in Rung if visit.buddy_id is not None or one is not Rung.BUDDY]
    return {one: A_STEP * place for place, one in enumerate(rungs, start=1)}


def reached(visit: VisitFacts, *, at: datetime) -> tuple[Reached, ...]:
    """Every rung that this visit has come to by a moment, in order, also those of an earlier delay."""
    return tuple(
        Reached(rung, limit + after)
        for limit, until in _spans(visit, at)
        for rung, after in ladder(visit).items()
        if limit + after <= until
    )


def rung(visit: VisitFacts, *, at: datetime) -> Rung | None:
    """Whose turn it is at a moment; none while nobody need be rung."""
    if ended_at(visit) is not None or visit.closing is not None:
        return None
    late, rungs = at - expected_end(visit), ladder(visit)
    return max((one for one, after in rungs.items() if after <= late), key=rungs.__getitem__, default=None)


def awaits_closing(visit: VisitFacts, *, at: datetime) -> bool:
    """Whether a supervisor must close it: their turn came, even if the worker has been heard of since."""
    return visit.closing is None and any(one.rung is not Rung.BUDDY for one in reached(visit, at=at))


def supervisors_of(team_code: str, supervisors: Iterable[tuple[UUID, str]]) -> frozenset[UUID]:
    """Whose turn the supervisor's is: those of the worker's team, or, where it has none, all of them."""
    everybody = tuple(supervisors)
    own = frozenset(key for key, team in everybody if team and team == team_code)
    return own or frozenset(key for key, _ in everybody)


def why_not_start(*, minutes: int, telephone: str, buddy_id: UUID | None, by: UUID) -> Reasons:
    """Reasons why a visit cannot be started: only a length that is none, or a buddy who is oneself."""
    span = f"{SHORTEST_MINUTES} to {LONGEST_MINUTES}"
    return only(
        (not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES, Reason(Because.VISIT_LENGTH_WRONG, span)),
        (len(telephone) > LONGEST_TELEPHONE, Reason(Because.TEXT_TOO_LONG, str(LONGEST_TELEPHONE))),
        (buddy_id == by, Because.BUDDY_IS_SELF),
    )


def why_not_go_on(visit: VisitFacts, *, minutes: int) -> Reasons:
    """Reasons why a visit cannot last longer. That it is over can be said always, and again."""
    span = f"{SHORTEST_MINUTES} to {LONGEST_MINUTES}"
    return only(
        (ended_at(visit) is not None or visit.closing is not None, Because.VISIT_ENDED),
        (not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES, Reason(Because.VISIT_LENGTH_WRONG, span)),
    )


def why_not_close(visit: VisitFacts, *, at: datetime) -> Reasons:
    """Reasons why a visit cannot be closed: somebody has, or nobody is overdue."""
    is_late = rung(visit, at=at) is not None or awaits_closing(visit, at=at)
    closed = visit.closing
    return only(
        (closed is not None, Reason(Because.VISIT_CLOSED, closed.by_name if closed else "")),
        (closed is None and not is_late, Because.VISIT_NOT_LATE),
    )


def _spans(visit: VisitFacts, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each end that was expected, with the moment at which the worker next spoke, or this moment."""
    limit: datetime | None = visit.until_at
    for one in visit.check_ins:
        if limit is not None:
            yield limit, one.at
        limit = one.until_at if limit is not None else None
    if limit is not None:
        yield limit, visit.closing.at if visit.closing else at
