"""Why a file was refused: every fault with its line and column, found by a slow and careful second reading.

For Parquet, which has no lines, a "line" is the number of the row.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import duckdb

from handrail.analysis.acutecare import csv_lines
from handrail.analysis.acutecare.cells import Field, shown, why_not
from handrail.analysis.acutecare.sources import Source, parquet_types, wrong_types
from handrail.domain.refusal import Fault

MOST_FAULTS = 1000
OTHER_MARKS = {";": "semicolons", "\t": "tabs", "|": "upright lines"}

Row = dict[str, str]
RowFault = tuple[str, str, str]  # column, problem, mend
RowCheck = Callable[[int, Row], Iterable[RowFault]]


class Faults:
    """Faults in the order found. After a thousand they are only counted, by column."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.listed: list[Fault] = []
        self.beyond: Counter[str] = Counter()

    def add(self, line: int, column: str, problem: str, mend: str) -> None:
        """Note one fault."""
        if len(self.listed) < MOST_FAULTS:
            self.listed.append(Fault(self.file, line, column, problem, mend))
        else:
            self.beyond[column or "row"] += 1

    def all(self) -> tuple[Fault, ...]:
        """Every fault listed, and a last one that counts the rest."""
        if not self.beyond:
            return tuple(self.listed)
        kinds = ", ".join(f"{column} {count:,}" for column, count in self.beyond.most_common())
        problem = f"has {self.beyond.total():,} more faults ({kinds})"
        return (*self.listed, Fault(self.file, 0, "", problem, "Mend those listed and read it again"))


def header_of(con: duckdb.DuckDBPyConnection, source: Source, fields: tuple[Field, ...]) -> list[str] | None:
    """The names of the file's columns, in order; None when those needed are not all there."""
    odd: list[tuple[str, str]] = []
    if source.is_parquet:
        types = _types(con, source)
        header, odd = list(types), wrong_types(types, fields)
    else:
        header = csv_lines.header(source.path)
    return None if odd or any(_header_faults(header, fields)) else header


def explain(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    fields: tuple[Field, ...],
    row_check: RowCheck | None = None,
    reason: str = "cannot be read",
) -> tuple[Fault, ...]:
    """Every fault of the file. ``row_check`` looks at whole rows; ``reason`` is said if nothing is found."""
    faults = Faults(source.name)
    read = (
        _parquet_rows(con, source, fields, faults) if source.is_parquet else _csv_rows(source, fields, faults)
    )
    for line, row in read:
        for fault in (*_cell_faults(row, fields), *(row_check(line, row) if row_check else ())):
            faults.add(line, *fault)
    if not faults.listed:
        faults.add(0, "", reason.splitlines()[0], csv_lines.AS_CSV)
    return faults.all()


def _cell_faults(row: Row, fields: tuple[Field, ...]) -> Iterator[RowFault]:
    for field in fields:
        why = why_not(field, row[field.name]) if field.name in row else None
        if why:
            yield field.name, *why


def _header_faults(header: list[str], fields: tuple[Field, ...]) -> Iterator[RowFault]:
    found = shown(", ".join(header)) if header else "no columns"
    if len(header) == 1 and (split := _other_split(header[0], fields)):
        yield "", *split
        return
    for field in fields:
        if field.is_needed and field.name not in header:
            yield field.name, "column is missing", f"Name it in the first line; the file has {found}"
        elif header.count(field.name) > 1:
            yield field.name, "column is there more than once", "Keep one of them"


def _other_split(line: str, fields: tuple[Field, ...]) -> tuple[str, str] | None:
    """What is wrong with a first line that holds no comma: another mark between its columns, or no text."""
    if "\0" in line:
        return "is not text", csv_lines.AS_CSV
    for mark, name in OTHER_MARKS.items():
        if sum(field.name in line.split(mark) for field in fields) > 1:
            return f"is split by {name}, not by commas", csv_lines.AS_CSV
    return None


def _types(con: duckdb.DuckDBPyConnection, source: Source) -> dict[str, str]:
    """The columns of a Parquet file; none when it is not one."""
    try:
        return parquet_types(con, source)
    except duckdb.Error:
        return {}


def _parquet_rows(
    con: duckdb.DuckDBPyConnection, source: Source, fields: tuple[Field, ...], faults: Faults
) -> Iterator[tuple[int, Row]]:
    types = _types(con, source)
    if not types:
        faults.add(
            0, "", "is not a Parquet file that can be read", "Make it again, or name it .csv if it is CSV"
        )
        return
    for fault in _header_faults(list(types), fields):
        faults.add(0, *fault)
    odd = dict(wrong_types(types, fields))
    for name, kind in odd.items():
        faults.add(0, name, f"column is stored as {kind}", "Store it as text; a date as text or DATE")
    names = [field.name for field in fields if field.name in types and field.name not in odd]
    columns = ", ".join(f"coalesce(\"{name}\"::VARCHAR, '')" for name in names) or "''"
    query = f"SELECT {columns} FROM read_parquet(?, hive_partitioning=false)"  # noqa: S608 (our own names)
    rows = con.execute(query, [source.pattern])
    line = 0
    while cells := rows.fetchone():
        line += 1
        yield line, dict(zip(names, cells, strict=False))


def _csv_rows(source: Source, fields: tuple[Field, ...], faults: Faults) -> Iterator[tuple[int, Row]]:
    why = csv_lines.why_not_text(source.path)
    if why:
        faults.add(0, "", *why)
    if why == csv_lines.UTF_16:
        return
    names = {field.name for field in fields}
    header: list[str] = []
    for line, cells in _whole_rows(source, faults):
        if not header:
            header = cells
            for fault in _header_faults(header, fields):
                faults.add(line, *fault)
        elif len(cells) != len(header):
            mend = "Look for a comma too many or too few; put quotes around a field that holds one"
            faults.add(line, "", f"has {len(cells)} fields; the header has {len(header)}", mend)
        else:
            cut = {name: cell for name, cell in zip(header, cells, strict=True) if name in names}
            yield line, _readable(line, cut, faults)
    if not header:
        faults.add(0, "", "is empty", "The first line names the columns")


def _whole_rows(source: Source, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Rows that can be split into fields; the others are noted."""
    with csv_lines.opened(source.path) as file:
        for line, cells in csv_lines.numbered(file):
            if isinstance(cells, csv.Error):
                faults.add(line, "", f"cannot be split into fields: {cells}", csv_lines.AS_CSV)
            else:
                yield line, cells


def _readable(line: int, row: Row, faults: Faults) -> Row:
    """The cells that are text; bytes that are not UTF-8 came in as lone surrogates, and are noted."""
    broken = [name for name, cell in row.items() if not cell.isascii() and _has_surrogates(cell)]
    for name in broken:
        faults.add(line, name, "is not UTF-8 text", "Save the file again as UTF-8")
    return {name: cell for name, cell in row.items() if name not in broken}


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)
