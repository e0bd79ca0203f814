"""The action plan, put together from what a person has written: their own lines, and cards that stay linked.

A card that was brought into the plan is shown there as it reads now: change it in its own place, and the plan
has changed. What the plan adds to it, such as a telephone number, is kept with the link. Sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because
from handrail.domain.workbook import (
    Answer,
    Boxes,
    Card,
    Field,
    Part,
    face,
    is_not_me,
    question_of,
    why_not_fill,
)

FIRST = (("people_to_ask", 3), ("on_my_own", 3), ("next_step", 1))  # with when to get help: the first meeting
WHEN_TO_CALL = "when_to_call"
ON_THE_CARD = 3  # lines of each kind: as many as a card for a wallet holds


@dataclass(frozen=True)
class Link:
    """A card that stands in the plan too, and what the plan adds to it."""

    id: UUID
    section: str
    card_id: UUID
    boxes: Boxes = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One line of the plan. ``link_id`` where the line was brought from elsewhere."""

    text: str
    card_id: UUID
    boxes: Boxes
    link_id: UUID | None = None


@dataclass(frozen=True)
class Section:
    """One section of the plan: its lines, or the words that stand there."""

    question: Field
    lines: tuple[Line, ...]
    words: str
    is_unsure: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands here yet."""
        return not (self.lines or self.words.strip())


@dataclass(frozen=True)
class Rehearsal:
    """What somebody goes through on a calm day: what they would say to whom, and every number."""

    first_words: tuple[Line, ...]
    numbers: tuple[Line, ...]


@dataclass(frozen=True)
class Wallet:
    """The lines on a card for a wallet: people to call, what helps, the next step."""

    people: tuple[Line, ...]
    helps: tuple[Line, ...]
    steps: tuple[Line, ...]


def plan_part(parts: Collection[Part]) -> Part:
    """The part that is the plan. Raises: LookupError."""
    for part in parts:
        if part.is_plan:
            return part
    raise LookupError("no part of the workbook is the plan")


def sections(
    parts: Collection[Part],
    cards: Sequence[Card],
    links: Sequence[Link],
    answers: dict[tuple[str, str], Answer],
) -> tuple[Section, ...]:
    """The whole plan, in its order. What was written here stands before what was brought, oldest first."""
    part = plan_part(parts)
    by_id = {card.id: card for card in cards}
    made = []
    for question in part.fields:
        brought = [_line(link, by_id[link.card_id], parts) for link in links if _is_in(link, question, by_id)]
        own = [
            Line(face(card, question), card.id, card.boxes)
            for card in cards
            if (card.part, card.field) == (part.code, question.code)
        ]
        answer = answers.get((part.code, question.code), Answer())
        made.append(Section(question, (*own, *brought), answer.words, answer.is_unsure))
    return tuple(made)


def to_bring(
    parts: Collection[Part], cards: Sequence[Card], links: Sequence[Link], section: str
) -> tuple[Card, ...]:
    """The cards that may still be put into one section of the plan, in the order of the workbook."""
    linked = {link.card_id for link in links if link.section == section}
    order = {part.code: part.number for part in parts}
    fit = [card for card in cards if card.id not in linked and _may_stand(card, parts, section)]
    return tuple(sorted(fit, key=lambda card: order[card.part]))


def why_not_bring(parts: Collection[Part], card: Card, section: str, links: Sequence[Link]) -> Reasons:
    """Reasons why a card cannot be put into a section of the plan."""
    linked = any((link.card_id, link.section) == (card.id, section) for link in links)
    return only(
        (not _may_stand(card, parts, section), Because.NOT_FOR_THE_PLAN),
        (linked, Because.ALREADY_IN_THE_PLAN),
    )


def why_not_add(parts: Collection[Part], link: Link, boxes: Boxes) -> Reasons:
    """Reasons why the plan cannot add these boxes to a card that was brought into it."""
    question = plan_part(parts).field(link.section)
    return (Reason(Because.PAGE_UNKNOWN),) if question is None else why_not_fill(question, boxes)


def missing(plan: Collection[Section]) -> dict[str, int]:
    """How many lines each section lacks of what a first meeting makes; none where somebody is not sure."""
    by_code = {section.question.code: section for section in plan}
    lacking = {code: max(0, wanted - len(by_code[code].lines)) for code, wanted in FIRST}
    lacking[WHEN_TO_CALL] = int(by_code[WHEN_TO_CALL].is_empty)
    return {code: 0 if by_code[code].is_unsure else count for code, count in lacking.items()}


def wallet(plan: Collection[Section]) -> Wallet:
    """What goes on a card for a wallet. Of teams one, and only with a number: it is there to be called."""
    lines = {section.question.code: section.lines for section in plan}
    teams = [line for line in lines["professionals"] if line.boxes.get("telephone")]
    return Wallet(
        people=(*lines["people_to_ask"][:ON_THE_CARD], *teams[:1]),
        helps=lines["on_my_own"][:ON_THE_CARD],
        steps=lines["next_step"][:1],
    )


def rehearsal(plan: Collection[Section]) -> Rehearsal:
    """The lines of the plan that somebody can try out beforehand, in the plan's own order."""
    lines = [line for section in plan for line in section.lines]
    return Rehearsal(
        first_words=tuple(line for line in lines if line.boxes.get("say")),
        numbers=tuple(line for line in lines if line.boxes.get("telephone")),
    )


def _may_stand(card: Card, parts: Collection[Part], section: str) -> bool:
    question = question_of(parts, card.part, card.field)
    return question is not None and question.into == section and not is_not_me(card)


def _is_in(link: Link, question: Field, by_id: dict[UUID, Card]) -> bool:
    card = by_id.get(link.card_id)
    return link.section == question.code and card is not None and not is_not_me(card)


def _line(link: Link, card: Card, parts: Collection[Part]) -> Line:
    question = question_of(parts, card.part, card.field)
    text = face(card, question) if question else ""
    return Line(text, card.id, link.boxes, link.id)
