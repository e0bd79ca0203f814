"""The booklet in easy words: one idea a line, large print, a picture for each question, room to write.

Composed here as plain values, and set by :mod:`handrail.reports.booklet_pdf`, as the other booklet is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from handrail.domain.plan import Section, sections
from handrail.domain.workbook import ON_CARDS, Answer, Part, face, is_not_me, told_of_paper
from handrail.domain.workbook_easy import EasyBook, EasyCover, EasyPart, EasyQuestion, Picture
from handrail.domain.workbook_language import ENGLISH, Phrases
from handrail.reports.booklet import Filling, WalletCard, wallet_card

Telling = dict[tuple[str, str], tuple[tuple[str, ...], bool]]  # what was written, and whether "not sure"


@dataclass(frozen=True)
class EasyAsked:
    """One question on paper, with what was written under it."""

    question: EasyQuestion
    texts: tuple[str, ...] = ()
    is_unsure: bool = False


@dataclass(frozen=True)
class EasyChapter:
    """One part on paper."""

    title: str
    lines: tuple[str, ...]
    picture: Picture
    is_plan: bool
    is_tool: bool
    asked: tuple[EasyAsked, ...]


@dataclass(frozen=True)
class EasyBooklet:
    """A whole easy booklet. ``crisis`` are the lines for a crisis: what to do, and who answers."""

    cover: EasyCover
    crisis: tuple[tuple[str, str], ...]
    chapters: tuple[EasyChapter, ...]
    wallet: WalletCard
    label: str = ""
    written: str = ""
    phrases: Phrases = ENGLISH.phrases
    is_easy: bool = True

    def as_plain(self) -> dict[str, Any]:
        """As nested lists and dictionaries, for JSON."""
        return asdict(self)


def easy_booklet(
    book: EasyBook,
    parts: Sequence[Part],
    crisis: Sequence[tuple[str, str]],
    *,
    filling: Filling | None = None,
    label: str = "",
    with_meetings: bool = True,
) -> EasyBooklet:
    """The booklet in easy words: blank, or with what one person has written. ``parts``: the ordinary ones."""
    filled = filling or Filling()
    plan = sections(parts, filled.cards, filled.links, filled.answers)
    told = _told(parts, filled, plan)
    chapters = [
        _chapter(one, part, told, with_meetings=with_meetings)
        for one, part in zip(book.parts, parts, strict=True)
    ]
    return EasyBooklet(
        cover=book.cover,
        crisis=tuple(crisis),
        chapters=tuple(chapters),
        wallet=wallet_card(plan),
        label=label,
        written=filled.written,
    )


def _chapter(one: EasyPart, part: Part, told: Telling, *, with_meetings: bool) -> EasyChapter:
    meetings = {field.code for field in part.fields if field.with_meetings and not with_meetings}
    asked = tuple(
        EasyAsked(question, *told.get((one.part, question.field), ((), False)))
        for question in one.questions
        if question.field not in meetings
    )
    return EasyChapter(one.title, one.lines, one.picture, part.is_plan, part.is_tool, asked)


def _told(parts: Sequence[Part], filled: Filling, plan: Sequence[Section]) -> Telling:
    """What was written under each question, as lines to read."""
    lines = {section.question.code: section.lines for section in plan}
    told: Telling = {}
    for part in parts:
        for field in part.fields:
            answer = filled.answers.get((part.code, field.code), Answer())
            texts = [*answer.chosen, *([answer.words] if answer.words else []), *told_of_paper(answer)]
            if part.is_plan and field.kind in ON_CARDS:
                texts += [" ".join([one.text, *one.boxes.get("telephone", ())]) for one in lines[field.code]]
            else:
                held = [one for one in filled.cards if (one.part, one.field) == (part.code, field.code)]
                for one in held:
                    texts += [] if is_not_me(one) else [face(one, field), *told_of_paper(one)]
            told[part.code, field.code] = (tuple(texts), answer.is_unsure)
    return told
