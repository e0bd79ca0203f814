"""A CSV file row by row, with the line on which each row starts: the slow and careful reading."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from handrail.analysis.acutecare.columns import Column
from handrail.analysis.acutecare.sources import Source
from handrail.domain.refusal import BadFile, Fault

CHUNK = 1 << 20
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF_16 = ("is UTF-16 text", "Save the file again as UTF-8")
AS_CSV = "Save it as plain CSV: commas between fields, one row to a line"

NumberedRow = tuple[int, list[str] | csv.Error]


def opened(path: Path) -> TextIO:
    """The file as text. Bytes that are not UTF-8 come through as lone surrogates, found cell by cell."""
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


@dataclass(frozen=True)
class Marks:
    """How often the bytes that shape a CSV file stand in it, and whether its last line has an end."""

    quotes: int
    commas: int
    feeds: int
    returns: int
    is_finished: bool

    @property
    def lines(self) -> int:
        """Lines, an unfinished last one included. Old files end theirs in a return alone."""
        return (self.feeds or self.returns) + (not self.is_finished)

    @property
    def has_one_line_end(self) -> bool:
        """Whether every line ends in the same way."""
        return self.feeds == 0 or self.returns in (0, self.feeds)


def marks_of(path: Path) -> Marks:
    """The marks of a file, in one quick pass."""
    counts, last = np.zeros(4, dtype=np.int64), b"\n"
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            numbers = np.frombuffer(chunk, dtype=np.uint8)
            counts += [np.count_nonzero(numbers == mark) for mark in b'",\n\r']
            last = chunk[-1:]
    quotes, commas, feeds, returns = (int(count) for count in counts)
    return Marks(quotes, commas, feeds, returns, last in (b"\n", b"\r"))


def is_exact(path: Path, row_count: int, width: int) -> bool:
    """Whether a file that the fast reading took has rows of this width and nothing more.

    The fast reading overlooks empty fields too many at the end of a row. Without quotes, counting commas
    shows them; with quotes, every row is looked at.
    """
    marks = marks_of(path)
    if not marks.quotes:
        return marks.has_one_line_end and marks.commas == (row_count + 1) * (width - 1)
    with opened(path) as file:
        return all(not isinstance(row, csv.Error) and len(row) == width for _, row in numbered(file))


def header(path: Path) -> list[str]:
    """The first row; empty when there is none, or none that can be read."""
    with opened(path) as file:
        return next((row for _, row in numbered(file) if not isinstance(row, csv.Error)), [])


def numbered(file: TextIO) -> Iterator[NumberedRow]:
    """Every row with its line, blank lines left out; in place of a row that cannot be split, the error."""
    reader = csv.reader(file, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error
        else:
            if row:
                yield line, row


def lines_of(source: Source, row_count: int) -> Column:
    """The line on which each row of a file that was read stands.

    Raises:
        BadFile: when the careful reading does not find the same rows as the fast one did.
    """
    if marks_of(source.path).lines == row_count + 1:
        return np.arange(2, row_count + 2, dtype=np.int64)
    with opened(source.path) as file:
        lines = np.fromiter((line for line, _ in numbered(file)), dtype=np.int64)[1:]
    if lines.size != row_count:
        raise BadFile((Fault(source.name, 0, "", "has rows that can be told apart in two ways", AS_CSV),))
    return lines


def why_not_text(path: Path) -> tuple[str, str] | None:
    """What is wrong with the file as a whole: another encoding, or line endings of several kinds."""
    ends = dict.fromkeys((b"\r\n", b"\n", b"\r"), 0)
    with path.open("rb") as file:
        first = file.read(2)
        if first in UTF_16_MARKS:
            return UTF_16
        file.seek(0)
        for line in file:  # ends in a line feed; a lone return stands inside it
            pairs = line.endswith(b"\r\n")
            ends[b"\r\n"] += pairs
            ends[b"\n"] += line.endswith(b"\n") - pairs
            ends[b"\r"] += line.count(b"\r") - pairs
    if sum(count > 0 for count in ends.values()) > 1:
        return "has line endings of more than one kind", "Save it again with one kind of line ending"
    return None
