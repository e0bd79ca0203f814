"""When the data may be locked: once everybody's outcome is worked out, up to date, and decided."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because

MOST_NAMED = 10
# What the command that locks puts right by itself: it works the outcomes out again first.
MENDED_BY_LINKING = frozenset({Because.NOT_LINKED, Because.LINKED_BY_ANOTHER_RULE, Because.LINK_IS_STALE})


@dataclass(frozen=True)
class Readiness:
    """What is asked before a lock. Counts are of people who entered.

    ``unproved_draws``: study numbers whose draw is not provably the one that was made.
    """

    target: str
    is_target_taken: bool
    is_recipient_right: bool
    entered_count: int
    linked_count: int
    is_same_definition: bool
    is_link_fresh: bool
    undecided_count: int
    drawn_count: int
    unproved_draws: tuple[str, ...] = ()


def why_not_freeze(ready: Readiness) -> Reasons:
    """Every reason why the data cannot be locked now."""
    missing = ready.entered_count - ready.linked_count
    undrawn = ready.entered_count - ready.drawn_count
    is_linked = missing == 0 and ready.entered_count > 0
    return only(
        (ready.is_target_taken, Reason(Because.LOCK_EXISTS, ready.target)),
        (not ready.is_recipient_right, Because.RECIPIENT_WRONG),
        (ready.entered_count == 0, Because.NOBODY_ENTERED),
        (undrawn != 0, Reason(Because.ARM_UNKNOWN, str(undrawn))),
        (bool(ready.unproved_draws), Reason(Because.DRAW_CHANGED, _named(ready.unproved_draws))),
        (missing != 0, Reason(Because.NOT_LINKED, str(missing))),
        (is_linked and not ready.is_same_definition, Because.LINKED_BY_ANOTHER_RULE),
        (is_linked and ready.is_same_definition and not ready.is_link_fresh, Because.LINK_IS_STALE),
        (ready.undecided_count > 0, Reason(Because.UNDECIDED, str(ready.undecided_count))),
    )


def _named(study_numbers: tuple[str, ...]) -> str:
    more = len(study_numbers) - MOST_NAMED
    return ", ".join(study_numbers[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
