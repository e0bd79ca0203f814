"""When the data may be locked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handrail.domain.lock import Readiness, why_not_freeze
from handrail.domain.words import Because

READY = Readiness(
    target="lock-1",
    is_target_taken=False,
    is_recipient_right=True,
    entered_count=441,
    linked_count=441,
    is_same_definition=True,
    is_link_fresh=True,
    undecided_count=0,
    drawn_count=441,
)


def test_all_in_order_is_locked() -> None:
    assert why_not_freeze(READY) == ()


@pytest.mark.parametrize(
    ("changes", "because", "about"),
    [
        ({"is_target_taken": True}, Because.LOCK_EXISTS, "lock-1"),
        ({"is_recipient_right": False}, Because.RECIPIENT_WRONG, ""),
        ({"linked_count": 440}, Because.NOT_LINKED, "1"),
        ({"drawn_count": 439}, Because.ARM_UNKNOWN, "2"),
        ({"unproved_draws": ("HR-00001-A", "HR-00002-B")}, Because.DRAW_CHANGED, "HR-00001-A, HR-00002-B"),
        ({"is_same_definition": False}, Because.LINKED_BY_ANOTHER_RULE, ""),
        ({"is_link_fresh": False}, Because.LINK_IS_STALE, ""),
        ({"undecided_count": 3}, Because.UNDECIDED, "3"),
        ({"entered_count": 0, "linked_count": 0, "drawn_count": 0}, Because.NOBODY_ENTERED, ""),
    ],
)
def test_each_thing_in_the_way_is_named(changes: dict[str, Any], because: Because, about: str) -> None:
    (reason,) = why_not_freeze(replace(READY, **changes))
    assert (reason.code, reason.about) == (because, about)


def test_every_thing_in_the_way_is_named_at_once() -> None:
    worst = replace(READY, is_target_taken=True, is_recipient_right=False, linked_count=1, undecided_count=2)
    assert len(why_not_freeze(worst)) == 4
