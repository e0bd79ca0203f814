"""The workbook on paper: every question, room to write, black on A4, tagged; blank, large, or filled in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import pytest

from handrail.commands.booklet import blank as posted
from handrail.domain.plan import Link
from handrail.domain.workbook import Answer, Card, Paper
from handrail.exchange import workbook_file, workbook_language
from handrail.reports.booklet import BLANK_CARDS, BLANK_LINES, Booklet, Filling, Sign, booklet
from handrail.reports.booklet_pdf import pdf
from tests.reports import pdf_words

PARTS = workbook_file.load()
CRISIS = [("Call 999", "Emergency: ambulance, or go to A&E"), ("Call 116 123", "Samaritans, day and night")]
SAM = Card(UUID(int=1), "people_places", "people", {"who": ("Winnie",), "gives": ("They listen",)})
SIGN_PLACE = ("early_signs", "signs")
SIGNS_PROMPT = "Which of these are like you when things start to slip?"
SIGNS = tuple(
    Card(UUID(int=10 + place), *SIGN_PLACE, {"sign": (sign,), "pile": (pile,)})
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
    fast = question(book, "When I will get help fast")
    assert fast.is_unsure and not fast.texts


def test_ticks_stand_where_they_were_put() -> None:
    book = booklet(PARTS, CRISIS, filling=FILLING)
    picked = [
        text for text, is_ticked in question(book, "What matters most to you just now?").options if is_ticked
    ]
    assert picked == ["A pet"]
    kinds = dict(question(book, SIGNS_PROMPT).signs)
    assert {sign.text: sign.pile for sign in kinds["With others"]}["I stay in"] == "Like me"
    assert kinds["My own"] == (Sign("I hum all day", "Sometimes"),)


def test_what_was_typed_in_from_paper_says_so_under_an_answer_and_on_its_card() -> None:
    paper = Paper(date(2014, 5, 3), "Sam")
    card = Card(UUID(int=7), "off_course", "coping", {"what": ("Tea",)}, paper)
    answers = {("recovery", "good_day"): Answer("Soup", paper=paper)}
    plain = json.dumps(booklet(PARTS, CRISIS, filling=Filling(answers, (card,))).as_plain())
    assert plain.count(paper.told) == 2
    assert "From paper" not in json.dumps(booklet(PARTS, CRISIS).as_plain())


def test_a_sign_says_when_it_comes_and_two_of_the_same_words_are_two() -> None:
    twice = [replace(SIGNS[1], id=UUID(int=30 + one)) for one in range(2)]
    late = Card(UUID(int=40), *SIGN_PLACE, {"sign": ("I stay in",), "pile": ("Like me",), "when": ("Later",)})
    filling = Filling(cards=(*twice, late))
    kinds = dict(question(booklet(PARTS, CRISIS, filling=filling), SIGNS_PROMPT).signs)
    assert kinds["My own"] == (Sign("I hum all day", "Sometimes"),) * 2
    assert Sign("I stay in", "Like me", "Later") in kinds["With others"]
    said = "".join(pdf_words.words(BytesIO(made(filling=filling))))
    assert said.count("Ihumallday") == 2 and said.count("Whendoesitcome?Later") == 1


def test_every_question_ends_with_a_box_for_not_sure_ticked_where_somebody_said_so(blank: bytes) -> None:
    said = "".join(pdf_words.words(BytesIO(blank)))
    assert said.count("☐Iamnotsureyet") == sum(len(part.fields) for part in PARTS)
    places = [("recovery", "good_day"), ("goals", "goals"), ("early_signs", "signs"), ("plan", "next_step")]
    unsure = {place: Answer(is_unsure=True) for place in places}
    said = "".join(pdf_words.words(BytesIO(made(filling=Filling(unsure)))))
    assert said.count("☑Iamnotsureyet") == len(places)


def test_what_other_people_have_written_stands_under_the_hint(blank: bytes) -> None:
    said = "".join(pdf_words.words(BytesIO(blank)))
    with_some = [field for part in PARTS for field in part.fields if field.suggestions]
    assert with_some
    for field in with_some:
        others = f"{field.hint} Other people have written: {', '.join(field.suggestions)}."
        assert run_together(others) in said


def test_where_there_are_no_meetings_nothing_is_asked_about_them() -> None:
    without = booklet(PARTS, CRISIS, with_meetings=False)
    asked = {one.prompt for chapter in without.chapters for one in chapter.questions}
    assert asked == {field.prompt for part in PARTS for field in part.fields if not field.with_meetings}
    assert all(chapter.questions for chapter in without.chapters)


def test_the_booklet_that_is_posted_speaks_of_no_meetings_and_no_peer_worker() -> None:
    said = "".join(pdf_words.words(BytesIO(pdf(posted())))).lower()
    assert "myworkbook" in said and "call999" in said
    assert "meeting" not in said and "peerworker" not in said


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


def test_in_welsh_it_is_a_draft_on_every_page_and_says_its_language() -> None:
    welsh = workbook_language.language("cy")
    parts = workbook_language.translated("cy")
    made = pdf(booklet(parts, CRISIS, language=welsh).as_plain())
    pages = pdf_words.words(BytesIO(made))
    assert all("Drafft,angencyfieithydd·Draft,needsatranslator" in page for page in pages)
    said = "".join(pages)
    for part in parts:
        assert run_together(part.title) in said
        assert all(run_together(one.prompt) in said and run_together(one.hint) in said for one in part.fields)
    assert "Rwy'naros" in said and "Ilikeme" not in said and "Iamnotsureyet" not in said
    with pikepdf.open(BytesIO(made)) as document:
        assert str(document.Root.Lang) == "cy-GB"
        assert document.open_metadata()["pdfuaid:part"] == "1"
