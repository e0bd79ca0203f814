"""Deviations from the protocol: what may be recorded. Masked; the words about one are read in the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.domain.dates import in_words
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, DeviationKind

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class NewDeviation:
    """One departure from the protocol, about a team and perhaps a person."""

    kind: DeviationKind
    found_on: date
    note: str = ""


@dataclass(frozen=True)
class DeviationFacts:
    """One departure as masked staff see it: without its note."""

    id: UUID
    study_number: str
    team_code: str
    found_on: date
    kind: DeviationKind


def why_not_record(
    deviation: NewDeviation, *, team_code: str, team_of_person: str | None, on: date
) -> Reasons:
    """Reasons why a deviation cannot be recorded.

    ``team_of_person``: none where it concerns a team alone. A team that is named beside somebody of another
    team is a slip of the pen, in the one or in the other.
    """
    differs = bool(team_of_person and team_code) and team_code != team_of_person
    return only(
        (not (team_of_person or team_code), Because.TEAM_NEEDED),
        (differs, Because.TEAM_DIFFERS),
        (deviation.found_on > on, Reason(Because.DAY_TO_COME, in_words(deviation.found_on))),
        (len(deviation.note) > LONGEST_NOTE, Reason(Because.TEXT_TOO_LONG, str(LONGEST_NOTE))),
    )
