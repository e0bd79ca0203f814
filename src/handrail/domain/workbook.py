"""The workbook's parts and questions, what a person keeps in them, and when they may write online. Sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from uuid import UUID

from handrail.domain.dates import in_words
from handrail.domain.protocol import WorkbookOffer
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because
from handrail.domain.workbook_words import BoxKind, FieldKind, Pile, Standing

LONGEST_WORDS = 4000
LONGEST_LINE = 300
MOST_CARDS = 60  # in one question: past this nobody finds anything again

Boxes = Mapping[str, tuple[str, ...]]  # a box's code → what stands in it: one text, or those picked
ON_CARDS = (FieldKind.CARDS, FieldKind.SORT)
SIGN, PILE = "sign", "pile"  # the boxes of a sorted sign: what it says, and where it was put
UNSURE = "I am not sure yet"


@dataclass(frozen=True)
class Box:
    """One box of a card. None but the card's face has to be filled in."""

    code: str
    label: str
    kind: BoxKind = BoxKind.LINE
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signs:
    """Everyday signs of one kind, to be sorted."""

    title: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One question. Every question can be skipped.

    ``into`` names the question of the plan to which its cards may go by one tap; ``face`` is the box that
    stands for the whole card there. What looks back at a hard time is not shown unasked; what is about
    meetings with a peer worker is left out where there are none.
    """

    code: str
    prompt: str
    hint: str
    kind: FieldKind = FieldKind.WORDS
    options: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    suggestions: tuple[str, ...] = ()
    piles: tuple[Signs, ...] = ()
    into: str = ""
    face: str = ""
    can_draw: bool = False
    looks_back: bool = False
    with_meetings: bool = False

    def box(self, code: str) -> Box | None:
        """The box of this code, or none."""
        return next((box for box in self.boxes if box.code == code), None)

    @property
    def face_code(self) -> str:
        """The code of the box that stands for the whole card; empty where there are no boxes."""
        return self.face or (self.boxes[0].code if self.boxes else "")


@dataclass(frozen=True)
class Part:
    """One part of the workbook. A released version's words never change.

    ``before`` and ``after`` are notes round hard questions; a tool is there for whoever wants it.
    """

    code: str
    number: int
    title: str
    introduction: str
    version: str
    licence: str
    fields: tuple[Field, ...]
    before: str = ""
    after: str = ""
    is_plan: bool = False
    is_tool: bool = False

    def field(self, code: str) -> Field | None:
        """The question of this code, or none."""
        return next((field for field in self.fields if field.code == code), None)


@dataclass(frozen=True)
class Writer:
    """One person in the trial, as these rules see them."""

    offer: WorkbookOffer | None


@dataclass(frozen=True)
class Paper:
    """That something was written on paper first: when it was typed in, and with whom, where with anybody."""

    typed_on: date
    typed_with: str = ""

    @property
    def told(self) -> str:
        """As people read it."""
        whom = f" with {self.typed_with}" if self.typed_with else ""
        return f"From paper, typed in{whom} on {in_words(self.typed_on)}"


@dataclass(frozen=True)
class Answer:
    """What a person keeps under a question that takes no cards: words, what they picked, or "not sure"."""

    words: str = ""
    chosen: tuple[str, ...] = ()
    is_unsure: bool = False
    paper: Paper | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is kept."""
        return not (self.words.strip() or self.chosen or self.is_unsure)


@dataclass(frozen=True)
class Card:
    """One short entry under one question."""

    id: UUID
    part: str
    field: str
    boxes: Boxes = attribute(default_factory=dict)
    paper: Paper | None = None

    def text(self, box: str) -> str:
        """What stands in a box, as one text."""
        return ", ".join(self.boxes.get(box, ()))


def face(card: Card, question: Field) -> str:
    """The text that stands for a whole card in a list and in the plan."""
    return card.text(question.face_code)


def told_of_paper(kept: Answer | Card) -> tuple[str, ...]:
    """What is said under an answer or a card that was on paper first; nothing for others."""
    return (kept.paper.told,) if kept.paper else ()


def is_not_me(card: Card) -> bool:
    """Whether this is a sign that its writer put on the pile "not me"."""
    return card.text(PILE) == Pile.NOT_ME.sentence


def question_of(parts: Collection[Part], part: str, code: str) -> Field | None:
    """One question of the workbook, or none."""
    found = next((one for one in parts if one.code == part), None)
    return found.field(code) if found else None


def is_online(offer: WorkbookOffer | None) -> bool:
    """Whether an arm opens the workbook's online pages."""
    return offer is not None and offer.is_online


def why_not_open(writer: Writer) -> Reasons:
    """Reasons why a person cannot see the online workbook. Stopping the programme does not take it away."""
    return only((not is_online(writer.offer), Because.NOT_OFFERED))


def why_not_write(writer: Writer, parts: Collection[Part], part: str, code: str, answer: Answer) -> Reasons:
    """Reasons why a person cannot keep an answer. What they wrote before is theirs to change or clear."""
    question = question_of(parts, part, code)
    # A question that takes cards takes no words besides them, only "not sure".
    takes_words = question is not None and question.kind not in ON_CARDS
    is_known = question is not None and (takes_words or not (answer.words or answer.chosen))
    options = question.options if question else ()
    return why_not_open(writer) + only(
        (not is_known, Because.PAGE_UNKNOWN),
        (is_known and not set(answer.chosen) <= set(options), Because.NOT_A_CHOICE),
        (len(answer.words) > LONGEST_WORDS, Reason(Because.TEXT_TOO_LONG, str(LONGEST_WORDS))),
    )


def why_not_keep_card(
    writer: Writer, parts: Collection[Part], part: str, code: str, boxes: Boxes, *, others: int
) -> Reasons:
    """Reasons why a person cannot keep a card. ``others`` is how many stand under the question besides."""
    question = question_of(parts, part, code)
    if question is None or question.kind not in ON_CARDS:
        return (*why_not_open(writer), Reason(Because.PAGE_UNKNOWN))
    return (
        why_not_open(writer)
        + only((not any(text.strip() for text in boxes.get(question.face_code, ())), Because.TEXT_MISSING))
        + why_not_fill(question, boxes)
        + only((others >= MOST_CARDS, Reason(Because.TOO_MANY_CARDS, str(MOST_CARDS))))
    )


def why_not_fill(question: Field, boxes: Boxes) -> Reasons:
    """Reasons why the boxes of a card cannot be filled so."""
    texts = [text for box in boxes.values() for text in box]
    return only(
        (not _fit(question, boxes), Because.NOT_A_CHOICE),
        (any(len(text) > LONGEST_LINE for text in texts), Reason(Because.TEXT_TOO_LONG, str(LONGEST_LINE))),
    )


def standing(part: Part, written: Collection[tuple[str, str]], done: Collection[str]) -> Standing:
    """Where a part stands: done when the person said so, else started when anything is kept in it."""
    if part.code in done:
        return Standing.DONE_FOR_NOW
    started = any((part.code, field.code) in written for field in part.fields)
    return Standing.IN_PROGRESS if started else Standing.NOT_STARTED


def _fit(question: Field, boxes: Boxes) -> bool:
    """Whether every box is one of the question's, and holds what it takes."""
    for code, texts in boxes.items():
        box = question.box(code)
        if box is None or (box.kind is not BoxKind.CHOICES and len(texts) > 1):
            return False
        if box.options and not set(texts) <= set(box.options):
            return False
    return True
