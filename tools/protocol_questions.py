"""What the reader of protocol files asks for: every section and key, found by letting the reader ask.

The reader of ``handrail.exchange.protocol_file`` is handed a section that writes down each question and
answers it with a stand-in. So what is written down is what is read, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from handrail.domain.words import Worded
from handrail.exchange import protocol_file
from handrail.exchange.protocol_section import LONGEST_TEXT, Section

_Word = TypeVar("_Word", bound=Worded)
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Question:
    """One key: its name, what it must hold in words, the words to choose from, and if it may be left out."""

    key: str
    holds: str
    words: type[Worded] | None = None
    is_required: bool = True
    otherwise: str = ""


@dataclass
class Asked:
    """One section: its path, how often it stands in a file, its keys, and the sections inside it."""

    path: tuple[str, ...]
    is_list: bool = False
    least: int = 1
    may_be_left_out: bool = False
    questions: list[Question] = field(default_factory=list)
    inside: list[Asked] = field(default_factory=list)

    # The reads of handrail.exchange.protocol_section.Section, by the same names. A read that is missing here
    # stops the making of the document.

    def text(self, key: str, *, longest: int = LONGEST_TEXT) -> str:
        return self._note("", key, f"text, at most {longest} characters")

    def code(self, key: str = "code") -> str:
        return self._note("", key, "a code: `a` to `z`, digits and `_`, a letter first, at most 30")

    def whole(self, key: str, unit: str, *, least: int, most: int) -> int:
        return self._note(least, key, _bounded(f"a whole number of {unit}", least, most))

    def optional_whole(self, key: str, unit: str, *, least: int, most: int, otherwise: int) -> int:
        holds = _bounded(f"a whole number of {unit}", least, most)
        told = f"`{otherwise}`" if otherwise else ""  # 0 is below the least: it says that there is none
        return self._note(otherwise, key, holds, is_required=False, otherwise=told)

    def number(self, key: str, *, least: float, most: float) -> float:
        return self._note(least, key, _bounded("a number", least, most))

    def optional_number(self, key: str, *, least: float, most: float) -> float | None:
        return self._note(None, key, _bounded("a number", least, most), is_required=False)

    def flag(self, key: str) -> bool:
        return self._note(False, key, "`true` or `false`")

    def optional_flag(self, key: str, *, otherwise: bool) -> bool:
        told = "true" if otherwise else "false"
        return self._note(otherwise, key, "`true` or `false`", is_required=False, otherwise=f"`{told}`")

    def day(self, key: str) -> date:
        return self._note(date(1, 1, 1), key, "a date, year-month-day, without quotes")

    def word(self, key: str, words: type[_Word]) -> _Word:
        return self._note(next(iter(words)), key, "one word", words=words)

    def optional_word(self, key: str, words: type[_Word]) -> _Word | None:
        return self._note(None, key, "one word", words=words, is_required=False)

    def words(self, key: str, words: type[_Word], *, least: int) -> tuple[_Word, ...]:
        return self._note((), key, f"a list of words, {_least(least)}", words=words)

    def texts(self, key: str, *, least: int) -> tuple[str, ...]:
        return self._note((), key, f"a list of texts, {_least(least)}")

    def wholes(self, key: str) -> tuple[int, ...]:
        return self._note((), key, "a list of whole numbers, which may be empty")

    def section(self, key: str, read: Callable[[Section], _Made]) -> _Made:
        return self._ask(read, Asked((*self.path, key)))

    def optional_section(self, key: str, read: Callable[[Section], _Made]) -> _Made | None:
        return self._ask(read, Asked((*self.path, key), may_be_left_out=True))

    def sections(self, key: str, read: Callable[[Section], _Made], *, least: int) -> tuple[_Made, ...]:
        return (self._ask(read, Asked((*self.path, key), is_list=True, least=least)),)

    def optional_sections(self, key: str, read: Callable[[Section], _Made]) -> tuple[_Made, ...]:
        return (self._ask(read, Asked((*self.path, key), is_list=True, may_be_left_out=True)),)

    def everything(self) -> list[Asked]:
        """This section and those inside it, in the order in which the reader asks."""
        return [self, *(found for each in self.inside for found in each.everything())]

    def _note(self, stand_in: Any, key: str, holds: str, **more: Any) -> Any:
        self.questions.append(Question(key, holds, **more))
        return stand_in

    def _ask(self, read: Callable[[Section], _Made], about: Asked) -> _Made:
        self.inside.append(about)
        return read(cast(Section, about))


def sections() -> list[Asked]:
    """Every section that the reader asks for, each with its keys; the file as a whole is left out."""
    whole = Asked(())
    protocol_file.stated_in(cast(Section, whole))
    return whole.everything()[1:]


def _bounded(what: str, least: float, most: float) -> str:
    if most >= 1e9:
        return what
    return f"{what}, {least:g} to {most:g}" if most < 1e4 else f"{what}, {least:g} to {most:,.0f}"


def _least(least: int) -> str:
    return f"at least {least}" if least else "which may be empty"
