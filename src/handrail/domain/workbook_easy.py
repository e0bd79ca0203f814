"""The workbook in easy words: fewer questions, short sentences, a picture for each. Its own text. Sealed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """One of our own drawings, and what it shows in words."""

    name: str
    alternative: str


@dataclass(frozen=True)
class EasyQuestion:
    """One question in easy words. ``field`` is the code of the question that it stands for.

    ``labels``: what to write on each line of an entry, where it has more than one.
    """

    field: str
    prompt: str
    lines: tuple[str, ...]
    picture: Picture
    options: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    draw: bool = False


@dataclass(frozen=True)
class EasyPart:
    """One part in easy words. ``part`` is the code of the part that it stands for."""

    part: str
    version: str
    licence: str
    title: str
    lines: tuple[str, ...]
    picture: Picture
    questions: tuple[EasyQuestion, ...]


@dataclass(frozen=True)
class EasyCover:
    """What the easy booklet says round its parts."""

    version: str
    licence: str
    title: str
    lines: tuple[str, ...]
    picture: Picture
    belongs: str
    contents: str
    optional: str
    help: str
    wrote: str
    unsure: str
    draw: str
    part_filled: str
    lost: str
    card: str
    card_lines: tuple[str, ...]


@dataclass(frozen=True)
class EasyBook:
    """The whole of it, in the order of the workbook."""

    cover: EasyCover
    parts: tuple[EasyPart, ...]
