"""A report as plain blocks, made once and set twice: as a web page and as a tagged PDF.

Nothing here computes. Words and numbers arrive finished, so that the two outputs cannot disagree.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Paragraph:
    """Running text. ``findings`` are the ids of the findings whose numbers it quotes."""

    text: str
    findings: tuple[str, ...] = ()
    kind: str = "paragraph"


@dataclass(frozen=True)
class Bullets:
    """A list of short statements."""

    items: tuple[str, ...]
    kind: str = "bullets"


@dataclass(frozen=True)
class Notice:
    """Something that must not be missed, such as that the people are synthetic."""

    title: str
    text: str
    kind: str = "notice"


@dataclass(frozen=True)
class Grid:
    """A table: the first column names the row. ``numeric`` are the columns set flush right (from 0)."""

    code: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    numeric: tuple[int, ...] = ()
    kind: str = "table"


@dataclass(frozen=True)
class Figure:
    """A drawing in a file of its own, with words for those who cannot see it. A table has its numbers."""

    code: str
    title: str
    file: str
    words: str
    note: str = ""
    width_percent: int = 100
    kind: str = "figure"


Block = Paragraph | Bullets | Notice | Grid | Figure


@dataclass(frozen=True)
class Section:
    """One section, with the CONSORT 2025 items that it answers."""

    code: str
    title: str
    items: str
    blocks: tuple[Block, ...]
    level: int = 2


def numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The same sections with their tables and figures numbered in the order in which they stand."""
    counts = {Grid: 0, Figure: 0}
    words = {Grid: "Table", Figure: "Figure"}
    made = []
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Grid | Figure):
                counts[type(block)] += 1
                number = counts[type(block)]
                block = replace(block, title=f"{words[type(block)]} {number}. {block.title}")
            blocks.append(block)
        made.append(replace(section, blocks=tuple(blocks)))
    return tuple(made)


@dataclass(frozen=True)
class KeyFigure:
    """One of the few numbers that a reader looks for first; ``basis`` is its window, people, n and method."""

    value: str
    meaning: str
    detail: str
    basis: str = ""


@dataclass(frozen=True)
class Document:
    """A whole report. ``dated`` is the lock's moment in words and ``date_parts`` its year, month, day."""

    title: str
    subtitle: str
    running_title: str
    label: str
    dated: str
    date_parts: tuple[int, int, int]
    key_figures: tuple[KeyFigure, ...]
    sections: tuple[Section, ...]
    colophon: tuple[tuple[str, str], ...] = field(default=())

    def as_plain(self) -> dict[str, Any]:
        """The document as plain dictionaries and lists, for the typesetter."""
        return asdict(self)
