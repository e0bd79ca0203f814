"""A restore that is asked to stop: the place is empty as it was, or holds the whole installation."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from handrail.commands import restore
from handrail.commands.console import INTERRUPTED
from tests.commands.operating import BIN, files_in, handrail, surroundings

pytestmark = pytest.mark.slow


def staged(home: Path) -> Path:
    """What a restore has built beside its place, before it moves in."""
    stage = home / restore.STAGE
    (stage / "keys").mkdir(parents=True)
    for name in ("keys/master.key", "protocol.toml", "handrail.sqlite3"):
        (stage / name).write_text(name)
    return stage


@pytest.mark.parametrize("done", [0, 1, 2])
@pytest.mark.parametrize("has_happened", [False, True])
def test_a_stop_while_moving_in_leaves_the_place_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int, has_happened: bool
) -> None:
    stage, rename, moved = staged(tmp_path), Path.rename, []

    def stopped(path: Path, target: Path) -> None:
        moved.append(path.name)
        if len(moved) <= done or has_happened:
            rename(path, target)
        if len(moved) > done:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", stopped)
        with pytest.raises(KeyboardInterrupt):
            restore._put_in_place(stage, tmp_path)
    assert len(moved) == done + 1
    assert [path.name for path in tmp_path.iterdir()] == [restore.STAGE]


def test_when_nobody_stops_it_everything_moves_in_and_the_database_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, rename, moved = staged(tmp_path), Path.rename, []
    monkeypatch.setattr(Path, "rename", lambda path, to: (moved.append(path.name), rename(path, to))[1])
    restore._put_in_place(stage, tmp_path)
    assert moved == ["keys", "protocol.toml", "handrail.sqlite3"]
    assert {*files_in(tmp_path)} == {"keys/master.key", "protocol.toml", "handrail.sqlite3"}


def stop_when(home: Path, words: list[str | Path], kind: signal.Signals, later: float) -> tuple[int, str]:
    """Run it, and ask it to stop some time after it began to build."""
    with subprocess.Popen(words, env=surroundings(home), stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until and not (home / restore.STAGE).exists():
            time.sleep(0.002)
        time.sleep(later)
        process.send_signal(kind)
        _, told = process.communicate(timeout=60)
    return process.returncode, told


def test_a_request_to_stop_leaves_nothing_or_everything(home: Path, tmp_path: Path) -> None:
    made = handrail("backup", tmp_path / "backups", "--with-keys", home=home)
    assert made.returncode == 0, made.stderr
    (backup,) = (tmp_path / "backups").iterdir()
    whole, stopped = {*files_in(home)}, 0
    for kind in (signal.SIGTERM, signal.SIGINT):
        for later in (0.0, 0.03):
            back = tmp_path / f"back-{kind.name}-{later}"
            status, told = stop_when(back, [BIN / "handrail", "restore", backup], kind, later)
            stopped += status == INTERRUPTED
            if status == INTERRUPTED:
                assert (told, files_in(back)) == ("Stopped. Nothing half done was kept.\n", {})
                assert handrail("restore", backup, home=back).returncode == 0
            assert {*files_in(back)} == whole
    assert stopped
