"""Peer sessions: who may be paired, what may be planned and held, and what a person received."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.protocol import PeerSessions
from handrail.domain.refusal import Reasons
from handrail.domain.safety import EventFacts, HowFound
from handrail.domain.support import (
    UNKNOWN_DOSE,
    Meeting,
    Supported,
    Worker,
    awaits_judgement,
    dose,
    ends_on,
    is_adherent,
    is_finished,
    next_due,
    sessions_left,
    why_not_choose,
    why_not_give_code,
    why_not_hold,
    why_not_judge,
    why_not_lose_attendance,
    why_not_mark,
    why_not_pair,
    why_not_plan,
    why_not_stop,
)
from handrail.domain.words import Attendance, Because, Role, Seriousness

OFFER = PeerSessions(maximum_count=10, minutes=60, within_months=4, adherent_count=3)
ENTERED = date(2014, 6, 2)
ON = date(2014, 7, 1)
LAST_DAY = date(2014, 10, 2)
WORKER = UUID(int=7)


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def meeting(number: int, attendance: Attendance = Attendance.PLANNED, minutes: int | None = None) -> Meeting:
    day = ENTERED + timedelta(days=7 * number)
    held_on = day if attendance is Attendance.HELD else None
    return Meeting(UUID(int=number), moment(day), attendance, held_on, minutes)


def person(**changes: Any) -> Supported:
    made = Supported(UUID(int=1), "HR-00001-A", ENTERED, OFFER, WORKER, None, None)
    return replace(made, **changes)


def codes(reasons: Reasons) -> list[Because]:
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"offer": None}, Because.NOT_OFFERED),
        ({"died_on": ON}, Because.HAS_DIED),
        ({"stopped_on": ON}, Because.PROGRAMME_STOPPED),
    ],
)
def test_nothing_is_done_for_somebody_not_offered_it_dead_or_stopped(
    changes: dict[str, Any], because: Because
) -> None:
    new_worker = Worker(UUID(int=8), Role.PEER_WORKER, is_active=True)
    assert why_not_pair(person(), new_worker, on=ON) == ()
    assert codes(why_not_pair(person(**changes), new_worker, on=ON)) == [because]
    assert why_not_plan(person(), planned_at=moment(ON), on=ON) == ()
    assert codes(why_not_plan(person(**changes), planned_at=moment(ON), on=ON))[0] is because


@pytest.mark.parametrize(
    ("worker", "because"),
    [
        (Worker(UUID(int=8), Role.RESEARCHER, is_active=True), Because.NOT_A_PEER_WORKER),
        (Worker(UUID(int=8), Role.PEER_WORKER, is_active=False), Because.NOT_A_PEER_WORKER),
        (Worker(WORKER, Role.PEER_WORKER, is_active=True), Because.ALREADY_PAIRED),
    ],
)
def test_only_another_active_peer_worker_can_be_paired(worker: Worker, because: Because) -> None:
    assert codes(why_not_pair(person(), worker, on=ON)) == [because]


def test_nobody_is_paired_once_the_time_for_meetings_has_passed() -> None:
    new_worker, after = Worker(UUID(int=8), Role.PEER_WORKER, is_active=True), LAST_DAY + timedelta(days=1)
    assert why_not_choose(person(), on=LAST_DAY) == why_not_pair(person(), new_worker, on=LAST_DAY) == ()
    for one in (person(), person(worker_id=None)):
        (reason,) = why_not_pair(one, new_worker, on=after)
        assert (reason,) == why_not_choose(one, on=after)
        assert reason.sentence == "The time with the peer worker ended on 2 October 2014."


@pytest.mark.parametrize(
    ("day", "because"),
    [
        (LAST_DAY, []),
        (LAST_DAY + timedelta(days=1), [Because.SESSION_TOO_LATE]),
        (ENTERED, []),
        (ENTERED - timedelta(days=1), [Because.BEFORE_ENTRY]),
    ],
)
def test_sessions_lie_between_entry_and_four_months_later(day: date, because: list[Because]) -> None:
    assert codes(why_not_plan(person(), planned_at=moment(day), on=ON)) == because
    assert ends_on(person()) == LAST_DAY


def test_a_session_needs_a_worker_and_its_own_time() -> None:
    alone = person(worker_id=None)
    assert codes(why_not_plan(alone, planned_at=moment(ON), on=ON)) == [Because.NOT_PAIRED]
    busy = person(meetings=(meeting(1),))
    clash = why_not_plan(busy, planned_at=meeting(1).planned_at, on=ON)
    assert codes(clash) == [Because.SESSION_CLASHES]


def test_the_tenth_session_may_be_planned_and_the_eleventh_not() -> None:
    nine = person(meetings=tuple(meeting(number, Attendance.HELD, 60) for number in range(1, 10)))
    ten = replace(nine, meetings=(*nine.meetings, meeting(10)))
    late = moment(ON, 15)
    assert (sessions_left(nine), sessions_left(ten)) == (1, 0)
    assert why_not_plan(nine, planned_at=late, on=ON) == ()
    assert codes(why_not_plan(ten, planned_at=late, on=ON)) == [Because.SESSIONS_USED]


def test_missed_and_cancelled_sessions_do_not_use_the_offer_up() -> None:
    missed = person(meetings=tuple(meeting(number, Attendance.MISSED) for number in range(1, 11)))
    assert sessions_left(missed) == 10


@pytest.mark.parametrize(
    ("held_on", "minutes", "attendance", "because"),
    [
        (ON, 60, Attendance.PLANNED, []),
        (ON, 1, Attendance.PLANNED, []),
        (ON, 0, Attendance.PLANNED, [Because.MINUTES_WRONG]),
        (ON, 241, Attendance.PLANNED, [Because.MINUTES_WRONG]),
        (ON + timedelta(days=1), 60, Attendance.PLANNED, [Because.DAY_TO_COME]),
        (ENTERED - timedelta(days=1), 60, Attendance.PLANNED, [Because.BEFORE_ENTRY]),
        (ON, 60, Attendance.MISSED, [Because.SESSION_SETTLED]),
    ],
)
def test_a_planned_session_is_held_once_on_a_day_gone_by(
    held_on: date, minutes: int, attendance: Attendance, because: list[Because]
) -> None:
    found = why_not_hold(person(), meeting(1, attendance), held_at=moment(held_on), minutes=minutes, on=ON)
    assert codes(found) == because


def test_a_session_held_before_a_stop_may_be_recorded_after_it() -> None:
    stopped = person(stopped_on=ON)
    before = why_not_hold(stopped, meeting(1), held_at=moment(ON - timedelta(days=1)), minutes=60, on=ON)
    after = why_not_hold(stopped, meeting(1), held_at=moment(ON), minutes=60, on=ON)
    assert (codes(before), codes(after)) == ([], [Because.PROGRAMME_STOPPED])


def test_a_session_is_marked_missed_or_cancelled_once() -> None:
    assert why_not_mark(meeting(1), Attendance.MISSED) == ()
    assert why_not_mark(meeting(1), Attendance.CANCELLED) == ()
    assert codes(why_not_mark(meeting(1), Attendance.HELD)) == [Because.ATTENDANCE_WRONG]
    settled = meeting(1, Attendance.HELD, 60)
    assert codes(why_not_mark(settled, Attendance.MISSED)) == [Because.SESSION_SETTLED]


def test_anybody_may_stop_once_whatever_they_are_offered() -> None:
    assert why_not_stop(person(offer=None), on=ON) == ()
    assert codes(why_not_stop(person(stopped_on=ON), on=ON)) == [Because.PROGRAMME_STOPPED]
    assert codes(why_not_stop(person(died_on=ON), on=ON)) == [Because.HAS_DIED]


def test_attendance_is_lost_once_and_only_where_there_was_any() -> None:
    assert why_not_lose_attendance(person(), is_lost=False) == ()
    assert codes(why_not_lose_attendance(person(), is_lost=True)) == [Because.ATTENDANCE_LOST]
    assert codes(why_not_lose_attendance(person(offer=None), is_lost=False)) == [Because.NOT_OFFERED]


@pytest.mark.parametrize(
    ("changes", "on", "is_over"),
    [
        ({}, ON, False),
        ({"worker_id": None}, ON, False),
        ({}, LAST_DAY, False),
        ({}, LAST_DAY + timedelta(days=1), True),
        ({"stopped_on": ON}, ON, True),
        ({"died_on": ON}, ON, True),
    ],
)
def test_a_pair_is_finished_when_the_two_will_not_meet_again(
    changes: dict[str, Any], on: date, is_over: bool
) -> None:
    assert is_finished(person(**changes), on=on) is is_over


@pytest.mark.parametrize(
    ("changes", "on", "because"),
    [
        ({}, ON, []),
        ({}, LAST_DAY, []),
        ({}, LAST_DAY + timedelta(days=1), [Because.SUPPORT_OVER]),
        ({"worker_id": UUID(int=8)}, ON, [Because.NOT_PAIRED]),
        ({"worker_id": None}, ON, [Because.NOT_PAIRED]),
        ({"stopped_on": ON}, ON, [Because.PROGRAMME_STOPPED]),
        ({"died_on": ON}, ON, [Because.HAS_DIED]),
        ({"offer": None}, ON, [Because.NOT_OFFERED]),
    ],
)
def test_a_worker_gives_a_code_to_their_own_person_while_the_two_meet(
    changes: dict[str, Any], on: date, because: list[Because]
) -> None:
    assert codes(why_not_give_code(person(**changes), by=WORKER, on=on)) == because


def test_the_dose_counts_what_was_held() -> None:
    received = dose(
        [
            meeting(3, Attendance.HELD, 55),
            meeting(1, Attendance.HELD, 60),
            meeting(2, Attendance.MISSED),
            meeting(4, Attendance.CANCELLED),
            meeting(5),
        ]
    )
    assert (received.held_count, received.missed_count, received.minutes) == (2, 1, 115)
    assert (received.first_on, received.last_on) == (date(2014, 6, 9), date(2014, 6, 23))


def test_three_sessions_are_enough_and_unknown_is_not_nought() -> None:
    held = [meeting(number, Attendance.HELD, 60) for number in (1, 2, 3)]
    assert is_adherent(dose(held), under=OFFER) is True
    assert is_adherent(dose(held[:2]), under=OFFER) is False
    assert is_adherent(dose([]), under=OFFER) is False
    assert is_adherent(UNKNOWN_DOSE, under=OFFER) is None


def test_the_next_session_is_the_soonest_planned_from_today() -> None:
    sessions = (meeting(2), meeting(9), meeting(5), meeting(4, Attendance.CANCELLED))
    assert next_due(person(meetings=sessions), on=ON) == meeting(5).planned_at
    assert next_due(person(), on=ON) is None


@pytest.mark.parametrize(
    ("serious", "could_be_related", "is_judged", "because"),
    [
        ("yes", True, False, []),
        ("before", True, False, []),
        ("no", True, False, [Because.NOT_SERIOUS]),
        ("yes", None, False, [Because.NOT_REVIEWED]),
        ("before", None, False, [Because.NOT_REVIEWED]),
        ("yes", False, False, [Because.NOT_RELATED]),
        ("yes", True, True, [Because.ALREADY_REVIEWED]),
        ("before", True, True, [Because.ALREADY_REVIEWED]),
    ],
)
def test_relatedness_is_judged_only_after_a_masked_reviewer_said_it_could_be(
    serious: str, could_be_related: bool | None, is_judged: bool, because: list[Because]
) -> None:
    event = EventFacts(
        id=UUID(int=1),
        registration_id=UUID(int=2),
        study_number="HR-00001-A",
        team_code="team_1",
        event_number=1,
        onset_on=ON,
        aware_on=ON,
        kind="other",
        seriousness=(Seriousness.HOSPITAL_STAY,) if serious == "yes" else (),
        is_expected=False,
        how_found=HowFound.STAFF,
        could_be_related=could_be_related,
        is_downgraded=serious == "before",
    )
    assert codes(why_not_judge(event, is_judged=is_judged)) == because
    assert awaits_judgement(event, is_judged=is_judged) is (not because)
