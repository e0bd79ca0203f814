"""One locked table: its cells read by the kinds that ``domain.extract`` declares, every fault at its line.

Rows come out in the order of their text, so that the order of the rows in a file never reaches a result.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from handrail.domain.extract import Kind, Table
from handrail.domain.refusal import Fault

MEND_LOCK = "Ask for the lock again: a locked file is never edited"

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Value = str | int | float | date | None


@dataclass(frozen=True)
class LockedTable:
    """One table of a lock, as columns of typed values; a blank is ``None``; ``lines`` count in the file."""

    name: str
    file: str
    columns: Mapping[str, tuple[Value, ...]]
    lines: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.lines)

    def texts(self, column: str) -> tuple[str, ...]:
        """A text column; blank is the empty text."""
        return tuple(str(value) if value is not None else "" for value in self.columns[column])

    def wholes(self, column: str) -> tuple[int | None, ...]:
        """A column of whole numbers, or of yes (1) and no (0)."""
        return tuple(value if isinstance(value, int) else None for value in self.columns[column])

    def numbers(self, column: str) -> tuple[float | None, ...]:
        """A column of numbers."""
        return tuple(float(v) if isinstance(v, int | float) else None for v in self.columns[column])

    def dates(self, column: str) -> tuple[date | None, ...]:
        """A column of dates."""
        return tuple(value if isinstance(value, date) else None for value in self.columns[column])


def parse(table: Table, file: str, content: bytes, faults: list[Fault]) -> LockedTable:
    """The table in these bytes; every fault found is added to ``faults``, and its cell left blank."""
    rows = _rows(table, file, content, faults)
    lines = tuple(line for line, _ in rows)
    columns: dict[str, tuple[Value, ...]] = {}
    for i, column in enumerate(table.columns):
        read = READERS[column.kind]
        cells = [(line, row[i]) for line, row in rows]
        columns[column.name] = tuple(
            _cell(read, text, file, line, column.name, faults) for line, text in cells
        )
    _note_repeats(table, file, rows, faults)
    return LockedTable(table.name, file, columns, lines)


def _rows(table: Table, file: str, content: bytes, faults: list[Fault]) -> list[tuple[int, list[str]]]:
    """The rows with their lines, in the order of their text; rows of the wrong length are faults."""
    rows: list[tuple[int, list[str]]] = []
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        header = next(reader, [])
        if tuple(header) != table.header:
            problem = f"the columns must be {', '.join(table.header)}"
            faults.append(Fault(file, 1, "", problem, MEND_LOCK))
            return []
        for row in reader:
            if len(row) == len(table.columns):
                rows.append((reader.line_num, row))
            else:
                problem = f"has {len(row)} cells; {len(table.columns)} are declared"
                faults.append(Fault(file, reader.line_num, "", problem, MEND_LOCK))
    except UnicodeDecodeError:
        faults.append(Fault(file, 0, "", "is not text in UTF-8", MEND_LOCK))
    except csv.Error as error:
        faults.append(Fault(file, reader.line_num, "", f"is not CSV ({error})", MEND_LOCK))
    return sorted(rows, key=lambda row: row[1])


def _cell(
    read: Callable[[str], Value], text: str, file: str, line: int, column: str, faults: list[Fault]
) -> Value:
    if text == "":
        return None
    try:
        return read(text)
    except ValueError as error:
        faults.append(Fault(file, line, column, f'{error}; found "{text}"', MEND_LOCK))
        return None


def _note_repeats(table: Table, file: str, rows: list[tuple[int, list[str]]], faults: list[Fault]) -> None:
    """Add a fault for a blank first cell, and for a row that stands twice under the same key."""
    width = KEY_WIDTHS.get(table.name, 1)
    seen: set[tuple[str, ...]] = set()
    for line, row in rows:
        key = tuple(row[:width])
        if not row[0]:
            faults.append(Fault(file, line, table.columns[0].name, "is blank", MEND_LOCK))
        elif key and key in seen:
            faults.append(
                Fault(file, line, table.columns[0].name, f"{' '.join(key)} is there twice", MEND_LOCK)
            )
        seen.add(key)


def _whole(text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise ValueError("must be a whole number")
    return int(text)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError("must be a number") from None
    if value != value or abs(value) == float("inf"):
        raise ValueError("must be a finite number")
    return value


def _date(text: str) -> date:
    try:
        if not ISO_DATE.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("must be a date as YYYY-MM-DD") from None


def _yes_no(text: str) -> int:
    if text not in ("0", "1"):
        raise ValueError("must be 1 for yes or 0 for no")
    return int(text)


READERS: Mapping[Kind, Callable[[str], Value]] = {
    Kind.TEXT: str,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
}
# How many of the first columns name a row; one where not said; 0 where a row may stand twice.
KEY_WIDTHS = {"followup": 3, "adverse_events": 2, "relatedness": 0, "participation": 0, "post": 0}
