"""Adverse events: what is serious, what was expected, and by when somebody must be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.protocol import Protocol
from handrail.domain.refusal import Reasons
from handrail.domain.safety import (
    LONGEST_NARRATIVE,
    EventFacts,
    HowFound,
    NewEvent,
    awaits_review,
    deadlines,
    is_expected,
    kinds,
    possible_twins,
    soonest_deadlines,
    why_not_correct,
    why_not_record,
    why_not_review,
)
from handrail.domain.words import Because, Seriousness

REGISTERED = date(2014, 6, 2)
ON = date(2014, 7, 4)  # a Friday
DAY = timedelta(days=1)


def new(**changes: Any) -> NewEvent:
    made = NewEvent(
        onset_on=ON - 2 * DAY,
        aware_on=ON,
        kind="psychiatric_admission",
        seriousness=frozenset({Seriousness.HOSPITAL_STAY}),
        how_found=HowFound.STAFF,
    )
    return replace(made, **changes)


def kept(**changes: Any) -> EventFacts:
    made = EventFacts(
        id=UUID(int=1),
        registration_id=UUID(int=2),
        study_number="HR-00001-A",
        team_code="team_1",
        event_number=1,
        onset_on=ON - 2 * DAY,
        aware_on=ON,
        kind="psychiatric_admission",
        seriousness=(Seriousness.HOSPITAL_STAY,),
        is_expected=True,
        how_found=HowFound.STAFF,
        could_be_related=None,
    )
    return replace(made, **changes)


def codes(reasons: Reasons) -> list[Because]:
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({}, []),
        ({"kind": "other"}, []),
        ({"seriousness": frozenset()}, []),
        ({"onset_on": REGISTERED}, []),
        ({"kind": "alien_abduction"}, [Because.EVENT_KIND_UNKNOWN]),
        ({"onset_on": REGISTERED - DAY}, [Because.BEFORE_CONSENT]),
        ({"aware_on": ON - 3 * DAY}, [Because.DATES_SWAPPED]),
        ({"aware_on": ON + DAY}, [Because.DAY_TO_COME]),
        ({"onset_on": ON + DAY, "aware_on": ON + DAY}, [Because.DAY_TO_COME] * 2),
        ({"narrative": "x" * (LONGEST_NARRATIVE + 1)}, [Because.TEXT_TOO_LONG]),
    ],
)
def test_an_event_is_recorded_unless_its_dates_or_kind_are_wrong(
    core: Protocol, changes: dict[str, Any], because: list[Because]
) -> None:
    found = why_not_record(new(**changes), registered_on=REGISTERED, under=core.safety, on=ON)
    assert codes(found) == because


def test_an_admission_is_expected_and_anything_unlisted_is_not(core: Protocol) -> None:
    assert is_expected("psychiatric_admission", under=core.safety)
    assert not is_expected("other", under=core.safety)
    assert kinds(core.safety)[-1][0] == "other"


def test_a_serious_event_starts_every_clock_from_the_day_the_team_knew(core: Protocol) -> None:
    found = {one.code: (one.due_on, one.is_working_days) for one in deadlines(kept(), under=core.safety)}
    assert found == {
        "sponsor": (date(2014, 7, 7), True),  # one working day: Monday
        "urgent_measures": (date(2014, 7, 7), False),
        "ethics_committee": (date(2014, 7, 19), False),  # 15 days on the calendar
    }


def test_a_bank_holiday_moves_only_clocks_of_working_days(core: Protocol) -> None:
    monday = frozenset({date(2014, 7, 7)})
    found = {one.code: one.due_on for one in deadlines(kept(), under=core.safety, holidays=monday)}
    assert (found["sponsor"], found["urgent_measures"]) == (date(2014, 7, 8), date(2014, 7, 7))


def test_an_event_that_is_not_serious_starts_no_clock(core: Protocol) -> None:
    assert deadlines(kept(seriousness=()), under=core.safety) == ()


def test_a_clock_is_overdue_from_the_day_after(core: Protocol) -> None:
    first = deadlines(kept(), under=core.safety)[0]
    assert not first.is_overdue(first.due_on)
    assert first.is_overdue(first.due_on + DAY)


def test_the_events_whose_clock_runs_out_first_come_first_and_those_not_serious_have_none(
    core: Protocol,
) -> None:
    late, soon = kept(id=UUID(int=8)), kept(id=UUID(int=9), aware_on=ON - 3 * DAY)
    found = soonest_deadlines([late, kept(id=UUID(int=7), seriousness=()), soon], under=core.safety)
    assert [(key.int, one.code, one.due_on) for key, one in found.items()] == [
        (9, "sponsor", date(2014, 7, 2)),
        (8, "sponsor", date(2014, 7, 7)),
    ]


def test_only_a_serious_event_is_reviewed_and_only_once() -> None:
    assert why_not_review(kept()) == ()
    assert codes(why_not_review(kept(seriousness=()))) == [Because.NOT_SERIOUS]
    assert codes(why_not_review(kept(could_be_related=False))) == [Because.ALREADY_REVIEWED]


def test_an_event_that_was_corrected_is_not_corrected_again_nor_for_nothing() -> None:
    assert why_not_correct(is_superseded=False, is_same=False) == ()
    assert codes(why_not_correct(is_superseded=True, is_same=False)) == [Because.ALREADY_CORRECTED]
    assert codes(why_not_correct(is_superseded=False, is_same=True)) == [Because.NOTHING_DIFFERS]


def test_a_correction_alone_neither_starts_clocks_again_nor_stops_them(core: Protocol) -> None:
    first = deadlines(kept(), under=core.safety)
    assert first != deadlines(kept(aware_on=ON + DAY), under=core.safety)
    assert deadlines(kept(aware_on=ON + DAY, first_aware_on=ON), under=core.safety) == first
    milder = kept(seriousness=(), is_downgraded=True)
    assert deadlines(milder, under=core.safety) == first
    assert (awaits_review(milder), why_not_review(milder)) == (True, ())
    assert not awaits_review(replace(milder, could_be_related=False))


def test_the_same_kind_within_three_days_may_be_the_same_event_heard_of_twice() -> None:
    near, far = kept(onset_on=ON + DAY), kept(onset_on=ON + 2 * DAY)
    other = kept(kind="other")
    assert possible_twins(new(), [near, far, other]) == (near,)


def test_how_an_event_was_found_never_says_peer_worker() -> None:
    assert not any("peer" in word.value or "peer" in word.sentence.lower() for word in HowFound)
