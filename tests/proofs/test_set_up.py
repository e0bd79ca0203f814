"""``./run setup`` killed part-way: run again, it completes, and what is installed is what it always installs.

It fetches what it installs, so it needs what a first set-up needs: the package indexes, or their caches.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.house.tree import ROOT

pytestmark = [pytest.mark.prove, pytest.mark.no_database]

SECONDS = 300  # far beyond what one set-up takes: this is not where the time is measured
MADE = (".venv", ".stamps", "web/build", "web/node_modules")  # what set-up makes, and git does not know


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that git knows, and nothing that is installed."""
    folder = tmp_path_factory.mktemp("clone") / "handrail"
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, text=True, check=True)
    for name in listed.stdout.rstrip("\0").split("\0"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module", autouse=True)
def fetched_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What pip installs is fetched once, to save time; uv and npm have caches of their own."""
    wheels = str(tmp_path_factory.mktemp("wheels"))
    words = ["-m", "pip", "download", "-q", "--require-hashes", "-r", "requirements-build.txt", "-d", wheels]
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PIP_NO_INDEX", "1")
        patched.setenv("PIP_FIND_LINKS", wheels)
        yield


def start(clone: Path) -> subprocess.Popen[bytes]:
    """Begin to set up, in a group of its own, so that whatever it starts can be killed with it."""
    ours = ("HANDRAIL", "DJANGO", "PYTHON", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.Popen(["./run", "setup"], cwd=clone, env=kept, start_new_session=True)


def set_up(clone: Path) -> None:
    """Set up, to the end."""
    running = start(clone)
    try:
        assert running.wait(timeout=SECONDS) == 0
    finally:
        kill(running)


def kill(running: subprocess.Popen[bytes]) -> None:
    """Kill it and all that it started: none of them hears of it."""
    with suppress(ProcessLookupError):  # it may have come to its end
        os.killpg(running.pid, signal.SIGKILL)
    running.wait(timeout=60)


def kill_when(is_so: Callable[[Path], bool], clone: Path) -> None:
    """Set up, and kill it at the moment at which this is seen."""
    running = start(clone)
    until = time.monotonic() + SECONDS
    try:
        while not is_so(clone):
            assert running.poll() is None, f"it ended before {is_so.__name__} was seen"
            assert time.monotonic() < until
            time.sleep(0.002)
    finally:
        kill(running)


def site_packages(clone: Path) -> Path:
    """Where its packages go, or a place that is not there."""
    return next((clone / ".venv/lib").glob("python*/site-packages"), clone / ".venv/not-yet")


def the_environment_is_being_made(clone: Path) -> bool:
    """There is a Python, and what installs for it is not there yet."""
    return (clone / ".venv/bin/python").exists() and not (clone / ".stamps/venv").exists()


def a_package_is_half_there(clone: Path) -> bool:
    """Its name and version can be read, as of one that is installed, and what is written last is missing."""
    return (clone / ".stamps/venv").exists() and bool(half_there(clone))


def half_there(clone: Path) -> list[str]:
    """The packages that a tool would take for installed, and that are not."""
    found = site_packages(clone).glob("*.dist-info/METADATA")
    return [path.parent.name for path in found if not path.with_name("INSTALLER").exists()]


def we_ourselves_are_half_there(clone: Path) -> bool:
    """All packages are there; Handrail itself is not yet."""
    return (clone / ".stamps/requirements-dev.txt").exists() and not (clone / ".stamps/ourselves").exists()


def the_design_system_is_being_fetched(clone: Path) -> bool:
    """Its folder is there, and the site's own copy is not."""
    return (clone / "web/node_modules").exists() and not (clone / "web/build").exists()


def installed(clone: Path) -> dict[str, str]:
    """Each file that set-up made, with the hash of its content; compiled code carries moments: left out."""
    found = {}
    for top in (".venv", ".stamps", "web/build"):
        for path in sorted((clone / top).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found[path.relative_to(clone).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def frozen(clone: Path) -> str:
    """The packages, as pip sees them."""
    words = [clone / ".venv/bin/python", "-m", "pip", "freeze", "--all"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def test_killed_at_any_moment_it_completes_when_it_is_run_again_with_all_that_it_installs(
    clone: Path,
) -> None:
    set_up(clone)
    files, packages = installed(clone), frozen(clone)
    for name in MADE:
        shutil.rmtree(clone / name)
    for moment in (
        the_environment_is_being_made,
        a_package_is_half_there,
        we_ourselves_are_half_there,
        the_design_system_is_being_fetched,
    ):
        kill_when(moment, clone)
    set_up(clone)
    again = installed(clone)
    assert half_there(clone) == []
    assert sorted(files.keys() ^ again.keys()) == []
    assert [name for name in files if files[name] != again[name]] == []
    assert frozen(clone) == packages
