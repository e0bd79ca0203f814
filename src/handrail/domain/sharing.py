"""What a person shows of their workbook: one item, to one other, until a day. Sealed.

Sharing is the person's act: nothing that is written in an item opens or closes it. What is shown is the item
as it reads at that moment, so what the person changes or takes away has changed for whoever looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from handrail.domain.chance import Pick
from handrail.domain.dates import in_words
from handrail.domain.plan import Line, Link, sections
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.worded import Worded
from handrail.domain.words import Because
from handrail.domain.workbook import UNSURE, Answer, Card, Field, Part, face, is_not_me, question_of

USUAL_DAYS, LONGEST_DAYS = 30, 365
MOST_SHARES = 30  # living at one time: past this nobody knows any more what is shown to whom
LONGEST_NAME = 80
LINK_LENGTH = 32  # hexadecimal digits: nobody comes upon one by trying
TRIES, CLOSED_FOR = 5, timedelta(hours=1)  # wrong codes at one link, and how long it then opens for nobody
READ_FOR = timedelta(minutes=30)  # how long one code shows the item

WHO = "who"  # the box of a card that names somebody
OF_SERVICES = {("plan", "professionals"), ("resources", "found")}  # who stands there is there to be called


class SharedWith(Worded):
    """Whom a person shows something to."""

    WORKER = "worker", "My peer worker"
    CARER = "carer", "Somebody close to me"
    CLINICIAN = "clinician", "Somebody who works in health or care"

    @property
    def is_by_link(self) -> bool:
        """Whether they have no account here, and open what they are shown by a link and a code."""
        return self is not SharedWith.WORKER


@dataclass(frozen=True)
class Item:
    """What is shown: a whole part, such as the plan, or one of its questions."""

    part: str
    field: str = ""


@dataclass(frozen=True)
class NewShare:
    """A share as the person makes it. ``people``: cards that name somebody and are shown all the same."""

    item: Item
    shared_with: SharedWith
    name: str
    until_on: date
    people: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Written:
    """What somebody has written, as these rules read it."""

    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class ShownLine:
    """One line of what is shown, and what stands below it: each with its label."""

    text: str
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Passage:
    """One question and what stands under it."""

    prompt: str
    lines: tuple[ShownLine, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """An item as somebody else reads it; questions without an answer are left out."""

    title: str
    passages: tuple[Passage, ...]


def title_of(item: Item, parts: Collection[Part]) -> str:
    """What an item is called; empty where the workbook has none such."""
    part = next((one for one in parts if one.code == item.part), None)
    if part is None or not item.field:
        return part.title if part else ""
    question = part.field(item.field)
    return question.prompt if question else ""


def why_not_share(
    new: NewShare, parts: Collection[Part], *, worker_id: UUID | None, living: int, on: date
) -> Reasons:
    """Reasons why something cannot be shared so. ``living`` is how much is shown to others now."""
    is_named = bool(new.name.strip()) or not new.shared_with.is_by_link
    last = on + timedelta(days=LONGEST_DAYS)
    return only(
        (not title_of(new.item, parts), Because.PAGE_UNKNOWN),
        (new.shared_with is SharedWith.WORKER and worker_id is None, Because.NO_PEER_WORKER),
        (not is_named, Because.NOBODY_NAMED),
        (len(new.name) > LONGEST_NAME, Reason(Because.TEXT_TOO_LONG, str(LONGEST_NAME))),
        (new.until_on < on, Reason(Because.DAY_GONE, in_words(new.until_on))),
        (new.until_on > last, Reason(Because.SHARED_TOO_LONG, in_words(last))),
        (living >= MOST_SHARES, Reason(Because.TOO_MUCH_SHARED, str(MOST_SHARES))),
    )


def draw_link(pick: Pick) -> str:
    """What stands in the address of a link: 128 bits."""
    return "".join(pick("0123456789abcdef") for _ in range(LINK_LENGTH))


def people_in(item: Item, parts: Collection[Part], written: Written) -> tuple[Card, ...]:
    """The cards of an item that name somebody: shown by a link only where the person says so for each."""
    shown_ids = {line.card_id for _, lines in _questions(item, parts, written) for line in lines}
    return tuple(card for card in written.cards if card.id in shown_ids and _names_somebody(card))


def shown(item: Item, parts: Collection[Part], written: Written, *, hidden: Collection[UUID] = ()) -> Shown:
    """An item as somebody else reads it. Of the ``hidden`` cards, whom they name is left out."""
    passages = []
    for question, lines in _questions(item, parts, written):
        answer = written.answers.get((item.part, question.code), Answer())
        texts = (*answer.chosen, answer.words.strip(), UNSURE if answer.is_unsure else "")
        kept = tuple(_shown_line(line, question) for line in _spared(lines, parts, written, hidden))
        passages.append(Passage(question.prompt, kept, tuple(text for text in texts if text)))
    return Shown(title_of(item, parts), tuple(one for one in passages if one.lines or one.texts))


def _questions(
    item: Item, parts: Collection[Part], written: Written
) -> Iterator[tuple[Field, tuple[Line, ...]]]:
    part = next((one for one in parts if one.code == item.part), None)
    wanted = [one for one in part.fields if item.field in ("", one.code)] if part else []
    plan = sections(parts, written.cards, written.links, written.answers) if part and part.is_plan else ()
    of_plan = {section.question.code: section.lines for section in plan}
    for question in wanted:
        place = (item.part, question.code)
        own = [card for card in written.cards if (card.part, card.field) == place and not is_not_me(card)]
        lines = tuple(Line(face(card, question), card.id, card.boxes) for card in own)
        yield question, of_plan.get(question.code, lines)


def _names_somebody(card: Card) -> bool:
    return bool(card.text(WHO)) and (card.part, card.field) not in OF_SERVICES


def _spared(
    lines: Collection[Line], parts: Collection[Part], written: Written, hidden: Collection[UUID]
) -> Iterator[Line]:
    """The lines, without those whom a hidden card names: the whole line where that is all it says."""
    by_id = {card.id: card for card in written.cards}
    for line in lines:
        card = by_id[line.card_id]
        if line.card_id not in hidden or not _names_somebody(card):
            yield line
            continue
        question = question_of(parts, card.part, card.field)
        if question is not None and question.face_code != WHO:
            boxes = {code: texts for code, texts in line.boxes.items() if code != WHO}
            yield Line(line.text, line.card_id, boxes, line.link_id)


def _shown_line(line: Line, question: Field) -> ShownLine:
    more = [
        (box.label, ", ".join(line.boxes[box.code]))
        for box in question.boxes
        if box.code != question.face_code and box.code in line.boxes
    ]
    return ShownLine(line.text, tuple(more))
