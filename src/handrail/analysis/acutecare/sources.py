"""Files of rows, CSV or Parquet by their ending, as tables of text in DuckDB.

Everything is read as text first: nothing is guessed, so that ``1_0``, a time of day or a number for a date
reaches the rules of :mod:`handrail.analysis.acutecare.cells` as it stands in the file.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from handrail.analysis.acutecare.cells import Field, Kind
from handrail.domain.refusal import BadFile, Fault

TEXT_TYPES = {"VARCHAR"}
WHOLE_TYPES = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
MAY_HOLD = {
    Kind.NAME: TEXT_TYPES | WHOLE_TYPES | {"UUID"},
    Kind.WORD: TEXT_TYPES,
    Kind.DAY: TEXT_TYPES | {"DATE"},
    Kind.DAY_OR_EMPTY: TEXT_TYPES | {"DATE"},
    Kind.YES_NO: TEXT_TYPES | WHOLE_TYPES,
}


@dataclass(frozen=True)
class Source:
    """A file to read. ``called`` is what messages call it, where that is not its own name."""

    path: Path
    called: str = ""

    @property
    def name(self) -> str:
        """What messages call it; never a folder."""
        return self.called or self.path.name

    @property
    def is_parquet(self) -> bool:
        """Whether the ending says Parquet."""
        return is_parquet(self.path)

    @property
    def pattern(self) -> str:
        """The path, written so that DuckDB takes ``*``, ``?`` and ``[`` in it as they stand."""
        return re.sub(r"([*?\[])", r"[\1]", str(self.path.resolve()))


def is_parquet(path: Path) -> bool:
    """Whether a file's ending says Parquet; otherwise it says CSV. Raises: BadFile when it says neither."""
    ending = path.suffix.lower()
    if ending not in (".csv", ".parquet"):
        problem = f"ends in {ending!r}" if ending else "has no ending"
        raise BadFile((Fault(path.name, 0, "", problem, "Name it .csv or .parquet, by what it holds"),))
    return ending == ".parquet"


def source(path: Path, called: str = "") -> Source:
    """A file that is there, can be opened, and whose ending is known. Raises: BadFile."""
    found = Source(path, called)
    is_parquet(path)
    try:
        with path.open("rb"):
            return found
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise BadFile((Fault(found.name, 0, "", problem, "Check the name and the place"),)) from None


@contextmanager
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB of our own, in memory, that fetches nothing from anywhere; spill goes to a private folder."""
    with tempfile.TemporaryDirectory(prefix="handrail-") as folder:
        con = duckdb.connect(
            config={
                "temp_directory": folder,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": True,
            }
        )
        con.execute("SET enable_progress_bar = false")
        try:
            yield con
        except RuntimeError as error:
            if "interrupted" not in str(error).lower():
                raise
            raise KeyboardInterrupt from None  # DuckDB hides an interruption inside its own error
        finally:
            con.close()


def parquet_types(con: duckdb.DuckDBPyConnection, source: Source) -> dict[str, str]:
    """Each column of a Parquet file and its type, in DuckDB's words. Raises: duckdb.Error."""
    rows = con.execute(
        "DESCRIBE SELECT * FROM read_parquet(?, hive_partitioning=false)", [source.pattern]
    ).fetchall()
    return {str(row[0]): str(row[1]) for row in rows}


def wrong_types(types: dict[str, str], fields: tuple[Field, ...]) -> list[tuple[str, str]]:
    """Columns stored as something that cannot be read without guessing, with that type."""
    return [
        (field.name, types[field.name])
        for field in fields
        if field.name in types and types[field.name] not in MAY_HOLD[field.kind]
    ]
