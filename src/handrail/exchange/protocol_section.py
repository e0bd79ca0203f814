"""Reads typed values out of one section of a protocol file, noting every fault on the way.

A wrong value is noted and a stand-in of the right type is handed back, so that reading goes on and one
pass finds everything. The file is refused if a single fault was noted, so no stand-in survives.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from handrail.domain.words import Worded
from handrail.exchange.protocol_lines import Path
from handrail.exchange.protocol_sheet import Sheet, header_of, shown

CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
LONGEST_TEXT = 2000
STAND_IN_DAY = date(1, 1, 1)

_Word = TypeVar("_Word", bound=Worded)
_Made = TypeVar("_Made")


class Section:
    """One table of the file, and what has been asked of it."""

    def __init__(self, sheet: Sheet, path: Path, table: dict[str, Any]) -> None:
        self.sheet = sheet
        self.path = path
        self.table = table
        self.asked: set[str] = set()
        self.missing: dict[str, str] = {}  # key → how to mend it

    def text(self, key: str, *, longest: int = LONGEST_TEXT) -> str:
        """Words to be read: not empty, no control characters."""
        value = self._value(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._wrong(key, "text", value, f'Put it in quotes: {key} = "…"')
        elif not value.strip():
            self._wrong(key, "text that says something", value, "Write the words between the quotes")
        elif len(value) > longest:
            self._wrong(key, f"at most {longest} characters long", value, "Shorten it")
        elif not value.replace("\n", "").isprintable():
            self._wrong(key, "plain text", value, "Take out the control characters")
        else:
            return value
        return ""

    def optional_text(self, key: str, *, longest: int = LONGEST_TEXT) -> str:
        """Words to be read that may be left out."""
        self.asked.add(key)
        return self.text(key, longest=longest) if key in self.table else ""

    def code(self, key: str = "code") -> str:
        """A short name that is stored: lower-case letters, digits and underscores."""
        text = self.text(key)
        if text and not CODE.fullmatch(text):
            what = "a code: a lower-case letter, then lower-case letters, digits and underscores, at most 30"
            self._wrong(key, what, text, 'Write it like "team_1"')
        return text

    def whole(self, key: str, unit: str, *, least: int, most: int) -> int:
        """A whole number between two bounds."""
        what = f"a whole number of {unit}"
        value = self._value(key)
        if value is None:
            return least
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(key, what, value, f"Write a number from {least} to {most}, without quotes")
        elif not least <= value <= most:
            self._wrong(key, f"{what} from {least} to {most}", value, "Choose a number in that range")
        else:
            return value
        return least

    def optional_whole(self, key: str, unit: str, *, least: int, most: int, otherwise: int) -> int:
        """A whole number that may be left out."""
        self.asked.add(key)
        return self.whole(key, unit, least=least, most=most) if key in self.table else otherwise

    def number(self, key: str, *, least: float, most: float) -> float:
        """A number, whole or with a decimal point."""
        value = self._value(key)
        if value is None:
            return least
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._wrong(key, "a number", value, "Write it without quotes, such as 0.95")
        elif not least <= value <= most:  # so `nan` and `inf` are refused too
            self._wrong(key, f"a number from {least:g} to {most:g}", value, "Choose a number in that range")
        else:
            return float(value)
        return least

    def optional_number(self, key: str, *, least: float, most: float) -> float | None:
        """A number that may be left out."""
        self.asked.add(key)
        return self.number(key, least=least, most=most) if key in self.table else None

    def flag(self, key: str) -> bool:
        """Yes or no, as TOML writes it: true or false."""
        value = self._value(key)
        if value is not None and not isinstance(value, bool):
            self._wrong(key, "true or false", value, "Write one of the two, without quotes")
        return value is True

    def optional_flag(self, key: str, *, otherwise: bool) -> bool:
        """Yes or no, which may be left out."""
        self.asked.add(key)
        return self.flag(key) if key in self.table else otherwise

    def day(self, key: str) -> date:
        """A date without a time of day."""
        value = self._value(key)
        if value is None:
            return STAND_IN_DAY
        if isinstance(value, datetime) or not isinstance(value, date):
            self._wrong(key, "a date", value, "Write year-month-day without quotes, such as 2014-03-12")
            return STAND_IN_DAY
        return value

    def word(self, key: str, words: type[_Word]) -> _Word:
        """One of the allowed words."""
        value = self._value(key)
        found = None if value is None else self._one((*self.path, key), value, words)
        return found or next(iter(words))

    def optional_word(self, key: str, words: type[_Word]) -> _Word | None:
        """One of the allowed words, or nothing."""
        self.asked.add(key)
        return self.word(key, words) if key in self.table else None

    def words(self, key: str, words: type[_Word], *, least: int) -> tuple[_Word, ...]:
        """A list of allowed words, each at most once."""
        found: list[_Word] = []
        for path, value in self._elements(key, "a list of words", least=least):
            word = self._one(path, value, words)
            if word is not None and word in found:
                self.sheet.note(path, f"must not be named twice; found {shown(value)}", "Take one out")
            elif word is not None:
                found.append(word)
        return tuple(found)

    def texts(self, key: str, *, least: int) -> tuple[str, ...]:
        """A list of texts, each at most once."""
        found: list[str] = []
        for path, value in self._elements(key, "a list of texts", least=least):
            if not isinstance(value, str) or not value.strip() or not value.isprintable():
                self.sheet.note(path, f"must be text; found {shown(value)}", "Write the words in quotes")
            elif value in found:
                self.sheet.note(path, f"must not be named twice; found {shown(value)}", "Take one out")
            else:
                found.append(value)
        return tuple(found)

    def optional_texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that may be left out."""
        self.asked.add(key)
        return self.texts(key, least=1) if key in self.table else ()

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, which may be empty."""
        found = []
        for path, value in self._elements(key, "a list of whole numbers", least=0):
            if isinstance(value, bool) or not isinstance(value, int):
                self.sheet.note(path, f"must be a whole number; found {shown(value)}", "Take off the quotes")
            else:
                found.append(value)
        return tuple(found)

    def section(self, key: str, read: Callable[[Section], _Made]) -> _Made:
        """A table inside this one. Where it is missing, that is the one fault told about it."""
        mend = f"Write [{header_of((*self.path, key))}] and its keys"
        return self._read((*self.path, key), self._value(key, mend), read, mend)

    def optional_section(self, key: str, read: Callable[[Section], _Made]) -> _Made | None:
        """A table inside this one that may be left out."""
        self.asked.add(key)
        return self.section(key, read) if key in self.table else None

    def sections(self, key: str, read: Callable[[Section], _Made], *, least: int) -> tuple[_Made, ...]:
        """A list of tables, written [[key]] once for each."""
        mend = f"Write [[{header_of((*self.path, key))}]] above each entry"
        elements = self._elements(key, "a list of sections", least=least, mend=mend)
        return tuple(self._read(path, value, read, mend) for path, value in elements)

    def optional_sections(self, key: str, read: Callable[[Section], _Made]) -> tuple[_Made, ...]:
        """A list of tables that may be left out."""
        self.asked.add(key)
        return self.sections(key, read, least=0) if key in self.table else ()

    def finish(self) -> None:
        """Note every key that nobody asked for, with the likely right one, and every key that is missing."""
        for key in self.table:
            if key not in self.asked:
                self._unknown(key)
        for key, mend in self.missing.items():
            self.sheet.note((*self.path, key), "is missing", mend)

    def _unknown(self, key: str) -> None:
        known = sorted(self.asked)
        likely = difflib.get_close_matches(key, known, n=1)
        mend = f'Did you mean "{likely[0]}"?' if likely else f"Known here: {', '.join(known)}"
        self.sheet.note((*self.path, key), "is not a known key", mend)
        if likely:  # one slip of the pen, told once
            self.missing.pop(likely[0], None)
            self.sheet.spoilt.add((*self.path, likely[0]))

    def _value(self, key: str, mend: str = "") -> Any:
        self.asked.add(key)
        if key not in self.table:
            self.missing[key] = mend or f"Add {key} = …"
        return self.table.get(key)

    def _elements(self, key: str, what: str, *, least: int, mend: str = "") -> list[tuple[Path, Any]]:
        value = self._value(key, mend)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong(key, what, value, mend or "Write it in square brackets, with commas between")
            return []
        if len(value) < least:
            self._wrong(key, f"{what}, at least {least} long", value, mend or "Add what is missing")
        return [((*self.path, key, index), element) for index, element in enumerate(value)]

    def _read(self, path: Path, value: object, read: Callable[[Section], _Made], mend: str) -> _Made:
        sheet = self.sheet
        if not isinstance(value, dict):
            if value is not None:
                sheet.note(path, f"must be a section of its own; found {shown(value)}", mend)
            sheet = Sheet(sheet.file, {})  # a stand-in: what it lacks is not worth telling
        section = Section(sheet, path, value if isinstance(value, dict) else {})
        made = read(section)
        section.finish()
        return made

    def _one(self, path: Path, value: object, words: type[_Word]) -> _Word | None:
        for word in words:
            if value == word.value:
                return word
        allowed = [word.value for word in words]
        likely = difflib.get_close_matches(str(value), allowed, n=1)
        mend = f'Did you mean "{likely[0]}"?' if likely else "Use one of these words, in quotes"
        listed = " or ".join(f'"{word}"' for word in allowed)
        self.sheet.note(path, f"must be {listed}; found {shown(value)}", mend)
        return None

    def _wrong(self, key: str, what: str, value: object, mend: str) -> None:
        self.sheet.note((*self.path, key), f"must be {what}; found {shown(value)}", mend)
