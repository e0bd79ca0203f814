"""One million spell rows, from file to file: Handrail beside the same rule as DuckDB window SQL, in one run.

Each engine runs in a process of its own, in turn, three times. Only what comes after start-up (imports and
loading compiled code) is timed, and start-up is printed beside it. The two outcome files must be equal, row
by row. Prints seconds, the ratio, and peak memory; ends with status 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np

ROWS, ROWS_PER_PERSON, ROUNDS = 1_000_000, 8, 3
MOST_SECONDS, MOST_MEGABYTES = 3.0, 1000
SERVICES = ("ward", "crisis-team", "crisis-house", "day-unit")
HEADER = "person_id,readmitted,day,first_service,nights,calendar_days,followed_days,status"

SQL = Path(__file__).with_suffix(".sql")


def main() -> int:
    """Make the files, run both engines in turn, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--child", choices=("handrail", "sql"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        print(json.dumps(_timed(arguments.child, arguments.folder)))
        return 0
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as folder:
        make_files(Path(folder), arguments.rows)
        rounds = [(_child("handrail", Path(folder)), _child("sql", Path(folder))) for _ in range(ROUNDS)]
        differing = _differing(Path(folder))
    return _told(arguments.rows, rounds, differing)


def make_files(folder: Path, rows: int) -> None:
    """Synthetic spells in no order: ten years, mean stay 25 days, 8% same day, 2% open, 1% odd."""
    dice = np.random.default_rng(20240115)
    people = max(1, rows // ROWS_PER_PERSON)
    start = dice.integers(0, 3650, rows)
    stay = np.where(dice.random(rows) < 0.08, 0, dice.exponential(25, rows).astype(np.int64))
    stay = np.where(dice.random(rows) < 0.01, -1, stay)
    spells = {
        "person": dice.integers(0, people + people // 100, rows),
        "service": np.where(dice.random(rows) < 0.005, len(SERVICES), dice.integers(0, len(SERVICES), rows)),
        "provider": dice.integers(0, 60, rows),
        "s": start,
        "e": np.where(dice.random(rows) < 0.02, -9, start + stay),
    }
    entry = dice.integers(300, 3000, people)
    cohort = {
        "person": np.arange(people),
        "entry": entry,
        "died": np.where(dice.random(people) < 0.02, entry + dice.integers(0, 500, people), -9),
        "seen": np.where(dice.random(people) < 0.05, entry + dice.integers(0, 500, people), -9),
    }
    con = duckdb.connect()
    con.register("numbers", spells)
    con.register("people", cohort)
    name, day = "'P' || lpad(person::VARCHAR, 8, '0') AS person_id", "(DATE '2015-01-01' + {})::VARCHAR"
    words = [*SERVICES, "a-service-nobody-knows"]
    columns = (
        f"{name}, list_extract($words, service + 1) AS service, 'RX' || provider AS provider, "
        f'{day.format("s::INTEGER")} AS start, CASE WHEN e <> -9 THEN {day.format("e::INTEGER")} END AS "end"'
    )
    con.execute(f"COPY (SELECT {columns} FROM numbers) TO '{folder}/spells.csv' (HEADER)", {"words": words})  # noqa: S608
    columns = (
        f"{name}, {day.format('entry::INTEGER')} AS entry_date, "
        f"CASE WHEN died <> -9 THEN {day.format('died::INTEGER')} END AS death_date, "
        f"CASE WHEN seen <> -9 THEN {day.format('seen::INTEGER')} END AS observed_until"
    )
    con.execute(f"COPY (SELECT {columns} FROM people) TO '{folder}/cohort.csv' (HEADER)")  # noqa: S608


def _timed(engine: str, folder: Path) -> dict[str, float]:
    """In a process of its own: start up, then file to file against the clock."""
    began = time.perf_counter()
    run = _handrail(folder) if engine == "handrail" else _sql(folder)
    ready, busy = time.perf_counter(), time.process_time()
    run()
    ended, worked = time.perf_counter(), time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"start_up": ready - began, "seconds": ended - ready, "work": worked, "megabytes": peak}


def _handrail(folder: Path) -> Callable[[], object]:
    from handrail.commands import readmissions
    from handrail.exchange import protocol_file

    def files(place: Path) -> readmissions.Files:
        return readmissions.Files(place / "spells.csv", place / "cohort.csv", place / "handrail.csv")

    under = protocol_file.load(readmissions.PACKAGED_PROTOCOL).outcome
    with tempfile.TemporaryDirectory() as small:  # loads the compiled code: part of start-up
        make_files(Path(small), 100)
        readmissions.work(files(Path(small)), under)
    return lambda: readmissions.work(files(folder), under)


def _sql(folder: Path) -> Callable[[], object]:
    places = {name: folder / f"{name}.csv" for name in ("spells", "cohort")}
    query = SQL.read_text().format(**places, out=folder / "sql.csv", services=SERVICES)
    con = duckdb.connect()
    return lambda: con.execute(query, {"gap": 1, "horizon": 365})


def _child(engine: str, folder: Path) -> dict[str, float]:
    words = [sys.executable, __file__, "--child", engine, "--folder", str(folder)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 (ourselves)
    return json.loads(done.stdout)


def _differing(folder: Path) -> int:
    ours, theirs = ((folder / f"{name}.csv").read_text().splitlines() for name in ("handrail", "sql"))
    assert ours[0] == theirs[0] == HEADER
    return sum(a != b for a, b in zip(ours, theirs, strict=True))


def _told(rows: int, rounds: list[tuple[dict[str, float], dict[str, float]]], differing: int) -> int:
    ours, theirs = min(a["seconds"] for a, _ in rounds), min(b["seconds"] for _, b in rounds)
    worst, peak = max(a["seconds"] for a, _ in rounds), max(a["megabytes"] for a, _ in rounds)
    start_up, sql_peak = min(a["start_up"] for a, _ in rounds), max(b["megabytes"] for _, b in rounds)
    print(f"readmissions: {rows:,} spell rows, file to file, best of {ROUNDS}")
    work, sql_work = min(a["work"] for a, _ in rounds), min(b["work"] for _, b in rounds)
    print(
        f"  handrail    {ours:6.2f} s (slowest {worst:.2f}), {work:.2f} s of processor, peak {peak:,.0f} MB"
    )
    print(f"  DuckDB SQL  {theirs:6.2f} s, {sql_work:.2f} s of processor, peak {sql_peak:,.0f} MB")
    print(f"  SQL / handrail {theirs / ours:.2f} by the clock, {sql_work / work:.2f} by the processor")
    print(f"  start-up, not counted: {start_up:.2f} s")
    print(f"  outcomes that differ: {differing:,}")
    missed = [
        what
        for what, is_missed in (
            (f"under {MOST_SECONDS:g} s", ours > MOST_SECONDS),
            (f"under {MOST_MEGABYTES:,} MB", peak > MOST_MEGABYTES),
            ("equal outcomes", differing > 0),
        )
        if is_missed
    ]
    print(f"  aims missed: {', '.join(missed)}" if missed else "  aims met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
