"""Where the records cannot say: what a masked adjudicator may decide, and for how long it holds.

Only an outcome whose index episode has no known end goes to the adjudicator. A decision holds as long
as the records still cannot say; if a later file settles it, the records speak and the decision rests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from handrail.domain.dates import in_words
from handrail.domain.protocol import OutcomeDefinition
from handrail.domain.readmission import Outcome
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, OutcomeStatus

LONGEST_GROUNDS = 2000
OPEN_TO_DECISION = frozenset({OutcomeStatus.INDEX_END_UNKNOWN})
DECIDABLE = frozenset(
    {OutcomeStatus.READMITTED, OutcomeStatus.NOT_READMITTED, OutcomeStatus.INDEX_END_UNKNOWN}
)


@dataclass(frozen=True)
class Decision:
    """What the adjudicator found. ``index_end_unknown`` says that it cannot be told."""

    status: OutcomeStatus
    day: int | None = None
    first_service: str = ""
    grounds: str = ""


def why_not_adjudicate(
    current: OutcomeStatus | None, decision: Decision, *, under: OutcomeDefinition
) -> Reasons:
    """Reasons why this decision cannot be recorded for somebody whose records now say ``current``."""
    is_readmitted = decision.status is OutcomeStatus.READMITTED
    has_day = decision.day is not None and 1 <= decision.day <= under.horizon_days
    return only(
        (current is None, Because.NO_OUTCOME),
        (current is not None and current not in OPEN_TO_DECISION, Because.NEEDS_NO_DECISION),
        (decision.status not in DECIDABLE, Because.DECISION_WRONG),
        (is_readmitted and not has_day, Reason(Because.DAY_NEEDED, str(under.horizon_days))),
        (not is_readmitted and decision.day is not None, Because.DAY_NOT_WANTED),
        (not decision.grounds.strip(), Because.TEXT_MISSING),
        (len(decision.grounds) > LONGEST_GROUNDS, Reason(Because.TEXT_TOO_LONG, str(LONGEST_GROUNDS))),
    )


def why_not_end_records(
    observed_until: date | None, *, entered_on: date | None, ended_on: date | None, on: date
) -> Reasons:
    """Reasons not to say that somebody's records end on a day, as after a move; None: they do not end."""
    if entered_on is None:
        return (Reason(Because.NOT_ENTERED),)
    if observed_until is None:
        return only((ended_on is None, Because.NOT_MOVED))
    told = in_words(observed_until)
    return only(
        (observed_until > on, Reason(Because.DAY_TO_COME, told)),
        (observed_until < entered_on, Reason(Because.BEFORE_ENTRY, told)),
    )


def settled(from_records: Outcome, decision: Decision | None) -> Outcome:
    """The outcome that counts: what the records say, or the decision where they cannot say."""
    if decision is None or from_records.status not in OPEN_TO_DECISION:
        return from_records
    known = {OutcomeStatus.READMITTED: True, OutcomeStatus.NOT_READMITTED: False}
    return replace(
        from_records,
        status=decision.status,
        readmitted=known.get(decision.status),
        day=decision.day,
        first_service=decision.first_service,
    )
