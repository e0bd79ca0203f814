"""The booklet in easy words: large, tagged, a picture with words for each question; blank or filled in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest

from handrail.exchange import easy_file
from handrail.reports.booklet_easy import easy_booklet
from handrail.reports.booklet_pdf import pdf
from tests.reports import pdf_words
from tests.reports.test_booklet import A4, CRISIS, FILLING, PARTS, marks, run_together

BOOK = easy_file.load_easy(parts=PARTS)
SMALLEST = 16  # points; the card for a wallet alone is smaller, to fit it


@pytest.fixture(scope="module")
def blank() -> bytes:
    return pdf(easy_booklet(BOOK, PARTS, CRISIS, with_meetings=False).as_plain())


def figures(node: Any) -> list[Any]:
    """Every picture in the tree that a screen reader walks."""
    if not isinstance(node, pikepdf.Dictionary):
        return []
    kids = node.get("/K", [])
    found = [node] if node.get("/S") == "/Figure" else []
    return found + [
        one for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) for one in figures(kid)
    ]


def test_it_asks_every_easy_question_but_for_meetings(blank: bytes) -> None:
    said = "".join(pdf_words.words(BytesIO(blank)))
    meetings = {field.code for part in PARTS for field in part.fields if field.with_meetings}
    for part in BOOK.parts:
        assert all(run_together(line) in said for line in (part.title, *part.lines))
        for one in (one for one in part.questions if one.field not in meetings):
            for text in (one.prompt, *one.lines, *one.options, *one.labels):
                assert run_together(text) in said
    assert "saygoodbye" not in said and "Areyousad" not in said


def test_it_is_tagged_a4_with_words_for_every_picture_and_crisis_help_on_every_page(blank: bytes) -> None:
    with pikepdf.open(BytesIO(blank)) as document:
        assert document.open_metadata()["pdfuaid:part"] == "1" and str(document.Root.Lang) == "en-GB"
        assert all([round(float(one), 2) for one in page.MediaBox] == [0, 0, *A4] for page in document.pages)
        shown = figures(document.Root.StructTreeRoot)
        asked = [
            one
            for part in easy_booklet(BOOK, PARTS, CRISIS, with_meetings=False).chapters
            for one in part.asked
        ]
        assert len(shown) == 1 + len(BOOK.parts) + len(asked)
        assert all(len(str(one.get("/Alt", ""))) > 5 for one in shown)
    assert all("Call999" in page and "Call116123" in page for page in pdf_words.words(BytesIO(blank)))


def test_nothing_but_the_card_is_smaller_than_sixteen_points_and_no_page_asks_more_than_two(
    blank: bytes,
) -> None:
    with pikepdf.open(BytesIO(blank)) as document:
        for page in document.pages[:-1]:
            sizes = {float(operands[1]) for operands, operator in marks(page) if str(operator) == "Tf"}
            assert min(sizes) >= SMALLEST
    assert max(page.count("☐Iamnotsureyet") for page in pdf_words.words(BytesIO(blank))) == 2


def test_what_was_written_stands_under_its_question() -> None:
    made = easy_booklet(BOOK, PARTS, CRISIS, filling=FILLING, label="Synthetic people: a demonstration")
    told = {one.question.prompt: one for chapter in made.chapters for one in chapter.asked}
    assert told["What do you care about?"].texts == ("A pet", "My bike")
    assert told["Who I can ask for help"].texts == ("Winnie 020 7946 0001",)
    assert told["When I will get help fast"].is_unsure and not told["My signs"].texts
    said = "".join(pdf_words.words(BytesIO(pdf(made.as_plain()))))
    for text in (
        "You wrote:",
        "Sun on the step.",
        "The dog asleep.",
        "I stay in",
        "up to 2 June 2014",
        "Synthetic",
    ):
        assert run_together(text) in said
