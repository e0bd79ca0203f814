"""A worry about somebody: who may take it up, and who may answer. Sealed.

The peer worker does not judge risk. They telephone first; then they write what they saw or heard, what
the person wants, and whether the person knows. A named member of staff takes it up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Worded

LONGEST_WORDS = 2000


class Urgency(Worded):
    """What the person who worries has done, or wants done, first."""

    EMERGENCY = "emergency", "999 has been called"
    CRISIS_TEAM = "crisis_team", "The crisis team is needed now"
    SUPERVISOR = "supervisor", "Talk with a supervisor today"


@dataclass(frozen=True)
class NewConcern:
    """A worry as it is raised."""

    urgency: Urgency
    words: str
    wishes: str
    has_told_person: bool


@dataclass(frozen=True)
class ConcernFacts:
    """A worry as it stands."""

    id: UUID
    person_id: UUID
    urgency: Urgency
    words: str
    wishes: str
    has_told_person: bool
    raised_by: UUID
    raised_at: datetime
    acknowledged_by: UUID | None
    acknowledged_name: str
    acknowledged_at: datetime | None
    answer: str
    answered_at: datetime | None
    debriefed_by: UUID | None = None
    debriefed_name: str = ""
    debriefed_at: datetime | None = None


def why_not_raise(concern: NewConcern) -> Reasons:
    """Reasons why a worry cannot be recorded: only missing or too many words. Nobody is refused otherwise."""
    longest = max(len(concern.words), len(concern.wishes))
    return only(
        (not concern.words.strip(), Because.TEXT_MISSING),
        (longest > LONGEST_WORDS, Reason(Because.TEXT_TOO_LONG, str(LONGEST_WORDS))),
    )


def why_not_acknowledge(concern: ConcernFacts) -> Reasons:
    """Reasons why a worry cannot be taken up: somebody has."""
    return only(
        (
            concern.acknowledged_by is not None,
            Reason(Because.ALREADY_ACKNOWLEDGED, concern.acknowledged_name),
        ),
    )


def why_not_answer(concern: ConcernFacts, *, by: UUID, words: str) -> Reasons:
    """Reasons why a worry cannot be answered: only who took it up may, once, and in words."""
    taken = concern.acknowledged_by
    return only(
        (taken is None, Because.NOT_ACKNOWLEDGED),
        (taken is not None and taken != by, Because.NOT_YOURS_TO_ANSWER),
        (concern.answered_at is not None, Because.ALREADY_ANSWERED),
        (not words.strip(), Because.TEXT_MISSING),
        (len(words) > LONGEST_WORDS, Reason(Because.TEXT_TOO_LONG, str(LONGEST_WORDS))),
    )


def why_not_debrief(concern: ConcernFacts) -> Reasons:
    """Reasons why a talk after a worry cannot be recorded: it follows the answer, and is recorded once."""
    return only(
        (concern.answered_at is None, Because.NOT_ANSWERED_YET),
        (concern.debriefed_at is not None, Reason(Because.ALREADY_DEBRIEFED, concern.debriefed_name)),
    )


def awaits_debrief(concern: ConcernFacts) -> bool:
    """Whether whoever raised it and their supervisor have still to talk it over: on the day of the answer."""
    return not why_not_debrief(concern)


def is_unmasked_by(concern: ConcernFacts, account_id: UUID) -> bool:
    """Whether this worry has shown that member of staff the person's arm; once known, always known."""
    return concern.acknowledged_by == account_id
