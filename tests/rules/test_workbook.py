"""The online workbook: who may open it, what may be kept, and where each part stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from handrail.domain.protocol import Protocol
from handrail.domain.words import Because
from handrail.domain.workbook import (
    LONGEST_LINE,
    LONGEST_WORDS,
    MOST_CARDS,
    Answer,
    Box,
    Boxes,
    Card,
    Field,
    Paper,
    Part,
    Writer,
    face,
    is_online,
    question_of,
    standing,
    told_of_paper,
    why_not_keep_card,
    why_not_open,
    why_not_write,
)
from handrail.domain.workbook_words import BoxKind, FieldKind, Standing

PICK = Field("pick", "Which?", "", FieldKind.CHOICE, options=("Tea", "Rest"))
HELPS = Field(
    "helps",
    "What helps?",
    "",
    FieldKind.CARDS,
    boxes=(
        Box("what", "What"),
        Box("long", "How long", BoxKind.CHOICE, ("2 minutes", "20 minutes")),
        Box("with", "With", BoxKind.CHOICES, ("Sam", "Jo")),
    ),
)
FIRST = Part(
    "first", 1, "First", "", "1.0", "CC BY 4.0", (Field("a", "A?", ""), Field("b", "B?", ""), PICK, HELPS)
)
SECOND = Part("second", 2, "Second", "", "1.0", "CC BY 4.0", (Field("a", "A?", ""),))
PARTS = (SECOND, FIRST)


def writer(core: Protocol) -> Writer:
    return Writer(next(arm.workbook for arm in core.arms if is_online(arm.workbook)))


def test_only_an_arm_that_offers_it_opens_the_online_workbook(core: Protocol) -> None:
    opened = [arm for arm in core.arms if is_online(arm.workbook)]
    assert [arm.peer_sessions is not None for arm in opened] == [True]
    closed = [why_not_open(Writer(arm.workbook)) for arm in core.arms if arm not in opened]
    assert [[reason.code for reason in reasons] for reasons in closed] == [[Because.NOT_OFFERED]]
    assert [reason.code for reason in why_not_open(Writer(None))] == [Because.NOT_OFFERED]


@pytest.mark.parametrize(
    ("part", "field", "answer", "because"),
    [
        ("first", "b", Answer("A few words."), []),
        ("first", "b", Answer(), []),
        ("first", "b", Answer(is_unsure=True), []),
        ("first", "b", Answer("x" * LONGEST_WORDS), []),
        ("first", "b", Answer("x" * (LONGEST_WORDS + 1)), [Because.TEXT_TOO_LONG]),
        ("first", "b", Answer(chosen=("Tea",)), [Because.NOT_A_CHOICE]),
        ("first", "pick", Answer("and toast", ("Tea", "Rest")), []),
        ("first", "pick", Answer(chosen=("Gin",)), [Because.NOT_A_CHOICE]),
        ("first", "helps", Answer("x"), [Because.PAGE_UNKNOWN]),
        ("first", "helps", Answer(is_unsure=True), []),
        ("first", "helps", Answer(), []),
        ("second", "b", Answer("x"), [Because.PAGE_UNKNOWN]),
        ("third", "a", Answer("x"), [Because.PAGE_UNKNOWN]),
    ],
)
def test_an_answer_goes_under_a_question_that_takes_it(
    core: Protocol, part: str, field: str, answer: Answer, because: list[Because]
) -> None:
    found = why_not_write(writer(core), PARTS, part, field, answer)
    assert [reason.code for reason in found] == because


@pytest.mark.parametrize(
    ("field", "boxes", "others", "because"),
    [
        ("helps", {"what": ("Tea",)}, 0, []),
        ("helps", {"what": ("Tea",), "long": ("2 minutes",), "with": ("Sam", "Jo")}, MOST_CARDS - 1, []),
        ("helps", {"with": ("Sam",)}, 0, [Because.TEXT_MISSING]),
        ("helps", {}, 0, [Because.TEXT_MISSING]),
        ("helps", {"what": ("  ",)}, 0, [Because.TEXT_MISSING]),
        ("helps", {"what": ("Tea",), "when": ("Now",)}, 0, [Because.NOT_A_CHOICE]),
        ("helps", {"what": ("Tea",), "long": ("For ever",)}, 0, [Because.NOT_A_CHOICE]),
        ("helps", {"what": ("Tea", "Rest")}, 0, [Because.NOT_A_CHOICE]),
        ("helps", {"what": ("x" * (LONGEST_LINE + 1),)}, 0, [Because.TEXT_TOO_LONG]),
        ("helps", {"what": ("Tea",)}, MOST_CARDS, [Because.TOO_MANY_CARDS]),
        ("a", {"what": ("Tea",)}, 0, [Because.PAGE_UNKNOWN]),
    ],
)
def test_a_card_goes_under_a_question_that_takes_it(
    core: Protocol, field: str, boxes: Boxes, others: int, because: list[Because]
) -> None:
    found = why_not_keep_card(writer(core), PARTS, "first", field, boxes, others=others)
    assert [reason.code for reason in found] == because


def test_nobody_keeps_a_card_whose_arm_opens_no_workbook() -> None:
    found = why_not_keep_card(Writer(None), PARTS, "first", "helps", {"what": ("Tea",)}, others=0)
    assert [reason.code for reason in found] == [Because.NOT_OFFERED]


def test_the_face_of_a_card_is_the_box_that_the_question_names_or_the_first() -> None:
    card = Card(UUID(int=1), "first", "helps", {"what": ("Tea",), "with": ("Sam", "Jo")})
    assert face(card, HELPS) == "Tea"
    named = Field("goal", "Goal?", "", FieldKind.CARDS, boxes=HELPS.boxes, face="with")
    assert face(card, named) == "Sam, Jo"
    assert face(Card(UUID(int=2), "first", "helps"), HELPS) == ""


def test_a_part_is_done_when_its_writer_says_so_and_started_when_anything_is_kept() -> None:
    assert standing(FIRST, set(), set()) is Standing.NOT_STARTED
    assert standing(FIRST, {("second", "a")}, {"second"}) is Standing.NOT_STARTED
    assert standing(FIRST, {("first", "b")}, set()) is Standing.IN_PROGRESS
    assert standing(FIRST, {("first", "b")}, {"first"}) is Standing.DONE_FOR_NOW


def test_a_question_is_found_by_its_part_and_its_code() -> None:
    assert question_of(PARTS, "first", "pick") is PICK
    assert question_of(PARTS, "second", "pick") is None
    assert question_of(PARTS, "third", "a") is None
    assert HELPS.box("long") is HELPS.boxes[1] and HELPS.box("nothing") is None


@pytest.mark.parametrize(("name", "said"), [("Sam", "typed in with Sam on"), ("", "typed in on")])
def test_what_was_on_paper_first_says_when_it_was_typed_in_and_with_whom(name: str, said: str) -> None:
    paper = Paper(date(2014, 5, 3), name)
    told = (f"From paper, {said} 3 May 2014",)
    assert told_of_paper(Answer("Tea", paper=paper)) == told
    assert told_of_paper(Card(UUID(int=1), "first", "helps", paper=paper)) == told
    assert told_of_paper(Answer("Tea")) == ()
    assert Answer(paper=paper).is_blank
