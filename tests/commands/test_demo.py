"""`handrail demo` plays a whole trial, the same from the same seed; it replaces only a demonstration."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import stat
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commands.operating import BIN, files_in, handrail, sql, surroundings

SMALL = ("demo", "--people", "18", "--seed", "3")
NAME = "demonstration-seed-3-people-18-effect-0.66"

pytestmark = pytest.mark.slow


def report_of(home: Path) -> dict[str, bytes]:
    """Every byte of the report, by file."""
    return files_in(home / "reports" / NAME)


def findings_of(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / "reports" / NAME / "findings.json").read_text())
    return found


def left_overs(home: Path) -> list[Path]:
    return list(home.parent.glob(f".{home.name}.*.partial"))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demonstration, which no test changes."""
    home = tmp_path_factory.mktemp("demonstration") / "home"
    done = handrail(*SMALL, "--home", home, home=home)
    assert done.returncode == 0, done.stderr
    (home.parent / "said.txt").write_text(done.stdout)
    (home.parent / "progress.txt").write_text(done.stderr)
    return home


def test_a_small_trial_reaches_its_report(played: Path) -> None:
    assert b"SYNTHETIC PEOPLE" in report_of(played)["index.html"]
    assert report_of(played)["report.pdf"].startswith(b"%PDF")
    assert sum(arm["count"] for arm in findings_of(played)["arms"]) == 18
    assert "drawn by chance" in findings_of(played)["notices"][0]


def test_it_says_where_the_report_is_and_how_to_sign_in(played: Path) -> None:
    said = (played.parent / "said.txt").read_text()
    assert str(played / "reports" / NAME / "index.html") in said
    accounts = (played / "accounts.txt").read_text()
    assert accounts in said
    assert len(re.findall(r"@example\.org +\S+-\d\d +[A-Z2-7]{32}", accounts)) == 12
    assert len(re.findall(r"HR-\w{5}-\w", accounts)) == 4


def test_it_tells_what_is_happening_and_how_long_is_left(played: Path) -> None:
    told = (played.parent / "progress.txt").read_text()
    assert re.search(r"\d+%  \w{3} 201\d: \d+ referred, \d+ entered", told)
    assert "s left" in told


def test_what_is_kept_is_closed_to_others_and_marked_as_synthetic(played: Path) -> None:
    assert stat.S_IMODE((played / "accounts.txt").stat().st_mode) == 0o600
    assert stat.S_IMODE(played.stat().st_mode) == 0o700
    assert "synthetic" in (played / "SYNTHETIC.txt").read_text()
    assert sql(played, "SELECT is_synthetic FROM accounts_installation") == [(1,)]
    keys = list((played / "locks").glob("*.statistician-key.SYNTHETIC.txt"))
    assert len(keys) == 1
    assert keys[0].read_text().startswith("# SYNTHETIC")


def test_the_ledger_and_the_lock_verify(played: Path) -> None:
    for words in ((), ("--lock", played / "locks" / NAME)):
        done = handrail("verify", *words, home=played)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_act_is_in_the_ledger_in_the_order_of_simulated_time(played: Path) -> None:
    moments = [at for (at,) in sql(played, "SELECT at FROM audit_line ORDER BY number")]
    assert moments == sorted(moments)
    entered = sql(played, "SELECT count(*) FROM audit_line WHERE event = 'randomised'")
    assert entered == [(18,)]


def test_rows_that_a_hospital_got_wrong_are_refused_and_counted(played: Path) -> None:
    counts = dict(sql(played, "SELECT rule, count(*) FROM acutecare_refusedrow GROUP BY rule"))
    assert {"unknown_service", "ends_before_start", "starts_in_future"} <= set(counts)
    assert sql(played, "SELECT count(*) FROM acutecare_extractfile")[0][0] >= 6


def an_older_demonstration(home: Path) -> None:
    """As little of one as is known for one."""
    home.mkdir()
    (home / "SYNTHETIC.txt").write_text("old")
    with closing(sqlite3.connect(home / "handrail.sqlite3")) as old, old:
        old.execute("CREATE TABLE accounts_installation (is_synthetic bool)")
        old.execute("INSERT INTO accounts_installation VALUES (1)")


def test_the_same_seed_gives_the_same_report_in_the_place_of_an_older_demonstration(
    played: Path, tmp_path: Path
) -> None:
    home, half_played = tmp_path / "home", tmp_path / ".home.99999999.partial"
    an_older_demonstration(home)
    half_played.mkdir()
    done = handrail(*SMALL, "--home", home, home=home)
    assert done.returncode == 0, done.stderr
    assert report_of(home) == report_of(played)
    assert (home / "accounts.txt").read_text() != (played / "accounts.txt").read_text()
    assert left_overs(home) == []


def test_if_empty_plays_nothing_where_something_is(played: Path) -> None:
    before = files_in(played)
    done = handrail("demo", "--if-empty", "--home", played, home=played)
    assert (done.returncode, files_in(played)) == (0, before)
    assert str(played / "reports" / NAME / "index.html") in done.stdout


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_play_leaves_the_old_home_untouched(played: Path, how: signal.Signals) -> None:
    before = files_in(played)
    words = [BIN / "handrail", "demo", "--people", "60", "--seed", "4", "--home", str(played)]
    with subprocess.Popen(words, env=surroundings(played), stderr=subprocess.PIPE, text=True) as process:
        wait_until_playing(played, process)
        process.send_signal(how)
        process.communicate(timeout=60)
    assert files_in(played) == before
    assert bool(left_overs(played)) == (how is signal.SIGKILL)
    assert process.returncode == (-signal.SIGKILL if how is signal.SIGKILL else 130)


def wait_until_playing(home: Path, process: subprocess.Popen[str]) -> None:
    """Wait until somebody has been referred in the half-played demonstration."""
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        if any(_has_people(stage / "handrail.sqlite3") for stage in left_overs(home)):
            return
        time.sleep(0.1)
    pytest.fail(f"nobody was referred; the process ended with {process.poll()}")


def _has_people(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=0.1)) as stage:
            return bool(stage.execute("SELECT count(*) FROM people_person").fetchone()[0])
    except sqlite3.Error:
        return False


def test_a_real_installation_is_never_replaced(made_once: Path) -> None:
    before = files_in(made_once)
    done = handrail("demo", "--people", "18", "--home", made_once, home=made_once)
    assert done.returncode == 1
    assert "may hold real people" in done.stderr
    assert files_in(made_once) == before


def test_a_folder_of_other_files_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    done = handrail("demo", "--people", "18", "--home", tmp_path, home=tmp_path)
    assert done.returncode == 1
    assert "holds files that no demonstration made" in done.stderr
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_a_demonstration_is_not_played_into_a_server_s_database(tmp_path: Path) -> None:
    home = tmp_path / "home"
    more = {"HANDRAIL_DATABASE_URL": "postgresql://handrail@localhost/handrail"}
    done = handrail("demo", "--people", "18", "--home", home, home=home, more=more)
    assert done.returncode == 1
    assert "Unset HANDRAIL_DATABASE_URL" in done.stderr
    assert not home.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--people", "3"), "--people: 3 is too few"),
        (("--effect", "0"), "--effect: '0' is not an odds ratio"),
        (("--effect", "none"), "--effect: 'none' is not an odds ratio"),
    ],
)
def test_a_trial_that_cannot_be_is_refused_with_a_sentence(
    words: tuple[str, str], told: str, tmp_path: Path
) -> None:
    done = handrail("demo", *words, "--home", tmp_path / "home", home=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert not (tmp_path / "home").exists()
