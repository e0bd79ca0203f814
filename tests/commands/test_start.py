"""The site answers nobody until it is certain that it keeps what it is given."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.commands.operating import BIN, sql, surroundings

pytestmark = pytest.mark.slow
START = "from handrail.config.start import start_or_stop; start_or_stop()"
PLANT = (
    "from handrail.config import databases; databases.SQLITE_INIT = databases.SQLITE_INIT.replace({}, {}); "
)


def start(home: Path, *, plant: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Start, as the web server's worker does."""
    return subprocess.run(
        [sys.executable, "-c", plant + START],
        env=surroundings(home, more),
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_installation_as_it_was_set_up_starts(home: Path) -> None:
    done = start(home)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("was", "planted", "said"),
    [
        ("synchronous=EXTRA", "synchronous=NORMAL", "synchronous: is NORMAL with journal DELETE"),
        ("journal_mode=DELETE", "journal_mode=OFF", "journal_mode: is OFF"),
        ("foreign_keys=ON", "foreign_keys=OFF", "foreign_keys: is off"),
    ],
)  # fmt: skip
def test_a_planted_setting_stops_the_start_with_a_plain_sentence(
    home: Path, was: str, planted: str, said: str
) -> None:
    done = start(home, plant=PLANT.format(repr(was), repr(planted)))

    assert done.returncode == 3
    assert done.stderr.startswith("Handrail does not start:\n")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_trial_office_that_nobody_could_ring_stops_the_start(home: Path) -> None:
    path = home / "office.toml"
    path.write_text(path.read_text().replace("020 7946 0999", "ask at the desk"))

    done = start(home)

    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert "office.toml line 5" in done.stderr
    assert "must be a telephone number" in done.stderr


def test_a_place_without_an_installation_or_without_keys_does_not_start(home: Path, tmp_path: Path) -> None:
    (home / "keys/master.key").rename(tmp_path / "master.key")
    without_key = start(home)
    with_key = start(home, HANDRAIL_MASTER_KEY_FILE=str(tmp_path / "master.key"))
    (home / "handrail.sqlite3").unlink()
    sql(home, "CREATE TABLE somebody_elses (word TEXT)")
    without_tables = start(home, HANDRAIL_MASTER_KEY_FILE=str(tmp_path / "master.key"))

    assert (without_key.returncode, with_key.returncode, without_tables.returncode) == (3, 0, 3)
    assert "there is no master key" in without_key.stderr
    assert "holds no installation. Run `handrail setup`" in without_tables.stderr


def test_the_tests_keys_and_a_database_that_cannot_be_opened_stop_the_start(home: Path) -> None:
    assert "the keys of the tests protect nothing" in start(home, HANDRAIL_TESTING="true").stderr

    (home / "handrail.sqlite3").unlink()
    (home / "handrail.sqlite3").mkdir()

    assert "database: cannot be opened" in start(home).stderr


SERVE = (BIN / "gunicorn", "--config", "python:handrail.config.gunicorn_settings", "--no-control-socket")


def test_the_web_server_gives_up_instead_of_trying_for_ever(home: Path) -> None:
    (home / "keys/master.key").chmod(0o644)
    more = surroundings(home, {"HANDRAIL_PORT": "0"})

    done = subprocess.run(
        [*SERVE, "handrail.config.wsgi"], env=more, capture_output=True, text=True, check=False, timeout=60
    )

    assert (done.returncode, done.stderr.count("\n")) == (3, 2)
    assert "the master key can be read by others. Run: chmod 600" in done.stderr


def test_the_web_server_serves_a_sound_installation(home: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    more = surroundings(home, {"HANDRAIL_PORT": port})
    server = subprocess.Popen([*SERVE, "handrail.config.wsgi"], env=more, stderr=subprocess.DEVNULL)
    try:
        assert _status(f"http://127.0.0.1:{port}/health") == 200
    finally:
        server.terminate()
        server.wait()


def _status(address: str) -> int:
    for _ in range(300):  # a minute: two cores may be busy
        try:
            with urllib.request.urlopen(address) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.2)
    return 0
