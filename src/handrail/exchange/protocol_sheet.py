"""Gathers the faults of one protocol file, each at its key and line."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

from handrail.domain.refusal import Fault
from handrail.exchange.protocol_lines import Path

SHOWN_LENGTH = 60  # how much of a wrong value a fault repeats


class KeyFault(Fault):
    """A fault at a key. Its sentence runs on from the key's name: `outcome.horizon_days must be …`."""

    def __str__(self) -> str:
        place = f"{self.file} line {self.line}" if self.line else self.file
        mend = f". {self.mend}" if self.mend else ""
        return f"{place}: {self.column} {self.problem}{mend}"


@dataclass
class Sheet:
    """The file being read: its name, the line of each key, and the faults so far."""

    file: str
    lines: dict[Path, int]
    faults: list[Fault] = field(default_factory=list)
    spoilt: set[Path] = field(default_factory=set)

    def note(self, path: Path, problem: str, mend: str) -> None:
        """Note one fault at a key (or, where the key is missing, at the table that should hold it)."""
        self.spoilt.add(path)
        self.faults.append(KeyFault(self.file, self.line(path), name_of(path), problem, mend))

    def line(self, path: Path) -> int:
        """The line of the key, or of the nearest thing around it; 0 when only the file is around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines[path] if path else 0

    def is_sound(self, *names: str) -> bool:
        """Whether nothing on the way to this key, nor inside it, is at fault; entry numbers are left out.

        A cross-check that leans on a value asks this first, so that one mistake is told once.
        """
        for path in self.spoilt:
            spoilt = tuple(part for part in path if isinstance(part, str))
            if spoilt[: len(names)] == names or names[: len(spoilt)] == spoilt:
                return False
        return True


def name_of(path: Path) -> str:
    """A key's full name; entries of a list are counted from 1: `arms[2].share`."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return name.lstrip(".")


def header_of(path: Path) -> str:
    """The name to write in the square brackets above a section: `arms.workbook`."""
    return ".".join(part for part in path if isinstance(part, str))


def shown(value: object) -> str:
    """A value as a fault repeats it: as it stands in the file, cut short, with nothing unprintable."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return "a section"
    if isinstance(value, date):
        return value.isoformat()
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
    text = "".join(character if character.isprintable() else "?" for character in text)
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"
