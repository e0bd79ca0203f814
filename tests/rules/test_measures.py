"""How far people got in the programme: who is counted, in which steps, and what is not known stands apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handrail.domain.measures import (
    NOT_KNOWN,
    WITHIN,
    Course,
    Step,
    days_to_first_meeting,
    divisions,
    is_counted,
    last_quarter_end,
    steps_of,
    why_not_release,
)
from handrail.domain.protocol import PeerSessions
from handrail.domain.words import Because

AS_OF = date(2026, 9, 30)
OFFER = PeerSessions(maximum_count=10, minutes=60, within_months=4, adherent_count=3)
REFERRED = Course("team_1", date(2026, 1, 5), date(1980, 5, 5), "woman", "white", date(2026, 1, 12))
MET = replace(
    REFERRED,
    offered_on=date(2026, 1, 19),
    offer=OFFER,
    has_planned=True,
    held_count=10,
    first_met_on=date(2026, 1, 26),
    has_ended=True,
    finished_on=date(2026, 5, 19),
)
AFTER_FIRST = {Step.MET_ALL, Step.MET_6, Step.MET_3}


def test_somebody_who_met_ten_times_reached_every_step_but_the_two_of_not_knowing() -> None:
    assert steps_of(MET, as_of=AS_OF) == set(Step) - {Step.NOT_TOLD, Step.GOING_ON}


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        ({"offered_on": date(2026, 1, 20)}, {Step.OFFERED_PROMPTLY}, set()),
        ({"discharged_on": None}, {Step.OFFERED_PROMPTLY}, set()),
        ({"held_count": 9}, {Step.MET_ALL}, set()),
        ({"held_count": 5}, {Step.MET_ALL, Step.MET_6}, set()),
        ({"held_count": 2}, AFTER_FIRST, set()),
        ({"held_count": 0}, AFTER_FIRST | {Step.MET, Step.ENDED}, set()),
        ({"held_count": None}, AFTER_FIRST | {Step.MET, Step.ENDED}, {Step.NOT_TOLD}),
        ({"has_ended": False}, {Step.ENDED}, set()),
        ({"finished_on": date(2026, 10, 1)}, set(), {Step.GOING_ON}),
        ({"offer": None}, set(Step) - {Step.REFERRED, Step.NOT_TOLD, Step.GOING_ON}, set()),
    ],
)
def test_each_step_needs_its_own_fact(change: Any, gone: set[Step], come: set[Step]) -> None:
    assert steps_of(replace(MET, **change), as_of=AS_OF) == (steps_of(MET, as_of=AS_OF) - gone) | come


@pytest.mark.parametrize("held_count", [None, 0, 1, 4, 7, 10])
def test_every_step_that_somebody_reached_is_within_another_that_they_reached(held_count: int | None) -> None:
    reached = steps_of(replace(MET, held_count=held_count), as_of=AS_OF)
    assert all(WITHIN[step] in {*reached, None} for step in reached)


def test_only_who_was_referred_long_enough_ago_is_counted() -> None:
    last = date(2026, 3, 30)
    assert is_counted(replace(MET, referred_on=last), as_of=AS_OF, within_months=4)
    assert not is_counted(replace(MET, referred_on=date(2026, 3, 31)), as_of=AS_OF, within_months=4)


@pytest.mark.parametrize(
    ("on", "end"),
    [
        (date(2026, 11, 23), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 9, 30)),
        (date(2026, 9, 30), date(2026, 6, 30)),
        (date(2026, 1, 1), date(2025, 12, 31)),
    ],
)
def test_figures_are_as_of_the_last_whole_quarter(on: date, end: date) -> None:
    assert last_quarter_end(on) == end


def test_who_did_not_say_is_a_group_of_their_own_in_every_division() -> None:
    unknown = replace(MET, gender="", ethnic_group="", born_on=None)
    made = divisions([MET, unknown], teams={"team_1": "North", "team_2": "South"}, as_of=AS_OF)
    first = {one.title: dict(zip(one.groups, one.counts[0], strict=True)) for one in made}
    assert first["Team"] == {"North": 2, "South": 0}
    for title, group in {"Age when referred": "45 to 64", "Gender": "Woman", "Ethnic group": "White"}.items():
        assert (first[title][group], first[title][NOT_KNOWN], sum(first[title].values())) == (1, 1, 2)


def test_a_median_of_too_few_people_is_none() -> None:
    assert days_to_first_meeting([MET] * 10) == 14
    assert days_to_first_meeting([MET] * 9) is None
    assert days_to_first_meeting([MET] * 9 + [REFERRED]) is None


def test_figures_are_made_after_the_lock_and_once() -> None:
    asked: dict[str, Any] = {"as_of": AS_OF, "latest_on": None, "is_locked": True}
    assert why_not_release(**asked) == ()
    early = why_not_release(**(asked | {"is_locked": False}))
    again = why_not_release(**(asked | {"latest_on": AS_OF}))
    assert [one.code for one in (*early, *again)] == [Because.MEASURES_TOO_EARLY, Because.MEASURES_MADE]
