"""A worker is away and somebody covers, or asks for a lighter week: dates only, no reason is asked. Sealed.

Whoever covers sees the people of whoever is away from the first day to the last, and not a day longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.domain.dates import in_words
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.support import Worker
from handrail.domain.words import Because, Role, Worded


class PeriodKind(Worded):
    """What a worker's days are."""

    AWAY = "away", "Leave"
    LIGHTER = "lighter", "A lighter week"


@dataclass(frozen=True)
class Period:
    """Some days of one worker, both ends included; ``cover_id``: who covers while they are away."""

    worker_id: UUID
    kind: PeriodKind
    from_on: date
    until_on: date
    cover_id: UUID | None = None
    id: UUID | None = None

    def holds(self, on: date) -> bool:
        """Whether a day is one of these."""
        return self.from_on <= on <= self.until_on

    def meets(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.from_on <= other.until_on and other.from_on <= self.until_on


def why_not_take(
    new: Period, others: Iterable[Period], *, worker: Worker, cover: Worker | None, on: date
) -> Reasons:
    """Reasons why a worker cannot have these days; ``others``: every period that stands, of anybody.

    Who covers is a peer worker, another one, who is not away on any of these days.
    """
    stands = [one for one in others if one.kind is new.kind and one.meets(new)]
    is_away = cover is not None and any(one.worker_id == cover.id for one in stands)
    return only(
        (new.until_on < new.from_on, Reason(Because.DATES_SWAPPED, in_words(new.until_on))),
        (new.until_on < on, Reason(Because.DAY_GONE, in_words(new.until_on))),
        (not _works(worker), Because.NOT_A_PEER_WORKER),
        (cover is not None and (not _works(cover) or cover.id == worker.id), Because.NOT_A_PEER_WORKER),
        (any(one.worker_id == worker.id for one in stands), Reason(Because.ON_RECORD, new.kind.sentence)),
        (is_away, Because.COVER_AWAY),
    )


def why_not_take_back(period: Period, *, on: date) -> Reasons:
    """Reasons why days cannot be taken back: they have passed."""
    return only((period.until_on < on, Reason(Because.DAY_GONE, in_words(period.until_on))))


def covered_by(cover_id: UUID, periods: Iterable[Period], *, on: date) -> frozenset[UUID]:
    """The workers whose people this one covers on a day."""
    away = (one for one in periods if one.kind is PeriodKind.AWAY and one.cover_id == cover_id)
    return frozenset(one.worker_id for one in away if one.holds(on))


def _works(worker: Worker) -> bool:
    return worker.role is Role.PEER_WORKER and worker.is_active
