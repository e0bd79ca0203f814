"""Outcomes, and what became of every row, as CSV or Parquet by the file's ending."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from handrail.analysis.acutecare.columns import (
    BLANK,
    JOINS,
    RULES,
    SERVICES,
    STATUSES,
    Column,
    Fates,
    Outcomes,
    Spells,
    service_label,
)

LABELS = [service_label(code) or None for code in range(1 << len(SERVICES))]

OUTCOME_QUERY = f"""
    SELECT person_id, nullif(readmitted, {BLANK})::TINYINT AS readmitted, nullif(day, {BLANK}) AS day,
           list_extract($labels, first_service + 1) AS first_service, nullif(nights, {BLANK}) AS nights,
           nullif(calendar_days, {BLANK}) AS calendar_days, nullif(followed_days, {BLANK}) AS followed_days,
           list_extract($statuses, status + 1) AS status
    FROM cohort JOIN worked_out ON worked_out.place = cohort.rowid ORDER BY cohort.rowid
"""  # noqa: S608 (our own names and numbers)
FATE_QUERY = """
    SELECT line, person_id, service, provider, start, "end", list_extract($rules, rule) AS rule,
           CASE WHEN rule = 0 THEN episode END AS episode,
           CASE WHEN rule = 0 THEN list_extract($joins, joined + 1) END AS joined,
           CASE WHEN rule = 0 THEN held::TINYINT END AS held
    FROM spells JOIN fates ON fates.row = spells.rowid
"""


def write_outcomes(
    con: duckdb.DuckDBPyConnection, outcomes: Outcomes, path: Path, *, as_parquet: bool
) -> None:
    """One row for each person, in the cohort's order. The table ``cohort`` holds the names."""
    columns: dict[str, Any] = vars(outcomes) | {"place": _count(outcomes.status)}
    con.register("worked_out", columns)
    words = {"labels": LABELS, "statuses": [status.value for status in STATUSES]}
    _copy(con, OUTCOME_QUERY, words, path, as_parquet)


def write_fates(con: duckdb.DuckDBPyConnection, path: Path, *, as_parquet: bool) -> None:
    """One row for each row of the spells file, in its order: the audit trail of cleaning and merging."""
    _copy(con, f"{FATE_QUERY} ORDER BY spells.rowid", _fate_words(), path, as_parquet)


def first_set_aside(con: duckdb.DuckDBPyConnection, most: int) -> list[tuple[int, str]]:
    """The first rows of the spells file that were set aside: line and rule, never what the row says."""
    query = "SELECT line, list_extract($rules, rule) FROM fates WHERE rule > 0 ORDER BY row LIMIT $most"
    words = {"rules": _fate_words()["rules"], "most": most}
    return [(int(line), str(rule)) for line, rule in con.execute(query, words).fetchall()]


def register_fates(con: duckdb.DuckDBPyConnection, fates: Fates, spells: Spells, lines: Column) -> None:
    """Lay the fates beside the table ``spells``, for the two functions above. ``lines`` is by row."""
    columns: dict[str, Any] = vars(fates) | {"row": spells.row, "line": lines[spells.row]}
    con.register("fates", columns)


def _fate_words() -> dict[str, Any]:
    return {"rules": [rule.value for rule in RULES], "joins": [join.value for join in JOINS]}


def _copy(
    con: duckdb.DuckDBPyConnection, query: str, words: dict[str, Any], path: Path, as_parquet: bool
) -> None:
    kind = "FORMAT parquet, COMPRESSION zstd" if as_parquet else "FORMAT csv, HEADER true, DELIMITER ','"
    place = str(path).replace("'", "''")
    con.execute(f"COPY ({query}) TO '{place}' ({kind}, USE_TMP_FILE false)", words)


def _count(column: Column) -> Column:
    return np.arange(column.size, dtype=np.int64)
