"""The workbook on paper, whatever somebody wrote: odd signs are shown as lost, nothing runs off it."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import pytest

from handrail.domain.workbook import LONGEST_LINE, MOST_CARDS, Answer, Card
from handrail.exchange import workbook_file
from handrail.reports.booklet import Filling, booklet
from handrail.reports.booklet_pdf import LOST, MAY_BREAK, pdf, printable
from tests.reports import pdf_words

PARTS = workbook_file.load()
CRISIS = [("Call 999", "Emergency"), ("Call 111, option 2", "Health"), ("Call 116 123", "Samaritans")]
SIDES, TOP, FOOT = 20, 18, 26  # margins, in millimetres
WIDTH, HEIGHT = 210, 297
SPACE = 3.2  # at the end of a line a space, or a full stop, may hang over the edge
GOAL_BOXES = ("goal", "why", "weeks", "step", "when", "who", "barrier")
CANNOT_BE_PRINTED = "Somesignscannotbeprintedhere.Theyaresafeinyourworkbook."

Place = tuple[float, float, float, str]


def made(answer: str = "", *cards: Card, is_large: bool = False) -> bytes:
    filling = Filling({("recovery", "good_day"): Answer(answer)}, cards)
    return pdf(booklet(PARTS, CRISIS, filling=filling, is_large=is_large).as_plain())


def said(document: bytes) -> str:
    return "".join(pdf_words.words(BytesIO(document))).replace(MAY_BREAK, "")


def card(number: int, part: str, field: str, **boxes: str) -> Card:
    return Card(UUID(int=number), part, field, {box: (text,) for box, text in boxes.items()})


def numbered(start: str, longest: int = LONGEST_LINE) -> str:
    """A text of this length whose every word is its own."""
    words = ""
    for number in range(longest):
        more = f"{start}{number}x "
        if len(words + more) > longest:
            return words.strip()
        words += more
    return words


class Pen:
    """Follows what is drawn on a page. ``places``: each run of letters, in millimetres."""

    def __init__(self, page: Any) -> None:
        self.now, self.line = pikepdf.Matrix(), pikepdf.Matrix()
        self.kept: list[pikepdf.Matrix] = []
        self.marks: list[str] = []
        self.places: list[Place] = []
        self.fonts = {name: _widths(font) for name, font in page.Resources.get("/Font", {}).items()}
        self.font, self.size = "", 0.0
        acts = {"q": self.keep, "Q": self.back, "cm": self.turn, "BMC": self.mark, "BDC": self.mark}
        acts |= {"EMC": self.unmark, "Tm": self.start, "Td": self.step, "Tf": self.take, "TJ": self.say}
        acts |= {"Tj": lambda operands: self.say([operands])}
        for each in pikepdf.parse_content_stream(page):
            if str(each.operator) in acts:
                acts[str(each.operator)](each.operands)

    def keep(self, _: Any) -> None:
        self.kept.append(self.now)

    def back(self, _: Any) -> None:
        self.now = self.kept.pop()

    def turn(self, operands: Any) -> None:
        self.now = pikepdf.Matrix(*map(float, operands)) @ self.now

    def mark(self, operands: Any) -> None:
        self.marks.append(str(operands[0]))

    def unmark(self, _: Any) -> None:
        self.marks.pop()

    def start(self, operands: Any) -> None:
        self.line = pikepdf.Matrix(*map(float, operands))

    def step(self, operands: Any) -> None:
        self.line = pikepdf.Matrix(1, 0, 0, 1, *map(float, operands)) @ self.line

    def take(self, operands: Any) -> None:
        self.font, self.size = str(operands[0]), float(operands[1])

    def say(self, operands: Any) -> None:
        wide = 0.0
        for part in operands[0]:
            if isinstance(part, pikepdf.String):
                glyphs = bytes(part)
                pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
                wide += sum(self.fonts[self.font].get(high << 8 | low, 0) for high, low in pairs)
            else:
                wide -= float(part)
        at = self.line @ self.now
        end = at.e + wide / 1000 * self.size * at.a
        where = "footer" if "/Artifact" in self.marks else "page"
        self.places.append((at.e / 72 * 25.4, end / 72 * 25.4, at.f / 72 * 25.4, where))


def _widths(font: Any) -> dict[int, float]:
    """How wide each glyph is, in thousandths of the letters' size."""
    found, items = {}, list(font.DescendantFonts[0].W)
    while items:
        first, then = int(items.pop(0)), items.pop(0)
        if isinstance(then, pikepdf.Array):
            found.update({first + place: float(wide) for place, wide in enumerate(then)})
        else:
            found.update(dict.fromkeys(range(first, int(then) + 1), float(items.pop(0))))
    return found


def text_places(document: bytes) -> list[list[Place]]:
    """For each page its runs of letters: from where to where, how far up, and whether page or footer."""
    with pikepdf.open(BytesIO(document)) as opened:
        return [Pen(page).places for page in opened.pages]


def assert_within_margins(document: bytes) -> None:
    places = [place for page in text_places(document) for place in page]
    assert {where for *_, where in places} == {"page", "footer"}
    for start, end, up, where in places:
        assert SIDES - 0.1 <= start <= end <= WIDTH - SIDES + SPACE, (start, end, up, where)
        assert (FOOT - 0.1 if where == "page" else 5) <= up <= HEIGHT - TOP, (start, end, up, where)


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",  # a family, joined
        "\U0001f44d\U0001f3fd",  # with a skin tone
        "\U0001f1ec\U0001f1e7",  # a flag
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",  # the flag of Wales
        "中",
        "\ud800",  # half of a pair
        "\ue000",  # a place that each font fills as it likes
        "\uffff",
    ],
    ids=ascii,
)
def test_what_these_letters_do_not_have_is_one_white_square(text: str) -> None:
    assert printable(f"a {text} b") == (f"a {LOST} b", True)


@pytest.mark.parametrize(
    "text", ["é ŵ Ł ß ñ", "שלום", "مرحبا", "می\u200cخواهم", "☺ ❤ ½ £ €", LOST, "a\nb", "z\u0300\u0301\u0302"]
)
def test_what_they_have_stays_as_it_is(text: str) -> None:
    assert printable(text) == (text, False)


def test_lines_end_in_one_way_and_what_is_never_seen_goes() -> None:
    assert printable("a\r\nb\rc\u2028d") == ("a\nb\nc\nd", False)
    assert printable("a\tb\u00a0c\u3000d") == ("a b c d", False)
    assert printable("a\0\x1b\ufeff\u00ad\u202e\u2066b") == ("ab", False)
    assert printable("cafe\u0301") == ("café", False)


def test_a_long_word_may_break_anywhere_but_before_an_accent() -> None:
    assert printable("institutionalised") == ("institutionalised", False)
    assert printable("q\u0300" * 12)[0] == MAY_BREAK.join(["q\u0300"] * 12)


def test_whatever_is_written_can_be_set_and_the_cover_says_what_was_lost() -> None:
    odd = "Tea é ŵ Ł ß \U0001f469\u200d\U0001f467 \U0001f1ec\U0001f1e7 中文 हिन्दी مرحبا \u200fשלום"
    odd += "\r\nb\tc\0\x1b \ud800 e\u0301\u0302 \u0301"
    lost = made(odd, card(1, "people_places", "people", who=odd), card(2, "plan", "on_my_own", what=odd))
    pages = pdf_words.words(BytesIO(lost))
    assert CANNOT_BE_PRINTED in pages[0] and "".join(pages).count(CANNOT_BE_PRINTED) == 1
    assert said(lost).count("TeaéŵŁß" + LOST * 4) == 4  # the page, the card, the plan, the card for a wallet


def test_the_cover_says_nothing_where_nothing_was_lost() -> None:
    assert CANNOT_BE_PRINTED not in said(made("é ŵ Ł ß\r\n\tשלום"))


def test_a_word_of_four_hundred_letters_stays_between_the_margins() -> None:
    for is_large in (False, True):
        document = made("W" * 400, card(1, "early_signs", "signs", sign="W" * 300), is_large=is_large)
        assert said(document).count("W" * 400) == 1
        assert_within_margins(document)


@pytest.mark.parametrize("is_large", [False, True], ids=["ordinary", "large"])
def test_every_word_of_the_longest_workbook_is_on_some_page_above_its_foot(is_large: bool) -> None:
    lines = [f"line{number}x" for number in range(60)]
    goals = [
        card(100 + one, "goals", "goals", **{box: numbered(f"{box}{one}-") for box in GOAL_BOXES})
        for one in range(3)
    ]
    signs = [
        card(200 + one, "early_signs", "signs", sign=numbered(f"s{one}-"), pile="Like me", when="Early on")
        for one in range(MOST_CARDS)
    ]
    document = made("\n".join(lines), *goals, *signs, is_large=is_large)
    found = said(document)
    wanted = lines + [
        word for one in goals + signs for box in one.boxes.values() for text in box for word in text.split()
    ]
    assert len(wanted) > 3000
    assert [word for word in wanted if word not in found] == []
    assert_within_margins(document)


def test_nothing_pushes_the_numbers_for_a_crisis_off_the_card_for_a_wallet() -> None:
    for long in ("W" * LONGEST_LINE, "wonderful " * 30, numbered("n")):
        cards = [
            card(one, "plan", "people_to_ask", who=long, telephone="020 7946 0001") for one in range(1, 5)
        ]
        cards += [
            card(one, "plan", "professionals", who=long, telephone="020 7946 0002") for one in range(5, 8)
        ]
        cards += [card(one, "plan", "on_my_own", what=long) for one in range(8, 12)]
        document = made("", *cards, card(20, "plan", "next_step", what=long))
        wallet = pdf_words.words(BytesIO(document))[-1]
        card_words = wallet.partition("IfIneedhelp")[2]
        assert card_words.startswith("Call999·Call111,option2·Call116123")
        assert "Whathelps" in card_words and "Mynextstep" in card_words and wallet.count("…") >= 7
        ups = [up for _, _, up, where in text_places(document)[-1] if where == "page"]
        assert max(ups) - min(ups) < 63  # from the heading to the foot of a card of 54 millimetres


def test_a_name_is_cut_before_its_telephone_number() -> None:
    one = card(1, "plan", "people_to_ask", who="Mm " * 100, telephone="020 7946 0001")
    wallet = booklet(PARTS, CRISIS, filling=Filling(cards=(one,))).wallet
    assert wallet.people[0].endswith("… 020 7946 0001") and len(wallet.people[0]) < 50
