"""``handrail readmissions``: files in, files out, every row counted, and nothing half done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from handrail.commands import readmissions, replacing
from handrail.commands.console import main
from tests.analysis.acutecare_files import COHORT, SPELLS, rows_of, written
from tests.rules.fixture_readmission import CUT_OFF, ENTRY, SERVICES, cases

HEADER = [
    "person_id",
    "readmitted",
    "day",
    "first_service",
    "nights",
    "calendar_days",
    "followed_days",
    "status",
]
CODE_OF = {service: code for code, service in SERVICES.items()}


def fixture_files(folder: Path) -> tuple[Path, Path]:
    """The fixture as a spells file and a cohort."""
    spells, cohort = (
        ["person_id,service,provider,start,end"],
        ["person_id,entry_date,death_date,observed_until"],
    )
    for case in cases():
        cohort.append(f"P{case.name},{ENTRY},{case.died_on or ''},{CUT_OFF}")
        spells += [
            f"P{case.name},{s.service},{s.provider},{s.start_on},{s.end_on or ''}" for s in case.spells
        ]
    return written(folder, "spells.csv", "\n".join(spells)), written(
        folder, "cohort.csv", "\n".join(cohort) + "\n"
    )


def run(
    folder: Path, *more: str, spells: Path | None = None, cohort: Path | None = None, out: str = "out.csv"
) -> int:
    words = [
        "--spells",
        str(spells or folder / "spells.csv"),
        "--cohort",
        str(cohort or folder / "cohort.csv"),
    ]
    return main(["readmissions", *words, "--out", str(folder / out), *more])


def to_parquet(path: Path) -> Path:
    out = path.with_suffix(".parquet")
    duckdb.connect().execute(f"COPY (FROM read_csv('{path}', all_varchar=true)) TO '{out}' (FORMAT parquet)")
    return out


@pytest.mark.parametrize("out", ["out.csv", "out.parquet"])
@pytest.mark.parametrize("as_parquet", [False, True])
def test_the_fixture_comes_out_exactly(tmp_path: Path, out: str, as_parquet: bool) -> None:
    spells, cohort = fixture_files(tmp_path)
    if as_parquet:
        spells, cohort = to_parquet(spells), to_parquet(cohort)
    assert run(tmp_path, spells=spells, cohort=cohort, out=out) == 0
    expected = [[f"P{case.name}", *case.answers, case.status] for case in cases()]
    assert rows_of(tmp_path / out) == [HEADER, *expected]


def test_rows_come_in_the_order_of_the_cohort_and_the_cut_off_is_printed(tmp_path: Path, capsys) -> None:
    written(tmp_path, "spells.csv", SPELLS), written(tmp_path, "cohort.csv", COHORT)
    assert run(tmp_path) == 0
    assert [row[0] for row in rows_of(tmp_path / "out.csv")[1:]] == ["P2", "P1", "P3"]
    said = capsys.readouterr().out
    assert "cut-off             2024-04-01, the latest date in spells.csv" in said
    assert "(2 people have no observed_until of their own)" in said


def test_every_row_that_counts_for_nothing_is_counted_by_rule_and_listed_with_its_line(
    tmp_path: Path, capsys
) -> None:
    odd = [
        "P1,liaison,RX1,2024-03-01,2024-03-02",
        "P1,ward,RX1,2024-03-01,2024-02-01",
        "P9,ward,RX1,2024-03-01,",
        "P3,ward,RX1,2024-03-01,",
        "P2,ward,RX1,2025-04-01,",
        "P1,ward,RX1,2024-09-02,",
        "P1,ward,RX1,2024-03-01,2024-03-11",
    ]
    written(tmp_path, "spells.csv", SPELLS + "\n".join(odd) + "\n")
    written(
        tmp_path,
        "cohort.csv",
        COHORT.replace("until", "until,consented")
        .replace(",2025-03-31", ",2025-03-31,1")
        .replace("09-01,", "09-01,,1")
        .replace("02-01,,", "02-01,,,0"),
    )
    assert run(tmp_path, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["rows_read"], found["rows_kept"]) == (9, 2)
    assert found["rows_set_aside"] == {
        "unknown_service": 1, "ends_before_start": 1, "not_in_cohort": 1, "not_consented": 1,
        "not_counted": 0, "starts_in_future": 1, "starts_after_death": 1, "duplicate": 1,
    }  # fmt: skip
    assert run(tmp_path) == 0
    said = capsys.readouterr().out
    assert "Rows set aside: the first 7 of 7" in said
    assert "spells.csv line 5: ends_before_start" in said
    assert "P9" not in said  # what is printed never says whose row it was


def test_a_protocol_of_ones_own_decides_what_counts(tmp_path: Path, capsys) -> None:
    written(tmp_path, "spells.csv", SPELLS), written(tmp_path, "cohort.csv", COHORT)
    core = readmissions.PACKAGED_PROTOCOL.read_text()
    own = written(tmp_path, "own.toml", core.replace("horizon_days = 365", "horizon_days = 40"))
    assert run(tmp_path, "--protocol", str(own)) == 0
    assert "days 1 to 40" in capsys.readouterr().out
    assert rows_of(tmp_path / "out.csv")[2] == ["P1", "0", "", "", "0", "0", "40", "not_readmitted"]


def test_a_gap_of_its_own_after_the_index_episode_takes_one_readmission_from_the_fixture(
    tmp_path: Path, capsys
) -> None:
    fixture_files(tmp_path)
    core = readmissions.PACKAGED_PROTOCOL.read_text()
    own = written(
        tmp_path, "own.toml", core.replace("horizon_days = 365", "index_gap_days = 14\nhorizon_days = 365")
    )
    assert run(tmp_path, out="plain.csv") == 0
    assert "after the index" not in capsys.readouterr().out
    assert run(tmp_path, "--protocol", str(own)) == 0
    assert "after the index     14 days" in capsys.readouterr().out
    plain, wider = (
        {row[0] for row in rows_of(tmp_path / name) if row[1] == "1"} for name in ("plain.csv", "out.csv")
    )
    assert (plain - wider, wider - plain) == ({"P5"}, set())  # back after two days


@pytest.mark.parametrize("name", ["audit.csv", "audit.parquet"])
def test_the_audit_says_what_became_of_every_row(tmp_path: Path, name: str) -> None:
    rows = "P1,crisis-team,RX1,2024-03-11,2024-03-20\nP1,ward,RX1,2024-03-21,\nP9,ward,RX1,2024-03-21,\n"
    written(tmp_path, "spells.csv", SPELLS + rows), written(tmp_path, "cohort.csv", COHORT)
    assert run(tmp_path, "--audit", str(tmp_path / name)) == 0
    header, *found = rows_of(tmp_path / name)
    assert header == [
        "line",
        "person_id",
        "service",
        "provider",
        "start",
        "end",
        "rule",
        "episode",
        "joined",
        "held",
    ]
    assert [[row[0], *row[6:]] for row in found] == [
        ["2", "", "1", "opens", "0"],
        ["3", "", "1", "opens", "1"],
        ["4", "", "1", "overlaps", "0"],
        ["5", "", "1", "follows", "1"],
        ["6", "not_in_cohort", "", "", ""],
    ]


def test_a_cohort_and_spells_without_rows_give_a_header(tmp_path: Path) -> None:
    written(tmp_path, "spells.csv", SPELLS.splitlines()[0] + "\n")
    written(tmp_path, "cohort.csv", COHORT.splitlines()[0] + "\n")
    assert run(tmp_path) == 0
    assert rows_of(tmp_path / "out.csv") == [HEADER]


def test_spells_without_rows_are_refused_when_they_would_have_to_give_the_cut_off(
    tmp_path: Path, capsys
) -> None:
    written(tmp_path, "spells.csv", SPELLS.splitlines()[0] + "\n"), written(tmp_path, "cohort.csv", COHORT)
    assert run(tmp_path) == 2
    assert "2 people have no cut-off" in capsys.readouterr().err


def test_malformed_files_are_refused_with_every_fault_and_the_old_result_stands(
    tmp_path: Path, capsys
) -> None:
    written(tmp_path, "spells.csv", SPELLS.replace("2024-03-11", "11/03/2024").replace("P2,", ","))
    written(tmp_path, "cohort.csv", COHORT.replace("P3", "P1")), written(tmp_path, "out.csv", "old")
    assert run(tmp_path) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "cohort.csv line 4",
        "spells.csv line 2",
        "spells.csv line 3",
    ]
    assert lines[1] == (
        "spells.csv line 2: end: '11/03/2024' is not a date. "
        "Write a whole date that exists as YYYY-MM-DD, without a time"
    )
    assert (tmp_path / "out.csv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cohort.csv", "out.csv", "spells.csv"]


@pytest.mark.parametrize("out", ["out.txt", "no-such-folder/out.csv", "spells.csv", "."])
def test_a_place_that_cannot_be_written_is_refused_before_anything_is_read(tmp_path: Path, out: str) -> None:
    written(tmp_path, "spells.csv", SPELLS), written(tmp_path, "cohort.csv", COHORT)
    assert run(tmp_path, out=out) == 2
    assert (tmp_path / "spells.csv").read_text() == SPELLS


def test_a_faulty_protocol_is_refused(tmp_path: Path, capsys) -> None:
    written(tmp_path, "spells.csv", SPELLS), written(tmp_path, "cohort.csv", COHORT)
    core = readmissions.PACKAGED_PROTOCOL.read_text()
    own = written(tmp_path, "own.toml", core.replace("horizon_days = 365", 'horizon_days = "a year"'))
    assert run(tmp_path, "--protocol", str(own)) == 2
    assert "horizon_days" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_the_old_result_and_nothing_else(
    tmp_path: Path, number: signal.Signals
) -> None:
    written(tmp_path, "out.csv", "old"), written(tmp_path, "cohort.csv", COHORT)
    row = "P1,ward,RX1,2024-03-01,2024-03-11\n"
    written(tmp_path, "spells.csv", SPELLS + row * 3_000_000)
    words = [f"--{name}={tmp_path / name}.csv" for name in ("spells", "cohort", "out")]
    child = subprocess.Popen(
        [sys.executable, "-m", "handrail.commands.console", "readmissions", *words],
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    for _ in range(600):
        if any(tmp_path.glob(".out.csv.*.partial")):  # it has begun
            break
        time.sleep(0.05)
    time.sleep(0.3)
    os.kill(child.pid, number)
    _, said = child.communicate(timeout=60)
    assert (child.returncode, said.decode().strip()) == (130, "Stopped. Nothing half done was kept.")
    assert (tmp_path / "out.csv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cohort.csv", "out.csv", "spells.csv"]


def test_a_file_is_replaced_at_the_end_and_not_before(tmp_path: Path) -> None:
    place = written(tmp_path, "out.csv", "old")
    with replacing.replacing(place) as temporary:
        temporary.write_text("new")
        assert place.read_text() == "old"
    assert (place.read_text(), list(tmp_path.iterdir())) == ("new", [place])


def test_starting_loads_neither_django_nor_what_the_help_does_not_need() -> None:
    heavy = ["numpy", "duckdb", "numba", "django"]
    code = (
        "import sys; from handrail.commands import readmissions; print(*map(sys.modules.get, sys.argv[1:]))"
    )
    words = [sys.executable, "-c", code, *heavy]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["None"] * len(heavy)
