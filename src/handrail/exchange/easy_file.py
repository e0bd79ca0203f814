"""Reads the workbook in easy words, one text file for each part, or refuses them by file, key and line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from handrail.domain.refusal import BadFile, Fault
from handrail.domain.workbook import Part
from handrail.domain.workbook_easy import EasyBook, EasyCover, EasyPart, EasyQuestion, Picture
from handrail.exchange.protocol_section import Section
from handrail.exchange.protocol_sheet import shown
from handrail.exchange.workbook_file import STRUCTURED, finish, load, opened

EASY = STRUCTURED.parent / "easy"
COVER = "cover.toml"
LONGEST_LINE = 80
SAID: tuple[str, ...] = ("title", "belongs", "contents", "optional", "help", "wrote", "unsure", "draw")
SAID += ("part_filled", "lost", "card")

Made = TypeVar("Made")


def load_easy(folder: Path = EASY, parts: Sequence[Part] | None = None) -> EasyBook:
    """The easy booklet's words. Raises: BadFile, with every fault of every file."""
    known = {part.code: part for part in (load() if parts is None else parts)}
    faults: list[Fault] = []
    cover = _read(folder / COVER, _cover, faults)
    paths = [path for path in sorted(folder.glob("*.toml")) if path.name != COVER]
    read = [_read(path, partial(_part, known=known), faults) for path in paths]
    found = {part.part: part for part in read if part is not None}
    if len(found) != len(read) and not faults:
        faults.append(Fault(folder.name, 0, "part", "is the same in two files", "Leave one of them"))
    if not faults:
        lost = [code for code in known if code not in found]
        faults = [Fault(folder.name, 0, code, "has no easy words", "Add a file for it") for code in lost]
    if faults or cover is None:
        raise BadFile(tuple(faults))
    return EasyBook(cover, tuple(found[code] for code in known))


def _read(path: Path, make: Callable[[Section], Made], faults: list[Fault]) -> Made | None:
    try:
        whole = opened(path)
        made = make(whole)
        finish(whole)
    except BadFile as bad:
        faults.extend(bad.faults)
        return None
    return made


def _cover(whole: Section) -> EasyCover:
    return EasyCover(
        version=whole.text("version", longest=20),
        licence=whole.text("licence", longest=40),
        lines=whole.texts("lines", least=1),
        picture=_picture(whole),
        card_lines=whole.texts("card_lines", least=1),
        **{key: whole.text(key, longest=LONGEST_LINE) for key in SAID},
    )


def _part(whole: Section, *, known: dict[str, Part]) -> EasyPart:
    code = whole.code("part")
    part = known.get(code)
    if part is None:
        whole.sheet.note(("part",), f"must be a part of the workbook; found {shown(code)}", "Write its code")
    return EasyPart(
        part=code,
        version=whole.text("version", longest=20),
        licence=whole.text("licence", longest=40),
        title=whole.text("title", longest=LONGEST_LINE),
        lines=whole.texts("lines", least=1),
        picture=_picture(whole),
        questions=whole.sections("questions", partial(_question, part=part), least=1),
    )


def _question(section: Section, *, part: Part | None) -> EasyQuestion:
    code = section.code("field")
    if part is not None and part.field(code) is None:
        problem = f"must be a question of this part; found {shown(code)}"
        section.sheet.note((*section.path, "field"), problem, "Write its code")
    return EasyQuestion(
        field=code,
        prompt=section.text("prompt", longest=LONGEST_LINE),
        lines=section.texts("lines", least=1),
        picture=_picture(section),
        options=section.optional_texts("options"),
        labels=section.optional_texts("labels"),
        draw=section.optional_flag("draw", otherwise=False),
    )


def _picture(section: Section) -> Picture:
    return Picture(section.code("picture"), section.text("alternative", longest=LONGEST_LINE))
