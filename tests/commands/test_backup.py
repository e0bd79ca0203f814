"""`handrail backup` and `handrail restore`: a safe copy under writing, and an exact one back, or none."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands.operating import BIN, UNGUARD, files_in, handrail, sql, surroundings

pytestmark = pytest.mark.slow
MASTER = "keys/master.key"

WRITER = """
import sys
from datetime import UTC, datetime
from handrail.commands.starting import start_django
start_django()
from django.db import transaction
from handrail.domain.words import Event
from handrail.records.audit import actions, facts
while True:
    with transaction.atomic():
        actions.note(Event.CONTACT_CHANGED, about=None, by=None, agent="writer", at=datetime.now(UTC))
    print(facts.head().line_count, flush=True)  # acknowledged
"""


def back_up(home: Path, place: Path, *more: str) -> Path:
    """Make a backup; gives its folder."""
    done = handrail("backup", place, *more, home=home)
    assert done.returncode == 0, done.stderr
    return max(path for path in place.iterdir() if path.is_dir())


def manifest_of(backup: Path) -> dict[str, object]:
    return dict(json.loads((backup / "manifest.json").read_text()))


def rows_of(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    names = [str(name) for (name,) in sql(home, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: sql(home, f'SELECT * FROM "{name}"') for name in names}


def test_a_request_to_end_leaves_no_half_backup(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    words = [BIN / "handrail", "backup", place]
    with subprocess.Popen(words, env=surroundings(home), stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until and not list(place.glob("*")):
            time.sleep(0.005)
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, "Stopped. Nothing half done was kept.\n")
    assert list(place.iterdir()) == []


def test_a_backup_comes_back_exactly_and_verifies(home: Path, tmp_path: Path) -> None:
    backup = back_up(home, tmp_path / "backups")

    done = handrail("restore", backup, "--key-file", home / MASTER, home=tmp_path / "back")

    assert (done.returncode, done.stderr) == (0, "")
    assert rows_of(tmp_path / "back") == rows_of(home)
    one, other = files_in(home), files_in(tmp_path / "back")
    assert set(one) == set(other)
    assert {name for name in one if one[name] != other[name]} <= {"handrail.sqlite3"}
    verified = handrail("verify", home=tmp_path / "back")
    assert (verified.returncode, verified.stderr) == (0, "")


def test_what_is_in_a_backup_is_counted_hashed_and_leaves_the_keys_out(home: Path, tmp_path: Path) -> None:
    (home / "sealed/block-sizes.toml").write_text("sizes = [4, 6]\n")

    backup = back_up(home, tmp_path / "backups")

    manifest = manifest_of(backup)
    assert set(files_in(backup)) == {
        "anchor/heads.jsonl",
        "crisis.toml",
        "handrail.sqlite3",
        "manifest.json",
        "office.toml",
        "protocol.toml",
        "statistician-key.txt",
    }
    assert manifest["row_counts"] == {
        name: len(rows) for name, rows in rows_of(home).items() if not name.startswith("sqlite_")
    }
    assert [manifest["line_count"]] == [count for (count,) in sql(home, "SELECT line_count FROM audit_head")]
    assert manifest["has_keys"] is False


def test_a_backup_with_keys_comes_back_by_itself(home: Path, tmp_path: Path) -> None:
    backup = back_up(home, tmp_path / "backups", "--with-keys")

    done = handrail("restore", backup, home=tmp_path / "back")

    assert done.returncode == 0, done.stderr
    assert files_in(tmp_path / "back")[MASTER] == files_in(home)[MASTER]


def test_a_restore_that_cannot_be_writes_nothing(home: Path, tmp_path: Path) -> None:
    backup = back_up(home, tmp_path / "backups")
    altered = Path(shutil.copytree(backup, tmp_path / "altered"))
    content = bytearray((altered / "handrail.sqlite3").read_bytes())
    content[5000] ^= 1
    (altered / "handrail.sqlite3").write_bytes(content)
    key = ("--key-file", home / MASTER)

    for words, place, status, said in (
        ([backup, *key], home, 1, "is not empty, and nothing is restored over it"),
        ([backup], tmp_path / "back", 2, "The master key is not in this backup"),
        ([altered, *key], tmp_path / "back", 2, "handrail.sqlite3: was changed after the backup was made"),
        ([tmp_path, *key], tmp_path / "back", 2, "manifest.json: is missing, so this is not a backup"),
    ):
        before = files_in(place)
        done = handrail("restore", *words, home=place)
        assert (done.returncode, done.stdout, files_in(place)) == (status, "", before)
        assert said in done.stderr


def test_a_ledger_that_was_changed_is_told_at_the_backup_and_refused_at_the_restore(
    home: Path, tmp_path: Path
) -> None:
    sql(home, *UNGUARD, "UPDATE audit_line SET reason = 'told' WHERE number = 2")

    done = handrail("backup", tmp_path / "backups", home=home)

    (backup,) = (tmp_path / "backups").iterdir()
    assert done.returncode == 1
    assert "line 2 was changed after it was written" in done.stderr
    back = handrail("restore", backup, "--key-file", home / MASTER, home=tmp_path / "back")
    assert (back.returncode, files_in(tmp_path / "back")) == (2, {})
    assert "ledger: line 2 was changed" in back.stderr


def test_there_is_nothing_to_back_up_before_a_set_up(tmp_path: Path) -> None:
    done = handrail("backup", tmp_path / "backups", home=tmp_path / "home")

    assert done.returncode == 2
    assert "holds no installation. Run `handrail setup`" in done.stderr
    assert not (tmp_path / "backups").exists()


@contextmanager
def written_to(home: Path, acknowledged: Path) -> Iterator[None]:
    """Somebody writes to the ledger as fast as can be, and notes what was acknowledged."""
    with acknowledged.open("w") as out:
        writer = subprocess.Popen([sys.executable, "-c", WRITER], env=surroundings(home), stdout=out)
        try:
            while acknowledged.read_text().count("\n") < 3:
                assert writer.poll() is None
                time.sleep(0.05)
            yield
            assert writer.poll() is None, "the writer must not have been stopped by a backup"
        finally:
            writer.kill()
            writer.wait()


def back_up_under_writing(home: Path, tmp_path: Path, times: int) -> None:
    acknowledged = tmp_path / "acknowledged"
    with written_to(home, acknowledged):
        for number in range(times):
            before = int(acknowledged.read_text().splitlines()[-2])
            backup = back_up(home, tmp_path / f"backups-{number}")
            assert int(str(manifest_of(backup)["line_count"])) >= before
    done = handrail("restore", backup, "--key-file", home / MASTER, home=tmp_path / "back")
    assert done.returncode == 0, done.stderr


def test_a_backup_under_constant_writing_lacks_nothing_that_was_acknowledged(
    home: Path, tmp_path: Path
) -> None:
    back_up_under_writing(home, tmp_path, 2)


@pytest.mark.prove
def test_forty_backups_under_constant_writing_lack_nothing(home: Path, tmp_path: Path) -> None:
    back_up_under_writing(home, tmp_path, 40)


def test_a_backup_that_is_killed_leaves_nothing_that_looks_like_one(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    words = [BIN / "handrail", "backup", place]
    killed = 0
    for tenths in range(2, 14, 3):
        child = subprocess.Popen(words, env=surroundings(home), stdout=subprocess.DEVNULL)
        time.sleep(tenths / 10)
        child.kill()
        killed += child.wait() != 0

    finished = [path for path in place.glob("*") if not path.name.endswith(".unfinished")]
    for backup in finished:
        shutil.rmtree(tmp_path / "back", ignore_errors=True)
        done = handrail("restore", backup, "--key-file", home / MASTER, home=tmp_path / "back")
        assert done.returncode == 0, done.stderr
    assert killed
