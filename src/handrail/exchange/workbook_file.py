"""Reads the workbook's parts, one text file each, or refuses them with every fault at its key and line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from handrail.domain.refusal import BadFile, Fault
from handrail.domain.workbook import Field, Part
from handrail.exchange.protocol_lines import lines_of
from handrail.exchange.protocol_section import Section
from handrail.exchange.protocol_sheet import Sheet

STRUCTURED = Path(__file__).resolve().parents[1] / "workbook" / "structured"
SYNTAX_LINE = re.compile(r"line (\d+)")
LONGEST_PROMPT = 300


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
    if not parts and not faults:
        faults.append(Fault(folder.name, 0, "", "holds no part", "Put one .toml file there for each part"))
    if faults:
        raise BadFile(tuple(faults))
    return tuple(sorted(parts, key=lambda part: part.number))


def load_part(path: Path) -> Part:
    """One part. Raises: BadFile, with every fault found in it."""
    text = _text(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = SYNTAX_LINE.search(str(error))
        raise _bad(path, int(place[1]) if place else 0, f"is not TOML: {error}", "Mend this first") from None
    sheet = Sheet(path.name, lines_of(text))
    whole = Section(sheet, (), tables)
    part = _part(whole)
    whole.finish()
    _check_codes(part, sheet)
    if sheet.faults:
        raise BadFile(tuple(sorted(sheet.faults, key=lambda fault: fault.line)))
    return part


def _part(whole: Section) -> Part:
    return Part(
        code=whole.code(),
        number=whole.whole("number", "places", least=1, most=99),
        title=whole.text("title", longest=80),
        introduction=whole.text("introduction", longest=LONGEST_PROMPT * 2),
        version=whole.text("version", longest=20),
        licence=whole.text("licence", longest=40),
        fields=whole.sections("fields", _field, least=1),
    )


def _field(section: Section) -> Field:
    return Field(
        code=section.code(),
        prompt=section.text("prompt", longest=LONGEST_PROMPT),
        hint=section.text("hint", longest=LONGEST_PROMPT),
    )


def _check_codes(part: Part, sheet: Sheet) -> None:
    seen: set[str] = set()
    for index, field in enumerate(part.fields):
        if field.code and field.code in seen:
            path = ("fields", index, "code")
            sheet.note(path, f'must not be used twice; found "{field.code}"', "Give each field its own")
        seen.add(field.code)


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
        raise _bad(path, 0, f"cannot be read: {error.strerror}", "Check the name and the place") from None
    except UnicodeDecodeError:
        raise _bad(path, 0, "is not UTF-8 text", "Save the file again as UTF-8") from None


def _bad(path: Path, line: int, problem: str, mend: str) -> BadFile:
    return BadFile((Fault(path.name, line, "", problem, mend),))
