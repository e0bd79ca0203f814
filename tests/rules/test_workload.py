"""A worker's week, in its parts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from handrail.domain.protocol import PeerSessions
from handrail.domain.support import Meeting, Supported
from handrail.domain.words import Attendance, Because, Role
from handrail.domain.workload import LoadPart, is_at_cap, load, why_not_cap

ON = date(2014, 5, 7)  # a Wednesday


def person(entered_on: date, *days: tuple[int, Attendance], stopped_on: date | None = None) -> Supported:
    meetings = tuple(
        Meeting(UUID(int=day), datetime(2014, 5, day, 12, tzinfo=UTC), how, None, None) for day, how in days
    )
    offer = PeerSessions(maximum_count=10, minutes=60, within_months=4, adherent_count=3)
    worker = UUID(int=9)
    return Supported(UUID(int=1), "CORE-1", entered_on, offer, worker, stopped_on, None, meetings)


def test_a_week_is_told_in_its_parts_and_those_who_have_finished_are_not_in_it() -> None:
    held, planned = Attendance.HELD, Attendance.PLANNED
    people = [
        person(date(2014, 4, 1), (5, held), (11, planned), (12, planned)),  # Monday and Sunday; not the next
        person(date(2014, 5, 1), (8, planned)),  # not met yet
        person(date(2014, 1, 20), (1, held), (6, Attendance.MISSED)),  # ends within two weeks
        person(date(2014, 4, 1), (6, held), stopped_on=date(2014, 5, 6)),
    ]
    week = load(people, worries=1, on=ON)
    assert week.people == 3
    assert week.parts == {
        LoadPart.MEETINGS: 3,
        LoadPart.STARTS: 1,
        LoadPart.ENDINGS: 1,
        LoadPart.WORRIES: 1,
    }
    assert week.weighted == 9


def test_the_soft_cap_is_said_when_it_is_reached_and_is_a_number_of_people() -> None:
    assert [is_at_cap(people, 10) for people in (9, 10, 11)] == [False, True, True]
    assert why_not_cap(10, role=Role.PEER_WORKER) == ()
    for cap in (0, 31):
        assert [one.code for one in why_not_cap(cap, role=Role.PEER_WORKER)] == [Because.CAP_WRONG]
    assert [one.code for one in why_not_cap(10, role=Role.DATA_DESK)] == [Because.NOT_A_PEER_WORKER]
