"""Pictures in somebody's workbook: a photograph, or a drawing on paper that was photographed. Sealed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because
from handrail.domain.workbook import LONGEST_LINE, Part, Writer, question_of, why_not_open

MOST_MEGABYTES = 10  # as it is sent
MOST_PIXELS = 50_000_000  # more than a phone's camera makes; a bomb makes more
LONGEST_SIDE = 1600  # as it is kept, in pixels
MOST_PICTURES = 3  # under one question


@dataclass(frozen=True)
class Picture:
    """One picture under one question. ``says``: what is in it, in its owner's words, if they gave any."""

    id: UUID
    part: str
    field: str
    says: str = ""


def why_not_keep_picture(
    writer: Writer, parts: Collection[Part], part: str, code: str, says: str, *, others: int
) -> Reasons:
    """Reasons why a person cannot keep a picture. ``others``: how many stand under the question."""
    question = question_of(parts, part, code)
    return why_not_open(writer) + only(
        (question is None or not question.can_draw, Because.PAGE_UNKNOWN),
        (len(says) > LONGEST_LINE, Reason(Because.TEXT_TOO_LONG, str(LONGEST_LINE))),
        (others >= MOST_PICTURES, Reason(Because.TOO_MANY_CARDS, str(MOST_PICTURES))),
    )
