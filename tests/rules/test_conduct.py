"""Deviations from the protocol."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.domain.conduct import LONGEST_NOTE, NewDeviation, why_not_record
from handrail.domain.words import Because, DeviationKind

ON = date(2014, 6, 2)


@pytest.mark.parametrize(
    ("found_on", "note", "because"),
    [
        (ON, "", []),
        (date(2014, 6, 3), "", [Because.DAY_TO_COME]),
        (ON, "x" * (LONGEST_NOTE + 1), [Because.TEXT_TOO_LONG]),
    ],
)
def test_a_deviation_has_a_team_and_a_day_gone_by(found_on: date, note: str, because: list[Because]) -> None:
    deviation = NewDeviation(DeviationKind.OTHER, found_on, note)
    found = why_not_record(deviation, team_code="team_1", team_of_person=None, on=ON)
    assert [reason.code for reason in found] == because


@pytest.mark.parametrize(
    ("team_code", "team_of_person", "because"),
    [
        ("team_1", None, []),
        ("team_1", "team_1", []),
        ("", "team_1", []),
        ("", None, [Because.TEAM_NEEDED]),
        ("team_2", "team_1", [Because.TEAM_DIFFERS]),
    ],
)
def test_the_team_that_is_named_is_the_persons_own(
    team_code: str, team_of_person: str | None, because: list[Because]
) -> None:
    deviation = NewDeviation(DeviationKind.OTHER, ON)
    found = why_not_record(deviation, team_code=team_code, team_of_person=team_of_person, on=ON)
    assert [reason.code for reason in found] == because
