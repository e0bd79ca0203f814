"""The workbook by post: when it may be ordered, posted and recorded as come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.post import (
    Addressee,
    Parcel,
    due_on,
    is_late,
    why_not_order,
    why_not_return,
    why_not_send,
)
from handrail.domain.protocol import WorkbookOffer
from handrail.domain.protocol_words import WorkbookRoute
from handrail.domain.refusal import Reasons
from handrail.domain.words import Because, Posting

OFFER = WorkbookOffer(WorkbookRoute.POST, is_online=False, post_within_working_days=5)
WITH_WORKER = replace(OFFER, route=WorkbookRoute.WITH_PEER_WORKER)
ON = date(2014, 6, 6)  # a Friday
DAY = timedelta(days=1)


def parcel(state: Posting = Posting.ORDERED, **changes: Any) -> Parcel:
    posted_on = None if state is Posting.ORDERED else ON
    made = Parcel(UUID(int=1), "HR-00001-A", state, ON, ON + 7 * DAY, posted_on, None)
    return replace(made, **changes)


def person(**changes: Any) -> Addressee:
    made = Addressee(UUID(int=1), "HR-00001-A", ON, OFFER, None, None, has_address=True, parcel=None)
    return replace(made, **changes)


def codes(reasons: Reasons) -> list[Because]:
    return [reason.code for reason in reasons]


def test_five_working_days_from_a_friday_is_the_next_friday() -> None:
    assert due_on(ON, under=OFFER) == date(2014, 6, 13)


def test_a_bank_holiday_moves_the_day() -> None:
    assert due_on(ON, under=OFFER, holidays=frozenset({date(2014, 6, 9)})) == date(2014, 6, 16)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({}, []),
        ({"offer": None}, [Because.NOT_OFFERED]),
        ({"offer": WITH_WORKER}, [Because.NOT_OFFERED]),
        ({"died_on": ON}, [Because.HAS_DIED]),
        ({"stopped_on": ON}, [Because.PROGRAMME_STOPPED]),
        ({"parcel": parcel()}, [Because.ALREADY_ORDERED]),
    ],
)
def test_a_workbook_is_ordered_once_where_the_arm_posts_one(
    changes: dict[str, Any], because: list[Because]
) -> None:
    assert codes(why_not_order(person(**changes), on=ON)) == because


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({}, []),
        ({"parcel": None}, [Because.NOT_OFFERED]),
        ({"parcel": parcel(Posting.POSTED)}, [Because.ALREADY_POSTED]),
        ({"parcel": parcel(Posting.RETURNED)}, [Because.ALREADY_POSTED]),
        ({"died_on": ON}, [Because.HAS_DIED]),
        ({"died_on": ON + DAY}, []),
        ({"stopped_on": ON}, [Because.PROGRAMME_STOPPED]),
        ({"has_address": False}, [Because.NO_ADDRESS]),
        ({"is_post_safe": False}, [Because.POST_NOT_SAFE]),
    ],
)
def test_nothing_is_posted_twice_to_nobody_or_to_a_bereaved_family(
    changes: dict[str, Any], because: list[Because]
) -> None:
    assert codes(why_not_send(person(**{"parcel": parcel(), **changes}), on=ON)) == because


@pytest.mark.parametrize(
    ("found", "returned_on", "because"),
    [
        (parcel(Posting.POSTED), ON, []),
        (parcel(Posting.POSTED), ON - DAY, [Because.DATES_SWAPPED]),
        (parcel(Posting.POSTED), ON + DAY, [Because.DAY_TO_COME]),
        (parcel(), ON, [Because.NOT_POSTED]),
        (parcel(Posting.RETURNED), ON, [Because.NOT_POSTED]),
        (None, ON, [Because.NOT_POSTED]),
    ],
)
def test_a_posted_workbook_comes_back_once(
    found: Parcel | None, returned_on: date, because: list[Because]
) -> None:
    assert codes(why_not_return(found, returned_on=returned_on, on=ON)) == because


def test_a_workbook_is_late_from_the_day_after_it_was_due() -> None:
    assert not is_late(parcel(), on=ON + 7 * DAY)
    assert is_late(parcel(), on=ON + 8 * DAY)
    assert not is_late(parcel(Posting.POSTED), on=ON + 30 * DAY)
    assert is_late(parcel(Posting.POSTED, posted_on=ON + 8 * DAY), on=ON + 30 * DAY)
