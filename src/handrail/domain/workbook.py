"""The workbook's parts and fields, what a person has written, and when they may write online. Sealed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from handrail.domain.protocol import WorkbookOffer
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because

LONGEST_WORDS = 4000


@dataclass(frozen=True)
class Field:
    """One thing that a person may write about. Every field can be skipped."""

    code: str
    prompt: str
    hint: str


@dataclass(frozen=True)
class Part:
    """One part of the workbook. A released version's words never change."""

    code: str
    number: int
    title: str
    introduction: str
    version: str
    licence: str
    fields: tuple[Field, ...]

    def field(self, code: str) -> Field | None:
        """The field of this code, or none."""
        return {field.code: field for field in self.fields}.get(code)


@dataclass(frozen=True)
class Writer:
    """One person in the trial, as these rules see them."""

    offer: WorkbookOffer | None


@dataclass(frozen=True)
class Written:
    """What a person has written in one part: never a percentage, never a judgement."""

    part: str
    field_codes: tuple[str, ...]


def is_online(offer: WorkbookOffer | None) -> bool:
    """Whether an arm opens the workbook's online pages."""
    return offer is not None and offer.is_online


def why_not_open(writer: Writer) -> Reasons:
    """Reasons why a person cannot see the online workbook. Stopping the programme does not take it away."""
    return only((not is_online(writer.offer), Because.NOT_OFFERED))


def why_not_write(writer: Writer, parts: Collection[Part], part: str, field: str, words: str) -> Reasons:
    """Reasons why a person cannot write on a page. What they wrote before is theirs to change or clear."""
    known = {one.code: one for one in parts}
    return why_not_open(writer) + only(
        (part not in known or known[part].field(field) is None, Because.PAGE_UNKNOWN),
        (len(words) > LONGEST_WORDS, Reason(Because.TEXT_TOO_LONG, str(LONGEST_WORDS))),
    )


def progress(parts: Collection[Part], written: Collection[tuple[str, str]]) -> tuple[Written, ...]:
    """What is written, part by part, in the order of the workbook."""
    return tuple(
        Written(part.code, tuple(field.code for field in part.fields if (part.code, field.code) in written))
        for part in sorted(parts, key=lambda part: part.number)
    )
