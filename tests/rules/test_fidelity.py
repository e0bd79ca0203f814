"""Do we see it the same way? When it is asked, and of whom."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from handrail.domain.fidelity import TO_THE_PERSON, Principle, Side, asked_after, open_to, why_not_answer
from handrail.domain.support import Meeting
from handrail.domain.words import Attendance, Because

PERSON, WORKER = Side.PERSON, Side.WORKER


def meeting(number: int, attendance: Attendance = Attendance.HELD) -> Meeting:
    return Meeting(UUID(int=number), datetime(2014, 5, number, tzinfo=UTC), attendance, None, None)


HELD = tuple(meeting(number) for number in range(1, 8))


def test_both_are_asked_after_every_third_meeting_that_was_held() -> None:
    assert [one.id.int for one in asked_after(HELD)] == [3, 6]
    assert asked_after([*HELD[:2], meeting(8, Attendance.MISSED), meeting(9, Attendance.PLANNED)]) == ()


def test_only_the_latest_is_open_and_to_each_side_once() -> None:
    assert [one.id.int for one in open_to(PERSON, HELD, {})] == [6]
    given = {UUID(int=6): frozenset({WORKER})}
    for side, session, reasons in (
        (PERSON, 6, []),
        (WORKER, 6, [Because.NOT_ASKED]),
        (PERSON, 3, [Because.NOT_ASKED]),
        (PERSON, 7, [Because.NOT_ASKED]),
    ):
        found = why_not_answer(UUID(int=session), side=side, meetings=HELD, given=given)
        assert [one.code for one in found] == reasons


def test_both_sides_are_asked_about_the_same_four() -> None:
    assert set(TO_THE_PERSON) == set(Principle)
