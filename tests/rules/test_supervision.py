"""When time with a supervisor is due; what is said of a worker's week, and refuses nothing."""

from __future__ import annotations

from datetime import date, timedelta

from handrail.domain.supervision import (
    Due,
    SupervisionKind,
    Talk,
    Training,
    due,
    told_to_worker,
    training_missing,
    why_not_log,
    why_not_train,
)
from handrail.domain.words import Because, Role

SINCE = date(2014, 3, 3)
CASE, GROUP, AFTER = SupervisionKind.CASE, SupervisionKind.GROUP, SupervisionKind.AFTER_HARM


def case(held_on: date, next_on: date | None = None) -> Talk:
    return Talk(CASE, held_on, next_on=next_on)


def due_on(kind: SupervisionKind, *talks: Talk) -> date:
    (found,) = (one.due_on for one in due(talks, since=SINCE) if one.kind is kind)
    return found


def test_supervision_is_weekly_for_three_months_then_fortnightly_and_the_group_monthly() -> None:
    assert due_on(CASE) == date(2014, 3, 10)
    assert due_on(CASE, case(date(2014, 6, 2))) == date(2014, 6, 9)
    assert due_on(CASE, case(date(2014, 6, 3))) == date(2014, 6, 17)
    assert due_on(GROUP, case(date(2014, 6, 3))) == date(2014, 4, 3)
    assert due_on(GROUP, Talk(GROUP, date(2014, 4, 1))) == date(2014, 5, 1)


def test_a_day_that_the_two_agreed_stands_in_place_of_the_rhythm() -> None:
    agreed = case(date(2014, 3, 10), next_on=date(2014, 3, 28))
    assert due_on(CASE, agreed, case(date(2014, 3, 5))) == date(2014, 3, 28)


def test_a_death_asks_for_a_talk_within_two_working_days_until_there_was_one() -> None:
    friday = date(2014, 5, 9)
    asked = Due(AFTER, date(2014, 5, 13))
    assert asked in due((), since=SINCE, deaths=[friday])
    assert asked in due([Talk(AFTER, friday - timedelta(days=1))], since=SINCE, deaths=[friday])
    assert asked not in due([Talk(AFTER, friday)], since=SINCE, deaths=[friday])


def test_the_supervisor_is_prompted_a_week_before_the_worker() -> None:
    one = Due(CASE, date(2014, 3, 10))
    assert [one.is_overdue(date(2014, 3, day)) for day in (10, 11)] == [False, True]
    told = [told_to_worker([one], on=date(2014, 3, day)) for day in (17, 18)]
    assert told == [(), (one,)]


def test_a_talk_is_logged_once_it_was_held_with_a_peer_worker_and_the_next_comes_later() -> None:
    on = date(2014, 3, 10)

    def codes(talk: Talk, role: Role = Role.PEER_WORKER) -> list[Because]:
        return [reason.code for reason in why_not_log(talk, role=role, on=on)]

    assert codes(case(on, next_on=on + timedelta(days=1))) == []
    assert codes(case(on + timedelta(days=1))) == [Because.DAY_TO_COME]
    assert codes(case(on, next_on=on)) == [Because.DATES_SWAPPED]
    assert codes(case(on), Role.RESEARCHER) == [Because.NOT_A_PEER_WORKER]


def test_training_is_complete_after_the_five_days_and_a_day_is_recorded_once() -> None:
    five = [Training(f"day_{number}") for number in range(1, 6)]
    assert training_missing(five) == ()
    assert training_missing([*five[:3], Training.TOP_UP_1]) == (Training.DAY_4, Training.DAY_5)
    on = date(2014, 3, 10)
    for what, because in ((Training.DAY_5, []), (Training.DAY_1, [Because.ON_RECORD])):
        reasons = why_not_train(what, five[:4], role=Role.PEER_WORKER, day=on, on=on)
        assert [reason.code for reason in reasons] == because
