"""Files → columns of numbers: DuckDB reads and matches, and the kernel gets numbers.

A file with a fault is refused whole. A row that is merely of no use (an unknown service, an end before its
start) is read, and set aside by rule later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np

from handrail.analysis.acutecare.cells import COHORT_FIELDS, SPELL_FIELDS, whole_date
from handrail.analysis.acutecare.columns import (
    DAY_ZERO,
    NO_DAY,
    NOT_IN_COHORT,
    SERVICES,
    UNKNOWN_SERVICE,
    Cohort,
    Column,
    Spells,
)
from handrail.analysis.acutecare.explain import Row, RowFault
from handrail.analysis.acutecare.sources import Source
from handrail.analysis.acutecare.text_table import TextTable
from handrail.domain.refusal import BadFile, Fault

DAY = f"coalesce({{}}::DATE - DATE '{DAY_ZERO}', {NO_DAY})::INTEGER"  # every text has been found to be a day
SERVICE_CODES = " ".join(f"WHEN '{service.value}' THEN {code}" for code, service in enumerate(SERVICES))

COHORT_QUERY = f"""
    SELECT {DAY.format("entry_date")} AS entry, {DAY.format("death_date")} AS died,
           {DAY.format("observed_until")} AS observed_until,
           consented IS NULL OR consented = '1' AS has_consent
    FROM cohort ORDER BY rowid
"""  # noqa: S608 (our own names and numbers)
SPELLS_QUERY = f"""
    SELECT spells.rowid AS row, coalesce(people.rowid, {NOT_IN_COHORT})::INTEGER AS person,
           (CASE service {SERVICE_CODES} ELSE {UNKNOWN_SERVICE} END)::UTINYINT AS service,
           providers.rowid::INTEGER AS provider,
           {DAY.format("start")} AS start, {DAY.format('"end"')} AS "end"
    FROM spells
    LEFT JOIN people ON people.person_id = spells.person_id
    LEFT JOIN providers ON providers.provider = spells.provider
"""  # noqa: S608 (our own names and numbers)


class CohortRows:
    """What only whole rows show: a person there twice, a death before entry."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def __call__(self, line: int, row: Row) -> Iterator[RowFault]:
        """The faults of one row."""
        person = row.get("person_id", "")
        if person in self.seen:
            yield "person_id", f"is on line {self.seen[person]} too", "Give each person one row"
        elif person:
            self.seen[person] = line
        died, entry = whole_date(row.get("death_date", "")), whole_date(row.get("entry_date", ""))
        if died and entry and died < entry:
            yield "death_date", "is before entry_date", "Correct whichever is wrong"


def read_both(
    con: duckdb.DuckDBPyConnection, cohort: Source, spells: Source
) -> tuple[Cohort, Spells, TextTable]:
    """The cohort and the spells; the last is the table ``spells`` as text, as the file has it.

    Raises:
        BadFile: with every fault of both files.
    """
    faults: list[Fault] = []
    read: Cohort | None = None
    table: TextTable | None = None
    try:
        read = read_cohort(con, cohort)
    except BadFile as bad:
        faults += bad.faults
    try:
        table = load_spells(con, spells)
    except BadFile as bad:
        faults += bad.faults
    if read is None or table is None:
        raise BadFile(tuple(faults))
    return read, spells_as_numbers(con), table


def read_cohort(con: duckdb.DuckDBPyConnection, source: Source) -> Cohort:
    """The cohort, in the file's order; its text stays in the table ``cohort``, its names in ``people``.

    Raises:
        BadFile: with every fault, a person there twice and a death before entry among them.
    """
    table = TextTable(con, "cohort", source, COHORT_FIELDS, CohortRows)
    table.load()
    con.execute("CREATE TEMP VIEW people AS SELECT rowid, person_id FROM cohort")
    cohort = Cohort(**_numbers(con, COHORT_QUERY))
    distinct = con.execute("SELECT count(DISTINCT person_id) FROM cohort").fetchall()[0][0]
    if distinct != cohort.entry.size or bool((cohort.died < cohort.entry).any()):
        raise table.refused()
    return cohort


def load_spells(con: duckdb.DuckDBPyConnection, source: Source) -> TextTable:
    """The spells as text, in the table ``spells``. Raises: BadFile."""
    table = TextTable(con, "spells", source, SPELL_FIELDS)
    table.load()
    return table


def spells_as_numbers(con: duckdb.DuckDBPyConnection) -> Spells:
    """The table ``spells`` in numbers, each with its person's place in the table or view ``people``."""
    con.execute("CREATE TEMP TABLE providers AS SELECT DISTINCT provider FROM spells")
    return Spells(**_numbers(con, SPELLS_QUERY))


def _numbers(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    return {name: _plain(column) for name, column in con.execute(query).fetchnumpy().items()}


def _plain(column: Any) -> Column:
    """The column as one stretch of memory that the kernel takes. No query above leaves a gap in it."""
    assert not np.ma.is_masked(column)
    return np.require(np.ma.getdata(column), requirements=["C", "W"])
