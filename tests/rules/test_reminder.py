"""Reminders of meetings: for whom, when, and what stops them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.dates import LONDON
from handrail.domain.protocol import Protocol
from handrail.domain.reminder import PartOfDay, Telling, Wish, due, is_quiet, told_when
from handrail.domain.support import Meeting, Supported
from handrail.domain.words import Attendance

WISH = Wish(is_on=True)
PLANNED = datetime(2014, 10, 9, 14, 30, tzinfo=LONDON)
DAY_BEFORE = datetime(2014, 10, 8, 10, 0, tzinfo=LONDON)
MEETING = Meeting(UUID(int=5), PLANNED, Attendance.PLANNED, None, None)


@pytest.fixture
def person(core: Protocol) -> Supported:
    offer = next(arm.peer_sessions for arm in core.arms if arm.peer_sessions)
    return Supported(UUID(int=1), "HR-00001-A", date(2014, 9, 2), offer, UUID(int=2), None, None, (MEETING,))


@pytest.mark.parametrize(
    ("part", "hour"), [(PartOfDay.MORNING, 10), (PartOfDay.AFTERNOON, 14), (PartOfDay.EVENING, 18)]
)
def test_a_reminder_comes_on_the_day_before_at_the_hour_that_the_person_chose(
    person: Supported, part: PartOfDay, hour: int
) -> None:
    wish, at = replace(WISH, part_of_day=part), DAY_BEFORE.replace(hour=hour)
    assert due(person, wish, sent=(), at=at) == (MEETING,)
    assert due(person, wish, sent=(), at=at - timedelta(seconds=1)) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"died_on": DAY_BEFORE.date()},
        {"stopped_on": DAY_BEFORE.date()},
        {"offer": None},
        {"meetings": (replace(MEETING, attendance=Attendance.CANCELLED),)},
        {"meetings": (replace(MEETING, planned_at=PLANNED + timedelta(days=7)),)},
        {"meetings": ()},
    ],
)
def test_a_death_a_stop_and_a_meeting_called_off_or_moved_stop_it_at_once(
    person: Supported, changes: dict[str, Any]
) -> None:
    assert due(person, WISH, sent=(), at=DAY_BEFORE) == (MEETING,)
    assert due(replace(person, **changes), WISH, sent=(), at=DAY_BEFORE) == ()


def test_nobody_is_reminded_who_did_not_ask_or_was_reminded_already(person: Supported) -> None:
    assert due(person, Wish(), sent=(), at=DAY_BEFORE) == ()
    assert due(person, WISH, sent={(MEETING.id, PLANNED)}, at=DAY_BEFORE) == ()
    earlier = {(MEETING.id, PLANNED - timedelta(days=7))}  # for the time that it had before
    assert due(person, WISH, sent=earlier, at=DAY_BEFORE) == (MEETING,)


@pytest.mark.parametrize(("hour", "is_due"), [(7, False), (8, True), (12, True), (13, False)])
def test_late_on_the_day_itself_and_at_night_nothing_goes(person: Supported, hour: int, is_due: bool) -> None:
    at = PLANNED.replace(hour=hour, minute=0)
    assert due(person, WISH, sent=(), at=at) == ((MEETING,) if is_due else ())


def test_the_night_is_from_eight_to_eight_in_london() -> None:
    assert [hour for hour in range(24) if not is_quiet(DAY_BEFORE.replace(hour=hour))] == [*range(8, 20)]


def test_the_day_and_time_are_told_as_in_london() -> None:
    assert told_when(PLANNED) == {"day": "Thursday 9 October", "time": "2:30pm"}
    assert {one.value for one in Telling} == {"nothing", "when"}
