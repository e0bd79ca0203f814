"""``./run`` itself, in a clone: it plays, prints and serves; interrupted it leaves nothing half made.

What set-up installs is lent from this checkout, so that no network is needed.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT

pytestmark = [pytest.mark.prove, pytest.mark.no_database]

PLAY_SECONDS = 600  # far beyond what it takes: this is not where the time is measured
ADDRESS = re.compile(r"Handrail is at (http://localhost:(\d+))")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that git knows or would know, with the installed parts lent."""
    folder = tmp_path_factory.mktemp("clone") / "handrail"
    words = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    for name in subprocess.run(words, capture_output=True, text=True, check=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    shutil.copytree(ROOT / "web/build", folder / "web/build", dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def surroundings(clone: Path) -> dict[str, str]:
    """The environment of somebody who has just cloned it: nothing of ours but the lent parts and a port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL", "DJANGO"))}
    return {**kept, "PYTHONPATH": str(clone / "src"), "PORT": str(port), "HANDRAIL_SKIP_SET_UP": "1"}


def start(clone: Path, surroundings: dict[str, str]) -> subprocess.Popen[str]:
    """Run it in a group of its own, so that it can be stopped as by a hand on Ctrl-C."""
    pipe = subprocess.PIPE
    words = {"cwd": clone, "env": surroundings, "stdout": pipe, "stderr": subprocess.STDOUT, "text": True}
    # Behind nohup an interruption is ignored, by whatever is started too.
    hear = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.default_int_handler)}
    return subprocess.Popen(["./run"], start_new_session=True, **hear, **words)  # type: ignore[call-overload]


def interrupt(running: subprocess.Popen[str]) -> int:
    """Press Ctrl-C, and wait for the end."""
    os.killpg(running.pid, signal.SIGINT)
    status = running.wait(timeout=60)
    assert running.stdout is not None
    running.stdout.close()
    return status


def until_it_serves(running: subprocess.Popen[str]) -> Iterator[str]:
    """Each line that it prints, up to the address."""
    assert running.stdout is not None
    for line in running.stdout:
        yield line
        if ADDRESS.search(line):
            return


def test_interrupted_it_ends_at_once_and_leaves_nothing(clone: Path, surroundings: dict[str, str]) -> None:
    running = start(clone, surroundings)
    time.sleep(6)
    assert running.poll() is None
    assert interrupt(running) != 0
    assert not (clone / "var").exists()


def test_it_plays_a_trial_and_serves_and_the_second_time_is_quick(
    clone: Path, surroundings: dict[str, str]
) -> None:
    times = []
    for _ in range(2):
        began = time.monotonic()
        running = start(clone, surroundings)
        said = "".join(until_it_serves(running))
        times.append(time.monotonic() - began)
        try:
            assert_it_answers(said, clone)
        finally:
            interrupt(running)
    assert times[0] < PLAY_SECONDS
    assert times[1] < times[0] / 3


def assert_it_answers(said: str, clone: Path) -> None:
    """The report is where it says, and the address shows the site."""
    report = re.search(r"Report: (\S+)", said)
    assert report is not None
    assert (clone / report.group(1)).is_file()
    address = ADDRESS.search(said)
    assert address is not None
    for _ in range(50):
        try:
            with urllib.request.urlopen(f"{address.group(1)}/", timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address.group(1)} does not answer")
