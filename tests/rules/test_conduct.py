"""Deviations from the protocol."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.domain.conduct import LONGEST_NOTE, NewDeviation, why_not_record
from handrail.domain.words import Because, DeviationKind

ON = date(2014, 6, 2)


@pytest.mark.parametrize(
    ("found_on", "note", "has_team", "because"),
    [
        (ON, "", True, []),
        (date(2014, 6, 3), "", True, [Because.DAY_TO_COME]),
        (ON, "x" * (LONGEST_NOTE + 1), True, [Because.TEXT_TOO_LONG]),
        (ON, "", False, [Because.TEAM_NEEDED]),
    ],
)
def test_a_deviation_has_a_team_and_a_day_gone_by(
    found_on: date, note: str, has_team: bool, because: list[Because]
) -> None:
    deviation = NewDeviation(DeviationKind.OTHER, found_on, note)
    found = why_not_record(deviation, has_team=has_team, on=ON)
    assert [reason.code for reason in found] == because
