"""Who sits at which workbook: one person with their own, and what every act in it must be told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings

from handrail.domain.refusal import NotFound
from handrail.domain.workbook import Field, Part
from handrail.domain.workbook_easy import EasyBook
from handrail.exchange import easy_file
from handrail.records.workbook import facts
from handrail.records.workbook.facts import Book
from handrail.web.person.own import own
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest
from handrail.web.shared.layout import show_own_links
from handrail.web.shared.shown import parts as parts


@cache
def easy_words() -> EasyBook:
    """The workbook in easy words, as shipped."""
    return easy_file.load_easy(parts=parts())


@dataclass(frozen=True)
class Desk:
    """One person with their own workbook open before them."""

    person_id: UUID
    entry_id: UUID
    book: Book
    acting: dict[str, Any]  # what every act in a workbook must be told


def sit(request: PageRequest) -> Desk:
    """The viewer at their own workbook. Raises: NotFound where what they are offered opens none."""
    mine = own(request.viewer, under=settings.PROTOCOL)
    if not mine.has_book or mine.entry_id is None or mine.arm is None:
        raise NotFound("book")
    show_own_links(request, has_book=True)
    acting = {"parts": parts(), "offer": mine.arm.workbook, "by": mine.person_id, "at": clock.now()}
    return Desk(mine.person_id, mine.entry_id, facts.book(mine.entry_id, viewer_id=mine.person_id), acting)


def part_of(code: str) -> Part:
    """One part. Raises: NotFound."""
    for part in parts():
        if part.code == code:
            return part
    raise NotFound("part")


def question_in(part: Part, code: str) -> Field:
    """One question of a part. Raises: NotFound."""
    question = part.field(code)
    if question is None:
        raise NotFound("question")
    return question
