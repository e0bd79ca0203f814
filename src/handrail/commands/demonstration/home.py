"""Where a demonstration is played: beside the installation's folder, which it replaces only when finished.

A half-played demonstration is a folder of its own, known by its name, and the next one throws it away.
A folder that may hold real people is never replaced. See ``docs/decisions/0041``.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path

from handrail.commands.installation import ONLY_OWNER
from handrail.commands.replacing_folder import replacing_folder
from handrail.domain.refusal import Reason, Refused
from handrail.domain.words import Because

DATABASE = "handrail.sqlite3"
MARK = "SYNTHETIC.txt"
MARK_TEXT = (
    "Everybody in this folder is synthetic: made up by `handrail demo`, and arranged or drawn as the\n"
    "report says. Nothing here may ever be taken for real records. The next demonstration replaces it.\n"
)


class State(StrEnum):
    """What a folder holds, as far as a demonstration is concerned."""

    EMPTY = "empty"
    SYNTHETIC = "synthetic"
    REAL = "real"
    STRANGE = "strange"  # files, but none of an installation's


def state_of(home: Path) -> State:
    """What the folder holds. When in doubt it is not synthetic."""
    if not home.exists() or not any(_contents(home)):
        return State.EMPTY
    if not (home / DATABASE).exists():
        return State.STRANGE
    return _state_of_database(home)


def _contents(home: Path) -> Iterator[Path]:
    """What lies in a folder, but for a database without a byte in it."""
    for path in home.iterdir():
        if path.name != DATABASE or path.stat().st_size > 0:
            yield path


def _state_of_database(home: Path) -> State:
    """Ask the database itself, read-only: the mark in the folder alone proves nothing."""
    try:
        with closing(sqlite3.connect(f"file:{home / DATABASE}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT is_synthetic FROM accounts_installation").fetchall()
    except sqlite3.Error:
        return State.REAL
    is_synthetic = len(rows) == 1 and bool(rows[0][0])
    return State.SYNTHETIC if is_synthetic and (home / MARK).exists() else State.REAL


def refuse_unless_free(home: Path) -> None:
    """Go on only if nothing but a demonstration would be replaced. Raises: Refused."""
    state = state_of(home)
    if state is State.REAL:
        raise Refused((Reason(Because.HOME_IS_REAL, str(home)),))
    if state is State.STRANGE:
        raise Refused((Reason(Because.HOME_IS_STRANGE, str(home)),))


@contextmanager
def staged(home: Path) -> Iterator[Path]:
    """A folder to play in, which takes the home's place in one step if all goes well, and vanishes if not.

    Two demonstrations cannot play for one home; what a killed one left behind is thrown away.

    Raises:
        Refused: when the home must not be replaced, or another demonstration is being played for it.
    """
    refuse_unless_free(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    with _held(home):
        for left_over in home.parent.glob(f".{home.name}.*.partial"):
            shutil.rmtree(left_over, ignore_errors=True)
        if state_of(home) is State.EMPTY:
            (home / DATABASE).unlink(missing_ok=True)  # a file without a byte: nothing is lost
        with replacing_folder(home, mark=MARK) as stage:
            stage.chmod(ONLY_OWNER)
            (stage / MARK).write_text(MARK_TEXT)
            yield stage
            refuse_unless_free(home)


@contextmanager
def _held(home: Path) -> Iterator[None]:
    """Hold the home against other demonstrations; the system lets go when this process ends."""
    place = home.parent / f".{home.name}.held"
    with place.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused((Reason(Because.HOME_BEING_PLAYED, str(home)),)) from error
        if os.fstat(handle.fileno()).st_nlink == 0:  # its last holder has just taken it away
            raise Refused((Reason(Because.HOME_BEING_PLAYED, str(home)),))
        try:
            yield
        finally:
            place.unlink(missing_ok=True)
