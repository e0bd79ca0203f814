"""Adverse events: what is serious, what was expected, and what waits for a masked reviewer."""

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
    is_expected,
    kinds,
    possible_twins,
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


def test_only_a_serious_event_is_reviewed_and_only_once() -> None:
    assert why_not_review(kept()) == ()
    assert codes(why_not_review(kept(seriousness=()))) == [Because.NOT_SERIOUS]
    assert codes(why_not_review(kept(could_be_related=False))) == [Because.ALREADY_REVIEWED]


def test_an_event_that_was_corrected_is_not_corrected_again_nor_for_nothing() -> None:
    assert why_not_correct(is_superseded=False, is_same=False) == ()
    assert codes(why_not_correct(is_superseded=True, is_same=False)) == [Because.ALREADY_CORRECTED]
    assert codes(why_not_correct(is_superseded=False, is_same=True)) == [Because.NOTHING_DIFFERS]


def test_an_event_that_was_serious_waits_for_its_reviewer_although_it_is_called_serious_no_more() -> None:
    milder = kept(seriousness=(), is_downgraded=True, was_serious=True)
    assert (awaits_review(milder), why_not_review(milder)) == (True, ())
    assert not awaits_review(replace(milder, could_be_related=False))
    assert (milder.has_been_serious, kept(seriousness=()).has_been_serious) == (True, False)


def test_the_same_kind_within_three_days_may_be_the_same_event_heard_of_twice() -> None:
    near, far = kept(onset_on=ON + DAY), kept(onset_on=ON + 2 * DAY)
    other = kept(kind="other")
    assert possible_twins(new(), [near, far, other]) == (near,)


def test_how_an_event_was_found_never_says_peer_worker() -> None:
    assert not any("peer" in word.value or "peer" in word.sentence.lower() for word in HowFound)
