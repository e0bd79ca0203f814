"""A visit alone: whose turn it is follows from times, and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.refusal import Reasons
from handrail.domain.visit import (
    LONGEST_MINUTES,
    CheckIn,
    Rung,
    VisitFacts,
    VisitPlace,
    ended_at,
    expected_end,
    reached,
    rung,
    why_not_go_on,
    why_not_start,
)
from handrail.domain.words import Because

START = datetime(2014, 6, 2, 14, 0, tzinfo=UTC)
WORKER, BUDDY = UUID(int=1), UUID(int=2)


def after(minutes: float) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=minutes)


def visit(*check_ins: CheckIn, **changes: Any) -> VisitFacts:
    """A visit of an hour, with what the worker said since."""
    made = VisitFacts(
        id=UUID(int=9),
        worker_id=WORKER,
        worker_name="Sam Synthetic",
        team_code="team_1",
        entry_id=None,
        place=VisitPlace.HOME,
        telephone="",
        buddy_id=BUDDY,
        buddy_name="Alex Synthetic",
        started_at=START,
        said_at=None,
        until_at=after(60),
        check_ins=check_ins,
    )
    return replace(made, **changes)


def well(at: float, until: float | None = None) -> CheckIn:
    """ "I'm OK" after so many minutes: until later, or for good."""
    return CheckIn(after(at), None, None if until is None else after(until))


def codes(reasons: Reasons) -> list[Because]:
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("minutes", "turn"),
    [
        (0, None),
        (74.9, None),
        (75, Rung.BUDDY),
        (89.9, Rung.BUDDY),
        (90, Rung.SUPERVISOR),
        (105, Rung.PROCEDURE),
        (60 * 24 * 3, Rung.PROCEDURE),
    ],
)
def test_the_ladder_is_climbed_by_the_clock_alone(minutes: float, turn: Rung | None) -> None:
    assert rung(visit(), at=after(minutes)) is turn
    assert rung(visit(well(50)), at=after(minutes)) is None
    assert rung(visit(well(50, until=60)), at=after(minutes)) is turn


def test_to_say_that_all_is_well_moves_the_end_and_ends_the_delay() -> None:
    later = visit(well(80, until=110))
    assert expected_end(later) == after(110)
    assert rung(later, at=after(100)) is None
    assert rung(later, at=after(125)) is Rung.BUDDY
    assert ended_at(later) is None
    assert ended_at(visit(well(80, until=110), well(112), well(130))) == after(112)


def test_what_was_reached_stays_on_record_after_the_worker_is_heard_of() -> None:
    late = visit(well(92, until=120), well(140))
    assert [(one.rung, one.at) for one in reached(late, at=after(300))] == [
        (Rung.BUDDY, after(75)),
        (Rung.SUPERVISOR, after(90)),
        (Rung.BUDDY, after(135)),
    ]
    assert reached(visit(well(60)), at=after(300)) == ()


def test_a_visit_needs_a_length_and_a_buddy_who_is_somebody_else() -> None:
    assert why_not_start(minutes=60, telephone="", buddy_id=BUDDY, by=WORKER) == ()
    assert why_not_start(minutes=60, telephone="", buddy_id=None, by=WORKER) == ()
    assert codes(why_not_start(minutes=60, telephone="", buddy_id=WORKER, by=WORKER)) == [
        Because.BUDDY_IS_SELF
    ]
    for minutes in (0, LONGEST_MINUTES + 1):
        refused = why_not_start(minutes=minutes, telephone="", buddy_id=BUDDY, by=WORKER)
        assert codes(refused) == codes(why_not_go_on(visit(), minutes=minutes))
        assert codes(refused) == [Because.VISIT_LENGTH_WRONG]


def test_a_visit_that_is_over_goes_on_no_longer() -> None:
    assert why_not_go_on(visit(), minutes=30) == ()
    assert codes(why_not_go_on(visit(well(50)), minutes=30)) == [Because.VISIT_ENDED]
