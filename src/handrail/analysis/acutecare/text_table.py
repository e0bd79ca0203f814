"""A file of rows as a table of text in DuckDB, or refused with every fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import numpy as np

from handrail.analysis.acutecare import csv_lines
from handrail.analysis.acutecare.cells import EARLIEST, LATEST, Field, Kind, why_not
from handrail.analysis.acutecare.columns import Column
from handrail.analysis.acutecare.explain import RowCheck, explain, header_of
from handrail.analysis.acutecare.sources import Source
from handrail.domain.refusal import BadFile

CSV_OPTIONS = (
    "auto_detect=false, header=true, delim=',', quote='\"', escape='\"', strict_mode=true, "
    "null_padding=false, hive_partitioning=false, compression='none'"
)
MOST_DIFFERENT_DAYS = (LATEST - EARLIEST).days + 1
PLAIN = "[!-~]+"  # printable ASCII without a space: nothing to be wrong with it


@dataclass(frozen=True)
class TextTable:
    """One file, the columns read from it, and the table they go to.

    ``row_check`` makes a fresh check of whole rows for the explanation of a refused file.
    """

    con: duckdb.DuckDBPyConnection
    name: str
    source: Source
    fields: tuple[Field, ...]
    row_check: Callable[[], RowCheck | None] = lambda: None

    def refused(self, reason: str = "cannot be read") -> BadFile:
        """The refusal of this file, with every fault; ``reason`` only when the careful reading finds none."""
        return BadFile(explain(self.con, self.source, self.fields, self.row_check(), reason))

    def load(self) -> None:
        """Make the table, in the file's order, every cell text and an empty one NULL. Raises: BadFile."""
        header = header_of(self.con, self.source, self.fields)
        if header is None:
            raise self.refused()
        columns, origin = self._columns(header), self._origin(header)
        try:
            self.con.execute(
                f"CREATE TEMP TABLE {self.name} AS SELECT {columns} FROM {origin}",  # noqa: S608 (our own names)
                [self.source.pattern],
            )
        except duckdb.Error as error:
            raise self.refused(str(error)) from None
        if not (
            self.source.is_parquet or csv_lines.is_exact(self.source.path, self._row_count(), len(header))
        ):
            raise self.refused("has rows of different widths")
        for field in self.fields:
            if field.name in header and self._holds_a_fault(field):
                raise self.refused()

    def lines(self, row_count: int) -> Column:
        """The line on which each row stands; in Parquet, its number. Raises: BadFile."""
        if self.source.is_parquet:
            return np.arange(1, row_count + 1, dtype=np.int64)
        return csv_lines.lines_of(self.source, row_count)

    def _columns(self, header: list[str]) -> str:
        """What to select: each column by its place in the file; NULL for one that is not there."""
        is_parquet = self.source.is_parquet
        places = {name: f'"{name}"' if is_parquet else f"c{place}" for place, name in enumerate(header)}
        return ", ".join(
            f"nullif({places.get(field.name, 'NULL')}::VARCHAR, '') AS \"{field.name}\""
            for field in self.fields
        )

    def _origin(self, header: list[str]) -> str:
        if self.source.is_parquet:
            return "read_parquet(?, hive_partitioning=false)"
        types = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(header)))
        return f"read_csv(?, {CSV_OPTIONS}, columns={{{types}}})"

    def _holds_a_fault(self, field: Field) -> bool:
        """Whether any cell of the column is faulty. Each different text is looked at once."""
        if field.kind is Kind.WORD:
            return False
        which = ""
        if field.name == "person_id":  # so many that only those out of the ordinary are looked at
            which = f"WHERE person_id IS NULL OR NOT regexp_full_match(person_id, '{PLAIN}')"
        elif field.kind in (Kind.DAY, Kind.DAY_OR_EMPTY):
            which = f"LIMIT {MOST_DIFFERENT_DAYS + 2}"  # more than there are days, or none
        return any(why_not(field, text) for text in self._texts(field, which))

    def _row_count(self) -> int:
        return int(self.con.execute(f"SELECT count(*) FROM {self.name}").fetchall()[0][0])  # noqa: S608

    def _texts(self, field: Field, which: str) -> list[str]:
        query = f'SELECT DISTINCT "{field.name}" FROM {self.name} {which}'  # noqa: S608 (our own names)
        return [row[0] or "" for row in self.con.execute(query).fetchall()]
