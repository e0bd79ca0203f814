"""The workbook as a booklet: the same parts and questions as on screen, with room to write, blank or filled.

Composed here as plain values, and set by :mod:`handrail.reports.booklet_pdf`. The blank one is posted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from handrail.domain.plan import Line, Link, Section, sections, wallet
from handrail.domain.workbook import ON_CARDS, PILE, SIGN, Answer, Boxes, Card, Field, Part, told_of_paper
from handrail.domain.workbook_language import ENGLISH, Language, Phrases
from handrail.domain.workbook_words import FieldKind

WHEN = "when"  # the box of a sorted sign that says when it comes
BLANK_LINES = 5  # under a question that takes words
BLANK_CARDS = 3  # under a question that takes cards, where none is filled in
MORE = 1  # blank lines or cards after what is filled in
LONGEST_ON_THE_CARD = 64  # letters that two lines of the card hold
LONGEST_NAME, LONGEST_TELEPHONE = 32, 24  # the name is cut first: the number is what the card is for


@dataclass(frozen=True)
class Row:
    """One box of a card: its label, what stands in it, and the list to tick where it has one."""

    label: str
    text: str = ""
    options: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Sign:
    """One sign in a table: the pile it was put on, and when it comes; empty where that was not said."""

    text: str
    pile: str = ""
    when: str = ""


@dataclass(frozen=True)
class Question:
    """One question on paper. ``suggestions``: what other people have written. Each ends with "not sure"."""

    prompt: str
    hint: str
    suggestions: tuple[str, ...] = ()
    is_unsure: bool = False
    texts: tuple[str, ...] = ()
    options: tuple[tuple[str, bool], ...] = ()
    cards: tuple[tuple[Row, ...], ...] = ()
    signs: tuple[tuple[str, tuple[Sign, ...]], ...] = ()
    blank_lines: int = 0
    has_frame: bool = False


@dataclass(frozen=True)
class Chapter:
    """One part on paper."""

    title: str
    introduction: str
    before: str
    after: str
    is_plan: bool
    is_tool: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class WalletCard:
    """What stands on the card for a wallet: people to call, what helps, the next step."""

    people: tuple[str, ...]
    helps: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Booklet:
    """A whole booklet. ``crisis`` are the lines for a crisis: what to do, and who answers."""

    text_points: int
    crisis: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    wallet: WalletCard
    label: str = ""
    written: str = ""
    language: str = ENGLISH.code
    draft: str = ""
    phrases: Phrases = ENGLISH.phrases
    piles: tuple[tuple[str, str], ...] = ENGLISH.phrases.piles

    def as_plain(self) -> dict[str, Any]:
        """As nested lists and dictionaries, for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Filling:
    """What one person has written; empty for a blank booklet. ``written`` is the day in words."""

    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()
    written: str = ""


def booklet(
    parts: Sequence[Part],
    crisis: Sequence[tuple[str, str]],
    *,
    filling: Filling | None = None,
    is_large: bool = False,
    label: str = "",
    with_meetings: bool = True,
    language: Language = ENGLISH,
) -> Booklet:
    """The booklet of these parts: blank, or with what one person has written and room for more.

    ``is_large``: in large print, at 18 points. ``label``: a line for a demonstration's pages.
    ``with_meetings``: whether it also asks what is about meetings with a peer worker.
    ``language``: in what the parts are worded, where the booklet is blank. What is picked is kept in English.
    """
    filled = filling or Filling()
    if not with_meetings:
        parts = tuple(one for one in map(_without_meetings, parts) if one.fields)
    plan = sections(parts, filled.cards, filled.links, filled.answers)
    return Booklet(
        text_points=18 if is_large else 12,
        crisis=tuple(crisis),
        chapters=tuple(_chapter(part, filled, plan) for part in parts),
        wallet=wallet_card(plan),
        label=label,
        written=filled.written,
        language=language.code,
        draft=language.phrases.draft if language.is_draft else "",
        phrases=language.phrases,
        piles=language.phrases.piles,
    )


def _without_meetings(part: Part) -> Part:
    return replace(part, fields=tuple(one for one in part.fields if not one.with_meetings))


def _chapter(part: Part, filled: Filling, plan: Sequence[Section]) -> Chapter:
    lines = {section.question.code: section for section in plan} if part.is_plan else {}
    return Chapter(
        title=part.title,
        introduction=part.introduction,
        before=part.before,
        after=part.after,
        is_plan=part.is_plan,
        is_tool=part.is_tool,
        questions=tuple(_question(part, one, filled, lines.get(one.code)) for one in part.fields),
    )


def _question(part: Part, asked: Field, filled: Filling, section: Section | None) -> Question:
    answer = filled.answers.get((part.code, asked.code), Answer())
    shown = Question(asked.prompt, asked.hint, asked.suggestions, answer.is_unsure)
    if asked.kind is FieldKind.SORT:
        return replace(shown, signs=_signs(part, asked, filled), blank_lines=2)
    if asked.kind in ON_CARDS:
        return replace(shown, cards=_cards(part, asked, filled, section))
    texts = ((answer.words,) if answer.words else ()) + told_of_paper(answer)
    room = MORE if texts else BLANK_LINES
    return replace(
        shown,
        texts=texts,
        options=tuple((text, text in answer.chosen) for text in asked.options),
        blank_lines=2 if asked.options else room,
        has_frame=asked.can_draw,
    )


def _signs(part: Part, asked: Field, filled: Filling) -> tuple[tuple[str, tuple[Sign, ...]], ...]:
    put = [
        Sign(card.text(SIGN), card.text(PILE), card.text(WHEN))
        for card in filled.cards
        if (card.part, card.field) == (part.code, asked.code)
    ]
    by_text = {sign.text: sign for sign in put}
    listed = {text for signs in asked.piles for text in signs.signs}
    # Two of somebody's own may say the same, and both are theirs.
    own = tuple(sign for sign in put if sign.text not in listed)
    kinds = [
        (signs.title, tuple(by_text.get(text, Sign(text)) for text in signs.signs)) for signs in asked.piles
    ]
    return tuple([*kinds, (ENGLISH.phrases.own_signs, own)] if own else kinds)


def _cards(part: Part, asked: Field, filled: Filling, section: Section | None) -> tuple[tuple[Row, ...], ...]:
    told = {card.id: told_of_paper(card) for card in filled.cards}
    kept: list[tuple[Boxes, tuple[str, ...]]]
    if section is not None:
        kept = [
            ({**line.boxes, asked.face_code: (line.text,)}, told.get(line.card_id, ()))
            for line in section.lines
        ]
    else:
        held = [card for card in filled.cards if (card.part, card.field) == (part.code, asked.code)]
        kept = [(card.boxes, told[card.id]) for card in held]
    kept += [({}, ())] * (MORE if kept else BLANK_CARDS)
    return tuple(_rows(asked, boxes) + tuple(Row("Note", text) for text in notes) for boxes, notes in kept)


def _rows(asked: Field, boxes: Boxes) -> tuple[Row, ...]:
    return tuple(
        Row(
            label=box.label,
            text="" if box.options else ", ".join(boxes.get(box.code, ())),
            options=tuple((text, text in boxes.get(box.code, ())) for text in box.options),
        )
        for box in asked.boxes
    )


def wallet_card(plan: Sequence[Section]) -> WalletCard:
    """What stands on the card, cut to its lines."""
    card = wallet(plan)
    return WalletCard(
        people=tuple(map(_to_call, card.people)),
        helps=tuple(_cut(line.text) for line in card.helps),
        steps=tuple(_cut(line.text) for line in card.steps),
    )


def _to_call(line: Line) -> str:
    numbers = line.boxes.get("telephone", ())
    return " ".join([_cut(line.text, LONGEST_NAME), *(_cut(one, LONGEST_TELEPHONE) for one in numbers)])


def _cut(text: str, longest: int = LONGEST_ON_THE_CARD) -> str:
    """One line of the card: with an ellipsis where it was too long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
