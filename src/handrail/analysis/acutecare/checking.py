"""Checks a spells file on its own, without a cohort: what the site takes in, and what it sets aside and why.

Written as JSON lines, for ``exchange.acutecare`` to read: a heading, one line for each row, and a last line
without which the file was cut short.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from handrail.analysis.acutecare.columns import NO_DAY, RULES, Cohort, Column, day_of, number_of
from handrail.analysis.acutecare.outcomes import kept_in_order, rules_of
from handrail.analysis.acutecare.readers import load_spells, spells_as_numbers
from handrail.analysis.acutecare.sources import Source, engine
from handrail.domain.refusal import BadFile, Fault
from handrail.domain.words import SetAside, Setting

FORM = 1
AT_ONCE = 10_000  # rows
COLUMN_OF = {
    SetAside.UNKNOWN_SERVICE: "service",
    SetAside.ENDS_BEFORE_START: "end",
    SetAside.STARTS_IN_FUTURE: "start",
    SetAside.DUPLICATE: "start",
}


@dataclass(frozen=True)
class Checked:
    """What a check found, in numbers."""

    covers_until: date
    row_count: int
    accepted_count: int
    refused: dict[SetAside, int]


def check(source: Source, to: Path, *, covers_until: date | None = None) -> Checked:
    """Check a spells file and write what was accepted and what was not.

    ``covers_until`` is the day up to which the file is said to be complete; without it, the latest date
    in the file.

    Raises:
        BadFile: with every fault; nothing is written then.
    """
    with engine() as con:
        table = load_spells(con, source)
        con.execute("CREATE TEMP TABLE people AS SELECT DISTINCT person_id FROM spells")
        spells = spells_as_numbers(con)
        latest = number_of(covers_until) if covers_until else spells.latest_day
        if latest is None:
            raise BadFile((Fault(source.name, 0, "", "has no rows", "A file without spells shows nothing"),))
        everyone = int(spells.person.max(initial=-1)) + 1
        rule = rules_of(spells, _anybody(everyone, latest), settings=tuple(Setting))
        kept_in_order(spells, rule)
        by_row = np.empty_like(rule)
        by_row[spells.row] = rule
        found = _counted(by_row, day_of(latest))
        with to.open("w", encoding="utf-8") as file:
            for line in _lines(con, source, found, by_row, table.lines(rule.size)):
                file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return found


def _anybody(size: int, latest: int) -> Cohort:
    """A stand-in cohort of everyone in the file: nobody died, everybody consents, one cut-off."""
    days = np.full(size, latest, dtype=np.int32)
    return Cohort(days, np.full(size, NO_DAY, dtype=np.int32), days.copy(), np.ones(size, dtype=bool))


def _counted(rule: Column, covers_until: date) -> Checked:
    refused = {word: int(np.count_nonzero(rule == code)) for code, word in enumerate(RULES, 1)}
    counts = {word: count for word, count in refused.items() if word in COLUMN_OF}
    return Checked(covers_until, int(rule.size), int(np.count_nonzero(rule == 0)), counts)


def _lines(
    con: duckdb.DuckDBPyConnection, source: Source, found: Checked, rule: Column, lines: Column
) -> Iterator[dict[str, Any]]:
    yield {
        "form": FORM,
        "name": source.name,
        "sha256": _sha256(source.path),
        "covers_until": found.covers_until.isoformat(),
    }
    rows = con.execute('SELECT person_id, service, provider, start, "end" FROM spells ORDER BY rowid')
    for place, cells in enumerate(chain.from_iterable(iter(lambda: rows.fetchmany(AT_ONCE), []))):
        if rule[place]:
            word = RULES[rule[place] - 1]
            yield {"refused": [int(lines[place]), word.value, COLUMN_OF[word], word.sentence, cells[0]]}
        else:
            yield {"accepted": [int(lines[place]), *cells]}
    yield {"accepted_count": found.accepted_count, "refused_count": found.row_count - found.accepted_count}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
