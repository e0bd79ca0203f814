"""Messages to people: which fall due, and when they quietly stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.followup import Followed, due_list
from handrail.domain.messages import (
    LEASE,
    Readiness,
    Template,
    day_before,
    invitations,
    may_claim,
    must_wait,
    point_of,
    should_stop,
)
from handrail.domain.protocol import Protocol
from handrail.domain.words import InterviewState

ENTERED = date(2014, 6, 2)
ON = date(2014, 10, 2)
PERSON = Followed(UUID(int=1), "HR-00001-A", "team_1", ENTERED, ENTERED, None, allows_interviews=True)
OPEN = Readiness(allows_interviews=True, state=InterviewState.DUE, planned_on=None)
BOOKED = replace(OPEN, state=InterviewState.BOOKED, planned_on=ON)


def test_an_invitation_is_made_while_the_window_is_open_and_nothing_is_booked(core: Protocol) -> None:
    due = due_list([PERSON], under=core.schedule, on=ON)
    (made,) = invitations(due, on=ON)
    assert (made.template, made.occasion) == (Template.INTERVIEW_OPEN, "month_4")
    assert made.due_at.isoformat() == "2014-10-02T10:00:00+01:00"


def test_nobody_booked_or_overdue_is_invited(core: Protocol) -> None:
    booked = replace(PERSON, states={"month_4": InterviewState.BOOKED})
    late = date(2014, 12, 1)
    assert invitations(due_list([booked], under=core.schedule, on=ON), on=ON) == ()
    assert invitations(due_list([PERSON], under=core.schedule, on=late), on=late) == ()


def test_the_reminder_is_for_the_morning_before_and_moves_with_the_booking() -> None:
    first = day_before(UUID(int=1), "month_4", planned_on=ON)
    moved = day_before(UUID(int=1), "month_4", planned_on=ON + timedelta(days=7))
    assert first.due_at.isoformat() == "2014-10-01T10:00:00+01:00"
    assert first.occasion != moved.occasion
    assert point_of(first.occasion) == point_of(moved.occasion) == "month_4"


@pytest.mark.parametrize(
    ("changes", "stops"),
    [
        ({}, False),
        ({"allows_interviews": False}, True),
        ({"state": InterviewState.DONE}, True),
        ({"state": InterviewState.MISSED}, True),
        ({"state": InterviewState.BOOKED}, True),
        ({"is_overdue": True}, True),
    ],
)
def test_an_invitation_stops_after_withdrawal_booking_the_interview_or_its_window(
    changes: dict[str, Any], stops: bool
) -> None:
    assert should_stop(Template.INTERVIEW_OPEN, "month_4", replace(OPEN, **changes), on=ON) is stops


@pytest.mark.parametrize(
    ("changes", "stops"),
    [
        ({}, False),
        ({"planned_on": ON + timedelta(days=1)}, True),
        ({"planned_on": None}, True),
        ({"state": InterviewState.DUE}, True),
        ({"state": InterviewState.DONE}, True),
        ({"allows_interviews": False}, True),
    ],
)
def test_a_reminder_stops_when_the_booking_moved_or_is_over(changes: dict[str, Any], stops: bool) -> None:
    occasion = f"month_4 {ON.isoformat()}"
    assert should_stop(Template.INTERVIEW_BOOKED, occasion, replace(BOOKED, **changes), on=ON) is stops


def test_a_message_waits_while_a_death_is_on_record() -> None:
    assert (must_wait(ON), must_wait(None)) == (True, False)


def test_a_reminder_does_not_go_once_its_day_is_past() -> None:
    occasion = f"month_4 {ON.isoformat()}"
    assert should_stop(Template.INTERVIEW_BOOKED, occasion, BOOKED, on=ON + timedelta(days=1))


def test_a_claim_left_by_a_crash_lapses() -> None:
    at = datetime(2014, 10, 2, 9, 0, tzinfo=UTC)
    assert may_claim(claimed_at=None, at=at)
    assert not may_claim(claimed_at=at - LEASE, at=at)
    assert may_claim(claimed_at=at - LEASE - timedelta(seconds=1), at=at)
