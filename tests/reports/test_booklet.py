"""The workbook on paper: every question, room to write, black on A4, tagged; blank, large, or filled in."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import pytest

from handrail.domain.plan import Link
from handrail.domain.workbook import Answer, Card
from handrail.exchange import workbook_file
from handrail.reports.booklet import BLANK_CARDS, BLANK_LINES, Booklet, Filling, booklet
from handrail.reports.booklet_pdf import pdf
from tests.reports import pdf_words

PARTS = workbook_file.load()
CRISIS = [("Call 999", "Emergency: ambulance, or go to A&E"), ("Call 116 123", "Samaritans, day and night")]
SAM = Card(UUID(int=1), "people_places", "people", {"who": ("Winnie",), "gives": ("They listen",)})
SIGNS = tuple(
    Card(UUID(int=10 + place), "early_signs", "signs", {"sign": (sign,), "pile": (pile,)})
    for place, (sign, pile) in enumerate((("I stay in", "Like me"), ("I hum all day", "Sometimes")))
)
STEP = Card(UUID(int=2), "plan", "next_step", {"what": ("Ring the gym",)})
FILLING = Filling(
    answers={
        ("recovery", "good_day"): Answer("Sun on the step.\nThe dog asleep."),
        ("recovery", "matters"): Answer("My bike", ("A pet",)),
        ("plan", "when_to_call"): Answer(is_unsure=True),
    },
    cards=(SAM, STEP, *SIGNS),
    links=(Link(UUID(int=9), "people_to_ask", SAM.id, {"telephone": ("020 7946 0001",)}),),
    written="2 June 2014",
)
A4 = (595.28, 841.89)


def made(**changes: Any) -> bytes:
    return pdf(booklet(PARTS, CRISIS, **changes).as_plain())


@pytest.fixture(scope="module")
def blank() -> bytes:
    return made()


@pytest.fixture(scope="module")
def filled() -> bytes:
    return made(filling=FILLING, label="Synthetic people: a demonstration")


def run_together(text: str) -> str:
    return re.sub(r"\s", "", text)


def marks(page: Any) -> list[Any]:
    """What is drawn on a page: operands and operator, one after the other."""
    return list(pikepdf.parse_content_stream(page))


def question(book: Booklet, prompt: str) -> Any:
    return next(one for chapter in book.chapters for one in chapter.questions if one.prompt == prompt)


def test_the_blank_booklet_asks_everything_that_the_screen_asks(blank: bytes) -> None:
    said = "".join(pdf_words.words(BytesIO(blank)))
    for part in PARTS:
        for text in (part.title, part.introduction, part.before, part.after):
            assert run_together(text) in said
        for field in part.fields:
            assert run_together(field.prompt) in said and run_together(field.hint) in said
            assert all(run_together(box.label) in said for box in field.boxes if not field.piles)
            assert all(run_together(sign) in said for signs in field.piles for sign in signs.signs)


def test_each_question_of_the_blank_booklet_has_room_to_answer() -> None:
    for chapter in booklet(PARTS, CRISIS).chapters:
        for one in chapter.questions:
            assert not one.texts and not any(row.text for card in one.cards for row in card)
            assert one.blank_lines >= 2 or len(one.cards) == BLANK_CARDS, one.prompt


def test_numbers_for_a_crisis_stand_on_every_page(blank: bytes) -> None:
    pages = pdf_words.words(BytesIO(blank))
    assert len(pages) > 20
    assert all("Call999" in page and "Call116123" in page for page in pages)


def test_it_is_a4_black_tagged_and_in_british_english(blank: bytes) -> None:
    with pikepdf.open(BytesIO(blank)) as document:
        assert document.Root.MarkInfo.Marked and "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang) == "en-GB"
        assert document.open_metadata()["pdfuaid:part"] == "1"
        for page in document.pages:
            assert [round(float(one), 2) for one in page.MediaBox] == [0, 0, *A4]
            for operands, operator in marks(page):
                if str(operator) in ("sc", "scn", "SC", "SCN", "g", "G", "rg", "RG"):
                    assert all(float(one) == 0 for one in operands), (operator, operands)


def test_large_print_is_larger_and_says_the_same(blank: bytes) -> None:
    large = made(is_large=True)
    pages, ordinary = pdf_words.words(BytesIO(large)), pdf_words.words(BytesIO(blank))
    assert len(pages) > 1.3 * len(ordinary)
    said = "".join(pages)
    assert all(run_together(field.prompt) in said for part in PARTS for field in part.fields)


def test_what_was_written_is_there_with_room_to_carry_on(filled: bytes) -> None:
    said = "".join(pdf_words.words(BytesIO(filled)))
    for text in (
        "Sun on the step.",
        "The dog asleep.",
        "My bike",
        "Winnie",
        "020 7946 0001",
        "I hum all day",
    ):
        assert run_together(text) in said
    assert "upto2June2014" in said and "Syntheticpeople" in said
    book = booklet(PARTS, CRISIS, filling=FILLING)
    day = question(book, "What is in a good day for you?")
    assert day.texts == ("Sun on the step.\nThe dog asleep.",) and 0 < day.blank_lines < BLANK_LINES
    assert len(question(book, "Who is in your life?").cards) == 2  # one filled in, one blank
    assert question(book, "When I will get help fast").texts == ("I am not sure yet",)


def test_ticks_stand_where_they_were_put() -> None:
    book = booklet(PARTS, CRISIS, filling=FILLING)
    picked = [
        text for text, is_ticked in question(book, "What matters most to you just now?").options if is_ticked
    ]
    assert picked == ["A pet"]
    kinds = dict(question(book, "Which of these are like you when things start to slip?").signs)
    assert dict(kinds["With others"])["I stay in"] == "Like me"
    assert kinds["My own"] == (("I hum all day", "Sometimes"),)


def test_the_card_for_a_wallet_holds_people_help_and_the_next_step() -> None:
    wallet = booklet(PARTS, CRISIS, filling=FILLING).wallet
    assert (wallet.people, wallet.helps, wallet.steps) == (("Winnie 020 7946 0001",), (), ("Ring the gym",))


def test_both_sides_of_the_card_are_85_by_54_millimetres(blank: bytes) -> None:
    corners, is_dashed = [], False
    with pikepdf.open(BytesIO(blank)) as document:
        for operands, operator in marks(document.pages[-1]):
            if str(operator) == "d":
                is_dashed = len(operands[0]) > 0
            elif str(operator) == "l" and is_dashed:
                corners.append(tuple(round(float(one) / 72 * 25.4, 1) for one in operands))
            elif str(operator) == "h":
                is_dashed = False
    assert corners == [(85.0, 0.0), (85.0, 54.0), (0.0, 54.0)] * 2


def test_the_same_words_give_the_same_bytes(blank: bytes) -> None:
    assert made() == blank


def test_words_that_look_like_the_setters_own_marks_are_only_words() -> None:
    odd = '#panic("x") *bold* $x$ <a> @b \\ // _u_ `c` [d]'
    answers = {("recovery", "good_day"): Answer(odd)}
    card = Card(UUID(int=3), "plan", "on_my_own", {"what": (odd,)})
    said = "".join(pdf_words.words(BytesIO(made(filling=Filling(answers, (card,), ())))))
    assert said.count(run_together(odd)) == 3  # the page, the plan, the card for a wallet


def test_a_very_long_answer_runs_over_the_page(filled: bytes) -> None:
    answers = {("recovery", "good_day"): Answer("A long day. " * 330)}
    long = pdf_words.words(BytesIO(made(filling=Filling(answers, (), ()))))
    assert "".join(long).count("Alongday.") == 330
