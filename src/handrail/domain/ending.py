"""A worker leaves or falls ill: a named human tells everybody whom they support, and nobody is lost. Sealed.

No contact is not a no: whoever cannot be reached, or has no new worker yet, stays on the list until found.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Worded

LONGEST_MESSAGE = 2000


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
