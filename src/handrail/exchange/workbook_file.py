"""Reads the workbook's parts, one text file each, or refuses them with every fault at its key and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from handrail.domain.refusal import BadFile, Fault
from handrail.domain.workbook import Box, Field, Part, Signs
from handrail.domain.workbook_words import BoxKind, FieldKind, Pile
from handrail.exchange.protocol_lines import lines_of
from handrail.exchange.protocol_section import Section
from handrail.exchange.protocol_sheet import Sheet

STRUCTURED = Path(__file__).resolve().parents[1] / "workbook" / "structured"
SYNTAX_LINE = re.compile(r"line (\d+)")
LONGEST_PROMPT = 300
OF_A_SIGN = (
    Box("sign", "A sign"),
    Box("pile", "Is this like you?", BoxKind.CHOICE, tuple(pile.sentence for pile in Pile)),
    Box("when", "When does it come?", BoxKind.CHOICE, ("Early on", "Later", "Late")),
)


def load(folder: Path = STRUCTURED) -> tuple[Part, ...]:
    """Every part in a folder, in the order of the workbook.

    Raises:
        BadFile: with every fault of every file.
    """
    faults: list[Fault] = []
    parts: list[Part] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            parts.append(load_part(path))
        except BadFile as bad:
            faults.extend(bad.faults)
    faults.extend(_twins(parts, folder.name))
    if not faults:
        faults.extend(_across(parts, folder.name))
    if not parts and not faults:
        faults.append(Fault(folder.name, 0, "", "holds no part", "Put one .toml file there for each part"))
    if faults:
        raise BadFile(tuple(faults))
    return tuple(sorted(parts, key=lambda part: part.number))


def load_part(path: Path) -> Part:
    """One part. Raises: BadFile, with every fault found in it."""
    whole = opened(path)
    part = _part(whole)
    _check_codes(part, whole.sheet)
    finish(whole)
    return part


def opened(path: Path) -> Section:
    """A file of the workbook, to be read. Raises: BadFile, where it is not TOML."""
    text = _text(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = SYNTAX_LINE.search(str(error))
        raise bad(path, int(place[1]) if place else 0, f"is not TOML: {error}", "Mend this first") from None
    return Section(Sheet(path.name, lines_of(text)), (), tables)


def finish(whole: Section) -> None:
    """Refuse a file that was read where anything in it is at fault. Raises: BadFile."""
    whole.finish()
    if whole.sheet.faults:
        raise BadFile(tuple(sorted(whole.sheet.faults, key=lambda fault: fault.line)))


def _part(whole: Section) -> Part:
    return Part(
        code=whole.code(),
        number=whole.whole("number", "places", least=1, most=99),
        title=whole.text("title", longest=80),
        introduction=whole.text("introduction", longest=LONGEST_PROMPT * 2),
        version=whole.text("version", longest=20),
        licence=whole.text("licence", longest=40),
        before=whole.optional_text("before", longest=LONGEST_PROMPT),
        after=whole.optional_text("after", longest=LONGEST_PROMPT),
        is_plan=whole.optional_flag("is_plan", otherwise=False),
        is_tool=whole.optional_flag("is_tool", otherwise=False),
        fields=whole.sections("fields", _field, least=1),
    )


def _field(section: Section) -> Field:
    kind = section.word("kind", FieldKind)
    lists: dict[str, Any] = {}
    if kind is FieldKind.CHOICE:
        lists["options"] = section.texts("options", least=2)
    elif kind is FieldKind.CARDS:
        lists["boxes"] = section.sections("boxes", _box, least=1)
        lists["suggestions"] = section.optional_texts("suggestions")
    elif kind is FieldKind.SORT:
        lists["boxes"] = OF_A_SIGN
        lists["piles"] = section.sections("piles", _signs, least=1)
    if lists.get("boxes"):
        lists |= {"into": section.optional_text("into", longest=30)}
        lists |= {"face": section.optional_text("face", longest=30)}
    return Field(
        code=section.code(),
        prompt=section.text("prompt", longest=LONGEST_PROMPT),
        hint=section.text("hint", longest=LONGEST_PROMPT),
        kind=kind,
        can_draw=section.optional_flag("can_draw", otherwise=False),
        looks_back=section.optional_flag("looks_back", otherwise=False),
        with_meetings=section.optional_flag("with_meetings", otherwise=False),
        **lists,
    )


def _box(section: Section) -> Box:
    kind = section.word("kind", BoxKind)
    has_list = kind in (BoxKind.CHOICE, BoxKind.CHOICES)
    return Box(
        code=section.code(),
        label=section.text("label", longest=LONGEST_PROMPT),
        kind=kind,
        options=section.texts("options", least=2) if has_list else (),
    )


def _signs(section: Section) -> Signs:
    return Signs(title=section.text("title", longest=40), signs=section.texts("signs", least=1))


def _check_codes(part: Part, sheet: Sheet) -> None:
    _check_twice(part.fields, ("fields",), "field", sheet)
    for place, field in enumerate(part.fields):
        if field.kind is FieldKind.CARDS:
            _check_twice(field.boxes, ("fields", place, "boxes"), "box", sheet)
        if field.face and field.box(field.face) is None:
            sheet.note(("fields", place, "face"), f'must name a box; found "{field.face}"', "Write its code")


def _check_twice(items: Sequence[Field | Box], path: tuple[str | int, ...], what: str, sheet: Sheet) -> None:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.code and item.code in seen:
            sheet.note(
                (*path, index, "code"),
                f'must not be used twice; found "{item.code}"',
                f"Give each {what} its own",
            )
        seen.add(item.code)


def _across(parts: list[Part], folder: str) -> list[Fault]:
    """What no single file can show: the plan is one, and what goes into it goes somewhere."""
    plans = [part for part in parts if part.is_plan]
    if len(plans) > 1:
        return [Fault(folder, 0, "is_plan", f"{len(plans)} parts are the plan", "Leave it in one of them")]
    takes = {field.code for part in plans for field in part.fields if field.kind is FieldKind.CARDS}
    lost = sorted({field.into for part in parts for field in part.fields if field.into} - takes)
    mend = "Name a question of the plan that takes cards"
    return [Fault(folder, 0, "into", f'no question of the plan is called "{one}"', mend) for one in lost]


def _twins(parts: list[Part], folder: str) -> list[Fault]:
    faults = []
    for what, values in (("code", [p.code for p in parts]), ("number", [str(p.number) for p in parts])):
        for value in sorted({value for value in values if values.count(value) > 1}):
            faults.append(Fault(folder, 0, what, f"{value} is used by two parts", "Give each part its own"))
    return faults


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise bad(path, 0, f"cannot be read: {error.strerror}", "Check the name and the place") from None
    except UnicodeDecodeError:
        raise bad(path, 0, "is not UTF-8 text", "Save the file again as UTF-8") from None


def bad(path: Path, line: int, problem: str, mend: str) -> BadFile:
    """A file refused for one fault."""
    return BadFile((Fault(path.name, line, "", problem, mend),))
