"""Everything that a person keeps, to take away: one plain value, as JSON and as text to read.

The form is told in ``docs/reference/own-copy.md``; a change of it is a new version. Sealed: it tells the arm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from handrail.domain.check_in import CheckIn
from handrail.domain.dates import LONDON, in_words
from handrail.domain.ending import Ending
from handrail.domain.plan import Link
from handrail.domain.workbook import UNSURE, Answer, Card, Field, Part, question_of, told_of_paper

FORM, VERSION = "own copy", 3


@dataclass(frozen=True)
class Shared:
    """One thing that was shown to somebody, and when they looked."""

    what: str
    with_whom: str
    from_on: date
    until_on: date
    is_stopped: bool
    looks: tuple[datetime, ...]


@dataclass(frozen=True)
class Own:
    """All that one person keeps."""

    answers: dict[tuple[str, str], Answer]
    cards: tuple[Card, ...]
    links: tuple[Link, ...]
    check_ins: tuple[tuple[datetime, CheckIn], ...] = ()
    shares: tuple[Shared, ...] = ()
    made_on: date = field(default=date.min)
    ending: Ending | None = None


def as_plain(own: Own, parts: Sequence[Part]) -> dict[str, Any]:
    """The whole copy as plain values."""
    return {
        "form": FORM,
        "version": VERSION,
        "made_on": own.made_on.isoformat(),
        "parts": [_part(part, own) for part in parts],
        "in_the_plan": [
            {"card": str(link.card_id), "section": link.section, "boxes": _boxes(link.boxes)}
            for link in own.links
        ],
        "check_ins": [_check_in(at, said) for at, said in own.check_ins],
        "shared": [
            {
                "what": one.what,
                "with": one.with_whom,
                "from": one.from_on.isoformat(),
                "until": one.until_on.isoformat(),
                "stopped": one.is_stopped,
                "looked": [at.isoformat() for at in one.looks],
            }
            for one in own.shares
        ],
        "ending": _ending(own.ending) if own.ending else None,
    }


def as_json(own: Own, parts: Sequence[Part]) -> str:
    """The whole copy as JSON."""
    return json.dumps(as_plain(own, parts), ensure_ascii=False, indent=2) + "\n"


def as_text(own: Own, parts: Sequence[Part]) -> str:
    """The whole copy as text to read: what is empty is left out."""
    return "\n".join(_lines(own, parts)) + "\n"


def _part(part: Part, own: Own) -> dict[str, Any]:
    return {
        "part": part.code,
        "title": part.title,
        "version": part.version,
        "questions": [_question(part, one, own) for one in part.fields],
    }


def _question(part: Part, question: Field, own: Own) -> dict[str, Any]:
    answer = own.answers.get((part.code, question.code), Answer())
    cards = [one for one in own.cards if (one.part, one.field) == (part.code, question.code)]
    return {
        "question": question.code,
        "asks": question.prompt,
        "chosen": list(answer.chosen),
        "words": answer.words,
        "not_sure": answer.is_unsure,
        "from_paper": _paper(answer),
        "cards": [
            {"card": str(card.id), "boxes": _boxes(card.boxes), "from_paper": _paper(card)} for card in cards
        ],
    }


def _paper(kept: Answer | Card) -> dict[str, str] | None:
    paper = kept.paper
    return {"on": paper.typed_on.isoformat(), "with": paper.typed_with} if paper else None


def _boxes(boxes: Any) -> dict[str, list[str]]:
    return {code: list(texts) for code, texts in boxes.items()}


def _check_in(at: datetime, said: CheckIn) -> dict[str, Any]:
    return {
        "at": at.isoformat(),
        "well": said.well,
        "signs": {sign: how.value for sign, how in said.signs.items()},
        "words": said.words,
        "helping": said.helping.value if said.helping else None,
    }


def _ending(one: Ending) -> dict[str, Any]:
    return {
        "on": one.held_on.isoformat(),
        "how": one.how.value,
        "from": one.from_name,
        "letter": one.letter,
        "contact": one.contact.value,
        "write_until": one.write_until.isoformat() if one.write_until else None,
    }


def _lines(own: Own, parts: Sequence[Part]) -> Iterator[str]:
    yield f"What I wrote. Taken away on {in_words(own.made_on)}."
    for part in parts:
        blocks = [block for question in part.fields if (block := _block(part, question, own, parts))]
        if blocks:
            yield from ("", part.title.upper(), *(line for block in blocks for line in block))
    if own.check_ins:
        yield from ("", "CHECK-INS")
    for at, said in own.check_ins:
        yield from ("", _moment(at), *_said(said))
    if own.shares:
        yield from ("", "WHAT I SHARED")
    for one in own.shares:
        stopped = " I stopped it." if one.is_stopped else ""
        yield from ("", f"{one.what}, with {one.with_whom}, until {in_words(one.until_on)}.{stopped}")
        yield from (f"- Looked at on {_moment(at)}" for at in one.looks)
    if own.ending:
        yield from ("", "HOW OUR MEETINGS ENDED", *_goodbye(own.ending))


def _goodbye(one: Ending) -> Iterator[str]:
    """How it ended, what was said of contact, and the letter as it was written."""
    until = f": {in_words(one.write_until)}" if one.write_until else ""
    yield f"{one.how.sentence}, {in_words(one.held_on)}."
    yield f"{one.from_name} said: {one.contact.sentence}{until}."
    if one.letter:
        yield from ("", f"A letter from {one.from_name}:", one.letter)


def _block(part: Part, question: Field, own: Own, parts: Sequence[Part]) -> list[str]:
    """One question with what stands under it; nothing where nothing does."""
    answer = own.answers.get((part.code, question.code), Answer())
    texts = [
        *answer.chosen,
        *filter(None, [answer.words, UNSURE if answer.is_unsure else ""]),
        *told_of_paper(answer),
    ]
    for card in own.cards:
        if (card.part, card.field) == (part.code, question.code):
            texts.append("; ".join([_card(card.boxes, question), *told_of_paper(card)]))
    brought = [link for link in own.links if part.is_plan and link.section == question.code]
    by_id = {card.id: card for card in own.cards}
    for link in brought:
        card = by_id[link.card_id]
        texts.append(_card({**_faces(card, parts), **link.boxes}, question))
    return ["", question.prompt, *(f"- {text}" for text in texts)] if texts else []


def _faces(card: Card, parts: Sequence[Part]) -> dict[str, tuple[str, ...]]:
    question = question_of(parts, card.part, card.field)
    return {"": (card.text(question.face_code),)} if question else {}


def _card(boxes: Any, question: Field) -> str:
    labels = {box.code: box.label for box in question.boxes}
    texts = [(labels.get(code, ""), ", ".join(said)) for code, said in boxes.items()]
    return "; ".join(f"{label}: {text}" if label else text for label, text in texts)


def _said(said: CheckIn) -> list[str]:
    signs = [f"- {sign}: {how.sentence}" for sign, how in said.signs.items()]
    helping = f"- Do check-ins help? {said.helping.sentence}" if said.helping else ""
    return [line for line in (said.well, *signs, said.words, helping) if line]


def _moment(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{in_words(local.date())}, {local:%H:%M}"
