"""``handrail analyse LOCK``: arms opened or dealt, and what is written, replaced or refused."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handrail.analysis.findings import AnalysisResult
from handrail.commands import analyse_lock
from handrail.commands.console import main
from handrail.commands.replacing_folder import _exchanged
from handrail.exchange import sealed_file
from tests.analysis import synthetic
from tests.commands.operating import files_in


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return synthetic.write(tmp_path / "lock", synthetic.few())


def arms_of(lock: Path) -> str:
    return str(lock.with_name("lock.arms.age"))


def analyse(lock: Path, *words: str, out: Path | None = None) -> int:
    return main(["analyse", str(lock), *words, "--out", str(out or lock.with_name("out"))])


def test_a_lock_with_its_arms_gives_findings_and_tables(lock: Path) -> None:
    assert analyse(lock, "--arms", arms_of(lock)) == 0
    out = lock.with_name("out")
    result = AnalysisResult.from_json((out / "findings.json").read_text(encoding="utf-8"))
    assert result.is_scrambled is False
    assert {path.stem for path in (out / "tables").iterdir()} == {table.code for table in result.tables}
    with (out / "findings.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [finding.id for finding in result.findings]


def test_a_table_file_holds_title_columns_rows_and_note(lock: Path) -> None:
    analyse(lock, "--arms", arms_of(lock))
    with (lock.with_name("out") / "tables" / "deviations.csv").open(encoding="utf-8", newline="") as file:
        title, columns, *rows, note = csv.reader(file)
    assert (title, len(columns)) == (["Deviations from the protocol"], 4)
    assert rows[0][0] == "Other"
    assert note == ["Recorded from the first referral to the lock. Counts: no interval."]


def test_the_same_lock_gives_the_same_bytes(lock: Path) -> None:
    first, second = lock.with_name("first"), lock.with_name("second")
    assert [analyse(lock, "--arms", arms_of(lock), out=out) for out in (first, second)] == [0, 0]
    for path in sorted(first.rglob("*.*")):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes()


@pytest.mark.slow
def test_the_number_of_threads_does_not_change_a_byte(lock: Path) -> None:
    here, alone = lock.with_name("here"), lock.with_name("alone")
    assert analyse(lock, "--arms", arms_of(lock), out=here) == 0
    one = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    words = ["analyse", str(lock), "--arms", arms_of(lock), "--out", str(alone)]
    code = f"import sys; from handrail.commands.console import main; sys.exit(main({words!r}))"
    subprocess.run([sys.executable, "-c", code], env=os.environ | one, check=True, capture_output=True)
    assert (here / "findings.json").read_bytes() == (alone / "findings.json").read_bytes()


def test_a_rehearsal_needs_no_arm_file_and_says_so(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock.with_name("lock.arms.age").unlink()
    assert analyse(lock, "--scrambled", "5") == 0
    out = lock.with_name("out")
    assert "REHEARSAL ON SCRAMBLED ARMS" in capsys.readouterr().out
    assert json.loads((out / "findings.json").read_text(encoding="utf-8"))["seed"] == 5
    titles = [path.read_text(encoding="utf-8").splitlines()[0] for path in (out / "tables").iterdir()]
    assert all("REHEARSAL ON SCRAMBLED ARMS" in title for title in titles)


def test_with_neither_arms_nor_a_seed_it_refuses(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files_in(lock.parent)
    assert analyse(lock) == 2
    assert files_in(lock.parent) == before
    assert "--scrambled SEED to rehearse" in capsys.readouterr().err
    assert not lock.with_name("out").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--arms", "x", "--scrambled", "1", "--out", "out"], "exclude each other"),
        (["--scrambled", "1"], "--out: is missing"),
        (["--scrambled", "1", "--key", "k", "--out", "out"], "--key: is given, but nothing to open"),
        (["--scrambled", "1", "--json", "--out", "out"], "--json: goes with --counts alone"),
        (["--counts", "6/20", "8/20"], "LOCK: does not go with --counts"),
    ],
)
def test_words_that_do_not_go_together_are_bad_input(
    lock: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyse", str(lock), *words]) == 2
    assert said in capsys.readouterr().err


def test_without_a_lock_it_says_what_to_give(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", "--scrambled", "1"]) == 2
    shown = capsys.readouterr().err
    assert "LOCK: is missing" in shown
    assert "--arms or" not in shown
    assert "--out: is missing" in shown


def test_a_seed_below_nought_is_bad_input(lock: Path) -> None:
    assert (analyse(lock, "--scrambled", "-1"), analyse(lock, "--scrambled", "0")) == (2, 0)


def test_a_key_is_asked_for_when_none_or_several_lie_beside_the_arm_file(
    lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = lock.with_name("lock.statistician-key.SYNTHETIC.txt")
    moved = key.rename(lock.parent / "elsewhere.txt")
    assert analyse(lock, "--arms", arms_of(lock)) == 2
    assert "lock.arms.age: --key: has no key beside it. Name the one" in capsys.readouterr().err
    assert analyse(lock, "--arms", arms_of(lock), "--key", str(moved)) == 0


def test_another_locks_key_beside_the_arm_file_is_not_mistaken_for_its_own(lock: Path) -> None:
    other = lock.with_name("later.statistician-key.txt")
    other.write_text(sealed_file.new_identity().secret, encoding="utf-8")
    assert analyse(lock, "--arms", arms_of(lock)) == 0


@pytest.mark.parametrize(
    "content", ["not a key", sealed_file.new_identity().secret], ids=["no-key", "not-its-key"]
)
def test_a_wrong_key_opens_nothing(lock: Path, content: str) -> None:
    wrong = lock.with_name("wrong.txt")
    wrong.write_text(content, encoding="utf-8")
    assert analyse(lock, "--arms", arms_of(lock), "--key", str(wrong)) == 2
    assert not lock.with_name("out").exists()


def test_an_altered_or_missing_arm_file_is_refused(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = lock.with_name("lock.arms.age")
    path.write_bytes(path.read_bytes()[:-1])
    assert analyse(lock, "--arms", str(path)) == 2
    assert "is not the arm file of this lock" in capsys.readouterr().err
    path.unlink()
    assert analyse(lock, "--arms", str(path)) == 2
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"tables": []}', b'{"tables": {"arms": 1}}'])
def test_an_arm_file_that_holds_no_tables_is_refused(lock: Path, content: bytes) -> None:
    identity = sealed_file.new_identity()
    sealed = sealed_file.encrypt(content, identity.recipient)
    lock.with_name("lock.arms.age").write_bytes(sealed)
    lock.with_name("lock.statistician-key.SYNTHETIC.txt").write_text(identity.secret, encoding="utf-8")
    manifest = json.loads((lock / "manifest.json").read_text(encoding="utf-8"))
    manifest["arm_file"]["sha256"] = synthetic.files.sha256(sealed)
    (lock / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert analyse(lock, "--arms", arms_of(lock)) == 2


def test_one_altered_byte_of_the_lock_is_refused_and_nothing_is_written(
    lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lock / "outcomes.csv"
    path.write_bytes(path.read_bytes().replace(b"365", b"364", 1))
    assert analyse(lock, "--arms", arms_of(lock)) == 2
    assert "outcomes.csv: is not the file that manifest.json names" in capsys.readouterr().err
    assert not lock.with_name("out").exists()


def test_an_earlier_analysis_is_replaced_and_leaves_nothing_behind(lock: Path) -> None:
    out = lock.with_name("out")
    assert analyse(lock, "--scrambled", "1") == 0
    (out / "tables" / "old.csv").write_text("old", encoding="utf-8")
    assert analyse(lock, "--arms", arms_of(lock)) == 0
    assert not (out / "tables" / "old.csv").exists()
    assert [path.name for path in lock.parent.iterdir() if path.name.startswith(".")] == []


def test_a_folder_of_something_else_is_never_replaced(lock: Path) -> None:
    out = lock.with_name("out")
    out.mkdir()
    (out / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert analyse(lock, "--scrambled", "1") == 2
    assert (out / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    shutil.rmtree(out)
    assert analyse(lock, "--scrambled", "1") == 0


def test_an_interruption_leaves_the_earlier_findings(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = lock.with_name("out")
    assert analyse(lock, "--scrambled", "1") == 0
    before = (out / "findings.json").read_bytes()

    def stop(folder: Path, result: AnalysisResult) -> None:
        (folder / "findings.json").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(analyse_lock, "write", stop)
    assert analyse(lock, "--scrambled", "2") == 130
    assert (out / "findings.json").read_bytes() == before
    assert [path.name for path in lock.parent.iterdir() if path.name.startswith(".")] == []


def test_where_folders_cannot_change_places_at_once_the_new_one_still_takes_over(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handrail.commands.replacing_folder._exchanged", lambda one, other: False)
    assert [analyse(lock, "--scrambled", seed) for seed in ("1", "2")] == [0, 0]
    assert json.loads((lock.with_name("out") / "findings.json").read_text(encoding="utf-8"))["seed"] == 2


def test_a_place_that_cannot_be_written_to_is_refused(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lock.parent / "file").write_text("in the way", encoding="utf-8")
    assert analyse(lock, "--scrambled", "1", out=lock.parent / "file" / "out") == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_system_that_cannot_exchange_folders_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handrail.commands.replacing_folder.ctypes.CDLL", lambda *a, **k: object())
    assert _exchanged(tmp_path, tmp_path) is False


def test_a_trial_without_an_answer_says_why_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = synthetic.rows(sizes=(12, 12), known=(11, 10), events=(0, 0))
    lock = synthetic.write(tmp_path / "lock", rows)
    assert analyse(lock, "--arms", arms_of(lock)) == 0
    assert "apart completely" in capsys.readouterr().out
