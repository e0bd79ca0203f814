"""A restore that is asked to stop: the place is empty as it was, or holds the whole installation."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.commands import moving_in, restore
from handrail.commands.console import INTERRUPTED
from handrail.exchange.sealed_file import Identity
from tests.commands.operating import BIN, files_in, handrail, set_up, surroundings
from tests.commands.test_start import start

pytestmark = pytest.mark.slow


def staged(home: Path) -> None:
    """What a restore has built beside its place, before it moves in."""
    stage = home / moving_in.STAGE
    (stage / "keys").mkdir(parents=True)
    for name in ("keys/master.key", "protocol.toml", "handrail.sqlite3"):
        (stage / name).write_text(name)


@pytest.mark.parametrize("done", [0, 1, 2])
@pytest.mark.parametrize("has_happened", [False, True])
def test_a_stop_while_moving_in_leaves_the_place_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int, has_happened: bool
) -> None:
    staged(tmp_path)
    rename, moved = Path.rename, []

    def stopped(path: Path, target: Path) -> None:
        moved.append(path.name)
        if len(moved) <= done or has_happened:
            rename(path, target)
        if len(moved) > done:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", stopped)
        with pytest.raises(KeyboardInterrupt):
            restore._put_in_place(tmp_path)
    assert len(moved) == done + 1
    moving_in.forget(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_when_nobody_stops_it_everything_moves_in_and_the_database_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged(tmp_path)
    rename, moved = Path.rename, []
    monkeypatch.setattr(Path, "rename", lambda path, to: (moved.append(path.name), rename(path, to))[1])
    restore._put_in_place(tmp_path)
    assert moved == ["keys", "protocol.toml", "handrail.sqlite3"]
    assert {*files_in(tmp_path)} == {"keys/master.key", "protocol.toml", "handrail.sqlite3"}


def stop_when(home: Path, words: list[str | Path], kind: signal.Signals, later: float) -> tuple[int, str]:
    """Run it, and ask it to stop some time after it began to build."""
    with subprocess.Popen(words, env=surroundings(home), stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until and not (home / moving_in.STAGE).exists():
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
                assert told == "Stopped. Nothing half done was kept.\n"
            # Asked after the last step, it stops with everything in its place.
            if not files_in(back):
                assert status == INTERRUPTED
                assert handrail("restore", backup, home=back).returncode == 0
            assert {*files_in(back)} == whole
    assert stopped


KILL_AFTER = """
import os, signal, sys
from pathlib import Path
step, count, rename = int(sys.argv.pop(1)), 0, Path.rename
def counted(path, target):
    global count
    rename(path, target)
    count += 1
    if count == step:
        os.kill(os.getpid(), signal.SIGKILL)
Path.rename = counted
from handrail.commands import moving_in
write_closed = moving_in.write_closed
def marked(path, content):
    write_closed(path, content)
    if step == 0:
        os.kill(os.getpid(), signal.SIGKILL)
moving_in.write_closed = marked
from handrail.commands.console import main
sys.exit(main())
"""


def killed_after(step: int, *backup: str | Path, home: Path, more: Mapping[str, str] | None = None) -> bool:
    """Restore, and be killed after so many files have moved (none: after the mark); whether that happened."""
    words = [sys.executable, "-c", KILL_AFTER, str(step), "restore", *backup]
    done = subprocess.run(words, env=surroundings(home, more), capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


def mended(back: Path, backup: Path) -> bool:
    """Whether a killed restore left an installation that starts; if not, a restore again makes it whole."""
    stands = start(back).returncode == 0
    if not stands:
        assert handrail("restore", backup, home=back).returncode == 0
        assert start(back).returncode == 0
    whole = {name: text for name, text in files_in(backup).items() if name != "manifest.json"}
    found = files_in(back)
    assert {name: text for name, text in found.items() if name in whole} == whole
    return stands


def test_killed_after_a_move_there_is_nothing_or_everything_and_a_restore_again_mends_it(
    home: Path, tmp_path: Path
) -> None:
    assert handrail("backup", tmp_path / "backups", "--with-keys", home=home).returncode == 0
    (backup,) = (tmp_path / "backups").iterdir()
    back = tmp_path / "back-3"
    assert killed_after(3, backup, home=back) and not mended(back, backup)
    last = len(list(back.iterdir()))  # each move brings one thing to its place, the database last
    back = tmp_path / "back-last"
    assert killed_after(last, backup, home=back) and mended(back, backup)
    assert not killed_after(last + 1, backup, home=tmp_path / "back-whole")


@pytest.mark.prove
def test_killed_after_any_move_there_is_nothing_or_everything(home: Path, tmp_path: Path) -> None:
    assert handrail("backup", tmp_path / "backups", "--with-keys", home=home).returncode == 0
    (backup,) = (tmp_path / "backups").iterdir()
    step, stood = 0, []
    while killed_after(step, backup, home=(back := tmp_path / f"back-{step}")):
        stood.append(mended(back, backup))
        step += 1
    assert step > 5
    assert stood == [False] * (step - 1) + [True]  # the database's move, the last, is what counts


def test_where_a_restore_was_cut_off_nothing_else_begins_and_a_strangers_file_stays(
    home: Path, tmp_path: Path, statistician: Identity, block_sizes: Path
) -> None:
    assert handrail("backup", tmp_path / "backups", "--with-keys", home=home).returncode == 0
    (backup,) = (tmp_path / "backups").iterdir()
    back = tmp_path / "back"
    assert killed_after(2, backup, home=back)
    for said in (
        start(back).stderr,
        handrail("verify", home=back).stderr,
        handrail("backup", tmp_path / "more", home=back).stderr,
    ):
        assert "holds part of a restore that was cut off" in said
    with pytest.raises(AssertionError, match="holds part of a restore that was cut off"):
        set_up(back, key=statistician.recipient, sizes=block_sizes)
    (back / "a note").write_text("ours")
    assert "is not empty" in handrail("restore", backup, home=back).stderr
    assert {*files_in(back)} == {"a note"}
