"""Where the records cannot say: what an adjudicator may decide, and for how long it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handrail.domain.adjudication import Decision, settled, why_not_adjudicate, why_not_end_records
from handrail.domain.protocol import Protocol
from handrail.domain.readmission import Outcome
from handrail.domain.words import Because, OutcomeStatus

UNCLEAR = Outcome(OutcomeStatus.INDEX_END_UNKNOWN, followed_days=365)
READMITTED = Decision(OutcomeStatus.READMITTED, 40, "ward", "The discharge letter names the day.")


@pytest.mark.parametrize(
    ("current", "changes", "because"),
    [
        (OutcomeStatus.INDEX_END_UNKNOWN, {}, []),
        (OutcomeStatus.INDEX_END_UNKNOWN, {"day": 365}, []),
        (OutcomeStatus.INDEX_END_UNKNOWN, {"day": 366}, [Because.DAY_NEEDED]),
        (OutcomeStatus.INDEX_END_UNKNOWN, {"day": 0}, [Because.DAY_NEEDED]),
        (OutcomeStatus.INDEX_END_UNKNOWN, {"day": None}, [Because.DAY_NEEDED]),
        (OutcomeStatus.INDEX_END_UNKNOWN, {"status": OutcomeStatus.NOT_READMITTED, "day": None}, []),
        (OutcomeStatus.INDEX_END_UNKNOWN, {"status": OutcomeStatus.INDEX_END_UNKNOWN, "day": None}, []),
        (
            OutcomeStatus.INDEX_END_UNKNOWN,
            {"status": OutcomeStatus.NOT_READMITTED},
            [Because.DAY_NOT_WANTED],
        ),
        (
            OutcomeStatus.INDEX_END_UNKNOWN,
            {"status": OutcomeStatus.DIED, "day": None},
            [Because.DECISION_WRONG],
        ),
        (OutcomeStatus.INDEX_END_UNKNOWN, {"grounds": " "}, [Because.TEXT_MISSING]),
        (OutcomeStatus.INDEX_END_UNKNOWN, {"grounds": "x" * 2001}, [Because.TEXT_TOO_LONG]),
        (OutcomeStatus.NOT_READMITTED, {}, [Because.NEEDS_NO_DECISION]),
        (None, {}, [Because.NO_OUTCOME]),
    ],
)
def test_only_an_unclear_outcome_is_decided_and_with_grounds(
    core: Protocol, current: OutcomeStatus | None, changes: dict[str, Any], because: list[Because]
) -> None:
    found = why_not_adjudicate(current, replace(READMITTED, **changes), under=core.outcome)
    assert [reason.code for reason in found] == because


def test_a_decision_fills_what_the_records_left_blank_and_no_more() -> None:
    found = settled(UNCLEAR, READMITTED)
    assert (found.status, found.readmitted, found.day, found.first_service) == (
        OutcomeStatus.READMITTED,
        True,
        40,
        "ward",
    )
    assert (found.nights, found.followed_days) == (None, 365)


def test_not_readmitted_is_a_nought_and_cannot_be_told_stays_blank() -> None:
    no = replace(READMITTED, status=OutcomeStatus.NOT_READMITTED, day=None, first_service="")
    unknown = replace(no, status=OutcomeStatus.INDEX_END_UNKNOWN)
    assert settled(UNCLEAR, no).readmitted is False
    assert settled(UNCLEAR, unknown).readmitted is None
    assert settled(UNCLEAR, None) == UNCLEAR


def test_a_decision_rests_once_the_records_can_say() -> None:
    clear = Outcome(OutcomeStatus.NOT_READMITTED, readmitted=False, nights=0)
    assert settled(clear, READMITTED) == clear


@pytest.mark.parametrize(
    ("observed_until", "changes", "because"),
    [
        (date(2014, 6, 2), {}, []),
        (date(2015, 6, 2), {}, []),
        (date(2015, 6, 3), {}, [Because.DAY_TO_COME]),
        (date(2014, 6, 1), {}, [Because.BEFORE_ENTRY]),
        (None, {}, [Because.NOT_MOVED]),
        (None, {"ended_on": date(2015, 1, 1)}, []),
        (date(2015, 1, 1), {"entered_on": None}, [Because.NOT_ENTERED]),
    ],
)
def test_records_end_between_entry_and_today_and_an_end_is_taken_back(
    observed_until: date | None, changes: dict[str, Any], because: list[Because]
) -> None:
    facts = {"entered_on": date(2014, 6, 2), "ended_on": None, "on": date(2015, 6, 2), **changes}
    reasons = why_not_end_records(observed_until, **facts)
    assert [reason.code for reason in reasons] == because
