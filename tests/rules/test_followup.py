"""When interviews fall due, what may be recorded, and what the answers add up to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.followup import (
    Characteristics,
    Followed,
    due_list,
    is_in_window,
    score,
    why_not_book,
    why_not_miss,
    why_not_record,
    why_not_record_baseline,
    window,
)
from handrail.domain.protocol import Instrument, Protocol
from handrail.domain.refusal import Reasons
from handrail.domain.words import Because, InterviewState

ENTERED = date(2014, 6, 2)
IN_WINDOW = date(2014, 10, 2)
DAY = timedelta(days=1)
SAID = Characteristics("woman", "black", "independent", is_first_crisis=None)
SCALE = Instrument("scale", "Scale", 3, 1, 4, (2,), True, "")


def person(**changes: Any) -> Followed:
    made = Followed(
        registration_id=UUID(int=1),
        study_number="HR-00001-A",
        team_code="team_1",
        registered_on=ENTERED - DAY,
        entered_on=ENTERED,
        died_on=None,
        allows_interviews=True,
    )
    return replace(made, **changes)


def codes(reasons: Reasons) -> list[Because]:
    return [reason.code for reason in reasons]


def test_the_window_runs_from_calendar_months_after_entry(core: Protocol) -> None:
    found = window(ENTERED, core.schedule.point("month_4"))
    assert (found.opens_on, found.target_on, found.closes_on) == (
        date(2014, 9, 18),  # 14 days before
        date(2014, 10, 2),
        date(2014, 11, 13),  # 42 days after
    )


def test_a_month_without_that_day_ends_on_its_last_day(core: Protocol) -> None:
    assert window(date(2014, 10, 31), core.schedule.point("month_4")).target_on == date(2015, 2, 28)


@pytest.mark.parametrize(
    ("on", "days_left"),
    [
        (date(2014, 9, 17), None),
        (date(2014, 9, 18), 56),
        (date(2014, 11, 13), 0),
        (date(2014, 11, 14), -1),
    ],
)
def test_an_interview_is_due_from_the_day_its_window_opens(
    core: Protocol, on: date, days_left: int | None
) -> None:
    due = due_list([person()], under=core.schedule, on=on)
    assert [one.days_left for one in due] == ([] if days_left is None else [days_left])
    assert [one.point for one in due if one.is_overdue] == (["month_4"] if days_left == -1 else [])


@pytest.mark.parametrize(
    "changes",
    [
        {"entered_on": None},
        {"died_on": IN_WINDOW},
        {"allows_interviews": False},
        {"states": {"month_4": InterviewState.DONE}},
        {"states": {"month_4": InterviewState.MISSED}},
    ],
)
def test_nobody_is_chased_who_has_not_entered_died_withdrew_or_is_done(
    core: Protocol, changes: dict[str, Any]
) -> None:
    assert due_list([person()], under=core.schedule, on=IN_WINDOW)
    assert due_list([person(**changes)], under=core.schedule, on=IN_WINDOW) == ()


def test_a_booked_interview_is_still_due(core: Protocol) -> None:
    booked = person(states={"month_4": InterviewState.BOOKED})
    (due,) = due_list([booked], under=core.schedule, on=IN_WINDOW)
    assert due.state is InterviewState.BOOKED


def test_the_soonest_to_close_comes_first(core: Protocol) -> None:
    early = person(study_number="HR-00002-B", entered_on=ENTERED - 7 * DAY)
    due = due_list([person(), early], under=core.schedule, on=IN_WINDOW)
    assert [one.study_number for one in due] == ["HR-00002-B", "HR-00001-A"]


def refusals_to_book(
    core: Protocol, *, point: str = "month_4", planned: int = 1, **changes: Any
) -> list[Because]:
    day = IN_WINDOW + planned * DAY
    return codes(why_not_book(person(**changes), point, planned_on=day, under=core.schedule, on=IN_WINDOW))


def test_an_interview_can_be_booked_for_today_or_later(core: Protocol) -> None:
    assert refusals_to_book(core, planned=0) == refusals_to_book(core, planned=30) == []


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"planned": -1}, Because.DAY_GONE),
        ({"point": "month_5"}, Because.POINT_UNKNOWN),
        ({"point": "baseline"}, Because.POINT_UNKNOWN),
        ({"point": "records_12"}, Because.POINT_UNKNOWN),
        ({"entered_on": None}, Because.NOT_ENTERED),
        ({"died_on": IN_WINDOW}, Because.HAS_DIED),
        ({"allows_interviews": False}, Because.INTERVIEWS_CLOSED),
        ({"states": {"month_4": InterviewState.DONE}}, Because.INTERVIEW_DONE),
    ],
)
def test_each_reason_not_to_book_is_named(core: Protocol, changes: dict[str, Any], because: Because) -> None:
    assert refusals_to_book(core, **changes) == [because]


def refusals_to_record(
    core: Protocol, responses: dict[str, Any] | None = None, *, held: int = 0, **changes: Any
) -> Reasons:
    return why_not_record(
        person(**changes),
        "month_4",
        {"lsns_6": [0, 5, None, 1, 2, 3]} if responses is None else responses,
        held_on=IN_WINDOW + held * DAY,
        under=core.schedule,
        on=IN_WINDOW,
    )


def test_answers_may_be_recorded_with_blanks(core: Protocol) -> None:
    assert refusals_to_record(core) == ()


def test_an_interview_far_outside_its_window_is_kept(core: Protocol) -> None:
    assert refusals_to_record(core, held=-100) == ()
    month_4 = core.schedule.point("month_4")
    assert is_in_window(ENTERED, month_4, on=IN_WINDOW - 100 * DAY) is False
    assert is_in_window(ENTERED, month_4, on=IN_WINDOW) is True
    assert is_in_window(None, month_4, on=IN_WINDOW) is None


def test_an_interview_held_before_a_death_may_be_recorded_after_it(core: Protocol) -> None:
    assert refusals_to_record(core, held=-2, died_on=IN_WINDOW - DAY) == ()
    assert codes(refusals_to_record(core, held=0, died_on=IN_WINDOW - DAY)) == [Because.HAS_DIED]


def test_an_interview_is_not_held_in_the_future_or_before_entry(core: Protocol) -> None:
    assert codes(refusals_to_record(core, held=1)) == [Because.DAY_TO_COME]
    assert codes(refusals_to_record(core, held=-123)) == [Because.BEFORE_ENTRY]


def test_every_answer_out_of_range_is_named_by_its_item(core: Protocol) -> None:
    reasons = refusals_to_record(core, {"lsns_6": [6, 0, -1, 0, 0, 5]})
    assert codes(reasons) == [Because.ANSWER_OUT_OF_RANGE] * 2
    assert "item 1: 6 is not from 0 to 5" in reasons[0].sentence
    assert "item 3: -1 is not from 0 to 5" in reasons[1].sentence


def test_a_questionnaire_of_another_length_or_another_point_is_refused(core: Protocol) -> None:
    short = refusals_to_record(core, {"lsns_6": [1, 2, 3]})
    assert "has 6 items, and 3 were given" in short[0].sentence
    assert codes(refusals_to_record(core, {"bprs": [1]})) == [Because.INSTRUMENT_UNKNOWN]


def test_an_interview_recorded_as_missed_may_still_be_held(core: Protocol) -> None:
    missed = {"states": {"month_4": InterviewState.MISSED}}
    assert refusals_to_record(core, **missed) == ()
    again = why_not_miss(person(**missed), "month_4", under=core.schedule, on=IN_WINDOW)
    assert codes(again) == [Because.INTERVIEW_MISSED]
    assert why_not_miss(person(), "month_4", under=core.schedule, on=IN_WINDOW) == ()


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"entered_on": ENTERED}, Because.ALREADY_IN_TRIAL),
        ({"states": {"baseline": InterviewState.DONE}}, Because.INTERVIEW_DONE),
        ({"died_on": ENTERED}, Because.HAS_DIED),
        ({"allows_interviews": False}, Because.INTERVIEWS_CLOSED),
    ],
)
def test_a_baseline_comes_before_entry_and_once(
    core: Protocol, changes: dict[str, Any], because: Because
) -> None:
    before = person(entered_on=None)
    allowed = why_not_record_baseline(before, SAID, {}, under=core.schedule, on=ENTERED)
    refused = why_not_record_baseline(replace(before, **changes), SAID, {}, under=core.schedule, on=ENTERED)
    assert (allowed, codes(refused)) == ((), [because])


@pytest.mark.parametrize("field", ["gender", "ethnic_group", "housing"])
def test_what_a_person_says_of_themselves_is_a_known_word_or_nothing(core: Protocol, field: str) -> None:
    before = person(entered_on=None)
    blank, free = replace(SAID, **{field: ""}), replace(SAID, **{field: "=SUM(A1)"})
    assert why_not_record_baseline(before, blank, {}, under=core.schedule, on=ENTERED) == ()
    refused = why_not_record_baseline(before, free, {}, under=core.schedule, on=ENTERED)
    assert codes(refused) == [Because.WORD_UNKNOWN]


def test_a_reversed_item_is_turned_over_within_its_range() -> None:
    assert score(SCALE, [4, 1, 2]).total == 4 + (5 - 1) + 2


def test_there_is_no_total_unless_every_item_is_answered() -> None:
    assert (score(SCALE, [4, None, 2]).answered_count, score(SCALE, [4, None, 2]).total) == (2, None)
    assert (score(SCALE, [None] * 3).answered_count, score(SCALE, [None] * 3).total) == (0, None)
