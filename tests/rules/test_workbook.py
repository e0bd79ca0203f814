"""The online workbook: who may open it, what may be written, and what is written."""

from __future__ import annotations

import pytest

from handrail.domain.protocol import Protocol
from handrail.domain.words import Because
from handrail.domain.workbook import (
    LONGEST_WORDS,
    Field,
    Part,
    Writer,
    is_online,
    progress,
    why_not_open,
    why_not_write,
)

FIRST = Part("first", 1, "First", "", "0.1", "CC BY 4.0", (Field("a", "A?", ""), Field("b", "B?", "")))
SECOND = Part("second", 2, "Second", "", "0.1", "CC BY 4.0", (Field("a", "A?", ""),))
PARTS = (SECOND, FIRST)


def test_only_an_arm_that_offers_it_opens_the_online_workbook(core: Protocol) -> None:
    opened = [arm for arm in core.arms if is_online(arm.workbook)]
    assert [arm.peer_sessions is not None for arm in opened] == [True]
    closed = [why_not_open(Writer(arm.workbook)) for arm in core.arms if arm not in opened]
    assert [[reason.code for reason in reasons] for reasons in closed] == [[Because.NOT_OFFERED]]
    assert [reason.code for reason in why_not_open(Writer(None))] == [Because.NOT_OFFERED]


@pytest.mark.parametrize(
    ("part", "field", "words", "because"),
    [
        ("first", "b", "A few words.", []),
        ("first", "b", "", []),
        ("first", "b", "x" * LONGEST_WORDS, []),
        ("first", "b", "x" * (LONGEST_WORDS + 1), [Because.TEXT_TOO_LONG]),
        ("second", "b", "x", [Because.PAGE_UNKNOWN]),
        ("third", "a", "x", [Because.PAGE_UNKNOWN]),
    ],
)
def test_words_go_on_a_page_that_exists(
    core: Protocol, part: str, field: str, words: str, because: list[Because]
) -> None:
    offer = next(arm.workbook for arm in core.arms if is_online(arm.workbook))
    found = why_not_write(Writer(offer), PARTS, part, field, words)
    assert [reason.code for reason in found] == because


def test_what_is_written_is_told_part_by_part_in_the_order_of_the_book() -> None:
    found = progress(PARTS, {("first", "b"), ("second", "a"), ("gone", "z")})
    assert [(one.part, one.field_codes) for one in found] == [("first", ("b",)), ("second", ("a",))]
