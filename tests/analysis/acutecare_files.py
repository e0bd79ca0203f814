"""Small spells files and cohorts, written as the tests need them."""

from __future__ import annotations

from pathlib import Path

import duckdb

SPELLS = """person_id,service,provider,start,end
P1,ward,RX1,2024-03-01,2024-03-11
P2,crisis-team,RX1,2024-04-01,
"""
COHORT = """person_id,entry_date,death_date,observed_until
P2,2024-01-15,,2025-03-31
P1,2024-01-15,2024-09-01,
P3,2024-02-01,,
"""


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """A file in the folder, exactly as given."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def as_parquet(folder: Path, name: str, query: str) -> Path:
    """A Parquet file of whatever a query answers."""
    path = folder / name
    duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a file of outcomes or fates, CSV or Parquet, as text; the first is the header."""
    if path.suffix == ".csv":
        return [line.split(",") for line in path.read_text().splitlines()]
    found = duckdb.connect().execute(f"SELECT * FROM read_parquet('{path}')")
    header = [column[0] for column in found.description]
    return [header, *(["" if cell is None else str(cell) for cell in row] for row in found.fetchall())]
