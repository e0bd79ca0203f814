"""How much there is on a peer worker's plate: told in its parts, never as a rank, and it never refuses.

Counts of meetings, pairs and worries alone: nothing that anybody wrote is read for it. Sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from handrail.domain.dates import local_date
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.support import Supported, ends_on, is_finished
from handrail.domain.words import Attendance, Because, Role, Worded

SOFT_CAP = 10  # people at once, unless the supervisor says otherwise
HIGHEST_CAP = 30
NEARLY_OVER = timedelta(days=14)


class LoadPart(Worded):
    """What a peer worker's week is made of."""

    MEETINGS = "meetings", "Meetings this week"
    STARTS = "starts", "Starts"
    ENDINGS = "endings", "Endings"
    WORRIES = "worries", "Worries open"


# What each part counts for; starts, endings and worries take time that no calendar shows. Agreed locally.
WEIGHTS: Mapping[LoadPart, int] = MappingProxyType(
    {LoadPart.MEETINGS: 1, LoadPart.STARTS: 2, LoadPart.ENDINGS: 2, LoadPart.WORRIES: 2}
)


@dataclass(frozen=True)
class Load:
    """One worker's week: people supported now, and each part."""

    people: int
    parts: Mapping[LoadPart, int]

    @property
    def weighted(self) -> int:
        """The parts together, each with its weight."""
        return sum(WEIGHTS[part] * count for part, count in self.parts.items())


def load(people: Iterable[Supported], *, worries: int, on: date) -> Load:
    """The week of whoever supports these people now.

    A start is somebody not met yet; an ending, somebody whose last day is within two weeks.
    """
    going_on = [one for one in people if not is_finished(one, on=on)]
    return Load(
        people=len(going_on),
        parts={
            LoadPart.MEETINGS: sum(_in_week(moment_on, on) for one in going_on for moment_on in _days(one)),
            LoadPart.STARTS: sum(not _has_met(one) for one in going_on),
            LoadPart.ENDINGS: sum((ends_on(one) or date.max) - on <= NEARLY_OVER for one in going_on),
            LoadPart.WORRIES: worries,
        },
    )


def why_not_cap(cap: int, *, role: Role) -> Reasons:
    """Reasons why a number cannot be somebody's soft cap."""
    return only(
        (role is not Role.PEER_WORKER, Because.NOT_A_PEER_WORKER),
        (not 1 <= cap <= HIGHEST_CAP, Reason(Because.CAP_WRONG, str(HIGHEST_CAP))),
    )


def is_at_cap(people: int, cap: int) -> bool:
    """Whether one more would be above the soft cap: it is said, and refuses nothing."""
    return people >= cap


def _days(person: Supported) -> Iterable[date]:
    """The days of meetings that were held, or still may be."""
    counted = (Attendance.PLANNED, Attendance.HELD)
    return (local_date(one.planned_at) for one in person.meetings if one.attendance in counted)


def _in_week(day: date, on: date) -> bool:
    monday = on - timedelta(days=on.weekday())
    return monday <= day <= monday + timedelta(days=6)


def _has_met(person: Supported) -> bool:
    return any(one.attendance is Attendance.HELD for one in person.meetings)
