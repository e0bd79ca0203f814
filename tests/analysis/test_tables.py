"""A lock is read whole or refused whole, with every fault at its file, line and column."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from handrail.analysis.tables import read, sealed
from handrail.domain import extract
from handrail.domain.refusal import BadFile, Fault
from tests.analysis import synthetic


@pytest.fixture
def own_lock(tmp_path: Path) -> Path:
    """A lock that a test may spoil."""
    return synthetic.write(tmp_path / "lock", synthetic.few())


def faults_of(lock: Path) -> tuple[Fault, ...]:
    with pytest.raises(BadFile) as bad:
        read(lock)
    return bad.value.faults


def spoilt(tmp_path: Path, table: str, **cells: object) -> Path:
    """A lock whose hashes are right, but with these values in the first row (by text) of one table."""
    rows = synthetic.few()
    columns = {t.name: t.header for t in (*extract.TABLES, *extract.SEALED_TABLES)}[table]
    first = min(range(len(rows[table])), key=lambda i: str(rows[table][i][0]))
    row = list(rows[table][first])
    for name, value in cells.items():
        row[columns.index(name)] = value
    rows[table][first] = tuple(row)
    return synthetic.write(tmp_path / "lock", rows)


def test_an_intact_lock_is_read_with_its_rows_typed(own_lock: Path) -> None:
    lock = read(own_lock)
    entries = lock.tables["entries"]
    assert len(entries) == 24
    assert isinstance(entries.dates("entered_on")[0], date)
    assert set(lock.tables["outcomes"].wholes("readmitted")) == {0, 1, None}


def test_the_table_hash_covers_every_table_and_nothing_else(own_lock: Path) -> None:
    lines = sorted(
        f"{table.name} {hashlib.sha256((own_lock / f'{table.name}.csv').read_bytes()).hexdigest()}\n"
        for table in extract.TABLES
    )
    assert read(own_lock).stamp.table_hash == hashlib.sha256("".join(lines).encode()).hexdigest()


@pytest.mark.parametrize("name", [*(f"{table.name}.csv" for table in extract.TABLES), "protocol.toml"])
def test_one_altered_byte_in_any_file_is_refused(own_lock: Path, name: str) -> None:
    content = bytearray((own_lock / name).read_bytes())
    content[-2] ^= 1
    (own_lock / name).write_bytes(bytes(content))
    assert any(fault.file == name and "hash differs" in fault.problem for fault in faults_of(own_lock))


@pytest.mark.parametrize("name", ["outcomes.csv", "protocol.toml"])
def test_a_missing_file_is_named(own_lock: Path, name: str) -> None:
    (own_lock / name).unlink()
    assert [(fault.file, fault.problem) for fault in faults_of(own_lock)] == [(name, "is missing")]


def test_every_fault_is_listed_and_not_only_the_first(own_lock: Path) -> None:
    (own_lock / "outcomes.csv").unlink()
    (own_lock / "screening.csv").write_bytes(b"x")
    (own_lock / "protocol.toml").unlink()
    assert {fault.file for fault in faults_of(own_lock)} == {"outcomes.csv", "screening.csv", "protocol.toml"}


def test_a_folder_without_a_manifest_is_not_a_lock(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path)
    assert "has no manifest.json" in fault.problem


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b'{"label": 1}'])
def test_a_manifest_that_is_not_one_is_refused(own_lock: Path, content: bytes) -> None:
    (own_lock / "manifest.json").write_bytes(content)
    assert all(fault.file == "manifest.json" for fault in faults_of(own_lock))


def test_a_manifest_without_a_table_or_with_a_strange_one_is_refused(own_lock: Path) -> None:
    manifest = json.loads((own_lock / "manifest.json").read_text())
    manifest["tables"]["visits"] = manifest["tables"].pop("outcomes")
    (own_lock / "manifest.json").write_text(json.dumps(manifest))
    assert {fault.column for fault in faults_of(own_lock)} >= {"tables.outcomes", "tables.visits"}


def test_a_wrong_count_of_rows_is_refused(own_lock: Path) -> None:
    manifest = json.loads((own_lock / "manifest.json").read_text())
    manifest["tables"]["entries"]["row_count"] += 1
    (own_lock / "manifest.json").write_text(json.dumps(manifest))
    (fault,) = faults_of(own_lock)
    assert (fault.file, fault.problem) == ("entries.csv", "has 24 rows; manifest.json says 25")


def test_a_sealed_table_lying_in_the_clear_is_refused(own_lock: Path) -> None:
    (own_lock / "arms.csv").write_text("study_number,arm\n")
    (fault,) = faults_of(own_lock)
    assert (fault.file, fault.problem) == ("arms.csv", "does not belong in a lock")


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("entries", "entered_on", "12/03/2014", "must be a date as YYYY-MM-DD"),
        ("entries", "entered_on", "2014-W11-3", "must be a date as YYYY-MM-DD"),
        ("baseline", "age_years", "forty", "must be a whole number"),
        ("outcomes", "day", "1.5", "must be a whole number"),
        ("followup", "total", "nan", "must be a finite number"),
        ("followup", "total", "many", "must be a number"),
    ],
)
def test_a_cell_of_the_wrong_kind_is_named_by_line_and_column(
    tmp_path: Path, table: str, column: str, value: str, words: str
) -> None:
    lock = spoilt(tmp_path, table, **{column: value})
    (fault,) = faults_of(lock)
    assert (fault.file, fault.line, fault.column) == (f"{table}.csv", 2, column)
    assert words in fault.problem
    assert value in fault.problem


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("stratum", "strata", 1), "the columns must be"),
        (lambda text: text.replace("core-1", "core-1,extra", 1), "has 6 cells; 5 are declared"),
        (lambda text: text.replace("core-1", '"core-1', 1), "is not CSV"),
        (lambda text: text + text.splitlines()[1] + "\n", "is there twice"),
        (lambda text: text + ",team_1,2014-05-01,team_1,core-1\n", "is blank"),
    ],
)
def test_a_table_of_the_wrong_form_is_refused_though_its_hash_is_right(
    own_lock: Path, change, words: str
) -> None:
    path, manifest_path = own_lock / "entries.csv", own_lock / "manifest.json"
    path.write_text(change(path.read_text()))
    manifest = json.loads(manifest_path.read_text())
    manifest["tables"]["entries"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest_path.write_text(json.dumps(manifest))
    assert any(words in fault.problem for fault in faults_of(own_lock))


def test_text_that_is_not_utf_8_is_refused(own_lock: Path) -> None:
    (own_lock / "entries.csv").write_bytes(b"\xff\xfe")
    assert any("UTF-8" in fault.problem for fault in faults_of(own_lock))


def test_a_yes_or_no_is_one_or_nought(own_lock: Path) -> None:
    path = own_lock / "outcomes.csv"
    path.write_text(path.read_text().replace("not_readmitted,0,", "not_readmitted,no,", 1))
    assert any("must be 1 for yes or 0 for no" in fault.problem for fault in faults_of(own_lock))


def test_sealed_tables_must_all_be_there_and_no_others() -> None:
    with pytest.raises(BadFile) as bad:
        sealed({"arms": "study_number,arm\n", "secrets": ""}, "lock.arms.age")
    columns = {fault.column for fault in bad.value.faults}
    assert columns == {"secrets", "delivery", "post", "relatedness"}
