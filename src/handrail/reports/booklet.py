"""The workbook as a booklet: the same parts and questions as on screen, with room to write, blank or filled.

Composed here as plain values, and set by :mod:`handrail.reports.booklet_pdf`. The blank one is posted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from handrail.domain.plan import PILE, Link, Section, sections
from handrail.domain.workbook import ON_CARDS, Answer, Card, Field, Part
from handrail.domain.workbook_words import FieldKind

SIGN = "sign"
UNSURE = "I am not sure yet"
BLANK_LINES = 5  # under a question that takes words
BLANK_CARDS = 3  # under a question that takes cards, where none is filled in
MORE = 1  # blank lines or cards after what is filled in
ON_THE_CARD = 3  # lines of each kind on the card for a wallet


@dataclass(frozen=True)
class Row:
    """One box of a card: its label, what stands in it, and the list to tick where it has one."""

    label: str
    text: str = ""
    options: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Question:
    """One question on paper."""

    prompt: str
    hint: str
    kind: str
    texts: tuple[str, ...] = ()
    options: tuple[tuple[str, bool], ...] = ()
    cards: tuple[tuple[Row, ...], ...] = ()
    signs: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
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

    title: str
    text_points: int
    crisis: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    wallet: WalletCard
    label: str = ""
    written: str = ""

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
) -> Booklet:
    """The booklet of these parts: blank, or with what one person has written and room for more.

    ``is_large``: in large print, at 18 points. ``label``: a line for a demonstration's pages.
    """
    filled = filling or Filling()
    plan = sections(parts, filled.cards, filled.links, filled.answers)
    return Booklet(
        title="My workbook",
        text_points=18 if is_large else 12,
        crisis=tuple(crisis),
        chapters=tuple(_chapter(part, filled, plan) for part in parts),
        wallet=_wallet(plan),
        label=label,
        written=filled.written,
    )


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
    shown = Question(asked.prompt, asked.hint, asked.kind.value)
    if asked.kind is FieldKind.SORT:
        return replace(shown, signs=_signs(part, asked, filled), blank_lines=2)
    if asked.kind in ON_CARDS:
        return replace(shown, cards=_cards(part, asked, filled, section))
    answer = filled.answers.get((part.code, asked.code), Answer())
    texts = tuple(text for text in (answer.words, UNSURE if answer.is_unsure else "") if text)
    room = MORE if texts else BLANK_LINES
    return replace(
        shown,
        texts=texts,
        options=tuple((text, text in answer.chosen) for text in asked.options),
        blank_lines=2 if asked.options else room,
        has_frame=asked.can_draw,
    )


def _signs(part: Part, asked: Field, filled: Filling) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    put = {
        card.text(SIGN): card.text(PILE)
        for card in filled.cards
        if (card.part, card.field) == (part.code, asked.code)
    }
    listed = {sign for signs in asked.piles for sign in signs.signs}
    own = tuple((sign, pile) for sign, pile in put.items() if sign not in listed)
    kinds = [(signs.title, tuple((sign, put.get(sign, "")) for sign in signs.signs)) for signs in asked.piles]
    return tuple([*kinds, ("My own", own)] if own else kinds)


def _cards(part: Part, asked: Field, filled: Filling, section: Section | None) -> tuple[tuple[Row, ...], ...]:
    if section is not None:
        boxes = [(dict(line.boxes) | {asked.boxes[0].code: (line.text,)}) for line in section.lines]
    else:
        held = [card for card in filled.cards if (card.part, card.field) == (part.code, asked.code)]
        boxes = [dict(card.boxes) for card in held]
    blanks = MORE if boxes else BLANK_CARDS
    return tuple(
        tuple(
            Row(
                label=box.label,
                text="" if box.options else ", ".join(one.get(box.code, ())),
                options=tuple((text, text in one.get(box.code, ())) for text in box.options),
            )
            for box in asked.boxes
        )
        for one in [*boxes, *[{}] * blanks]
    )


def _wallet(plan: Sequence[Section]) -> WalletCard:
    by_code = {section.question.code: section.lines[:ON_THE_CARD] for section in plan}
    people = [
        " ".join([line.text, *line.boxes.get("telephone", ())])
        for code in ("people_to_ask", "professionals")
        for line in by_code.get(code, ())
    ]
    return WalletCard(
        people=tuple(people[: ON_THE_CARD + 1]),
        helps=tuple(line.text for line in by_code.get("on_my_own", ())),
        steps=tuple(line.text for line in by_code.get("next_step", ())[:1]),
    )
