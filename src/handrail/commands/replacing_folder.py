"""Writing a folder so that an interruption leaves either the old one or the new one, never half."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handrail.domain.refusal import BadFile, Fault

AT_HERE, EXCHANGE = -100, 2  # Linux: AT_FDCWD, RENAME_EXCHANGE


@contextmanager
def replacing_folder(path: Path, *, mark: str) -> Iterator[Path]:
    """A temporary folder beside ``path``, which takes its place if all goes well and vanishes if not.

    A folder that is already there is replaced only if it is empty or holds the file ``mark``, which
    shows that this verb wrote it.

    Raises:
        BadFile: when something else is in the way, or the place cannot be written to.
    """
    path = path.absolute()
    faults = why_not_replace(path, mark=mark)
    if faults:
        raise BadFile(faults)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.partial")
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        temporary.mkdir(parents=True)
    except OSError as error:
        problem = f"cannot be written: {error.strerror}"
        raise BadFile((Fault(str(path), 0, "", problem, "Choose another place"),)) from None
    try:
        yield temporary
        _settle(temporary)
        _take_place(temporary, path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def why_not_replace(path: Path, *, mark: str) -> tuple[Fault, ...]:
    """What keeps a folder from being written there, as far as can be told without writing."""
    path = path.absolute()
    try:
        is_there = path.exists()
        is_ours = not is_there or (path.is_dir() and (not any(path.iterdir()) or (path / mark).is_file()))
        above = next(one for one in path.parents if one.exists())
        is_writable = above.is_dir() and os.access(above, os.W_OK)
    except OSError as error:
        return (Fault(str(path), 0, "", f"cannot be written: {error.strerror}", "Choose another place"),)
    if not is_ours:
        problem = f"is in the way: it is not a folder with {mark} in it"
        return (Fault(str(path), 0, "", problem, "Choose another folder"),)
    if not is_writable:
        problem = f"cannot be written: {above} is not a folder that you may write to"
        return (Fault(str(path), 0, "", problem, "Choose another place"),)
    return ()


def _take_place(new: Path, path: Path) -> None:
    """Rename; where a folder stands already, the two change places in one step, and the old one goes."""
    if not path.exists():
        new.rename(path)
    elif not _exchanged(new, path):
        aside = path.with_name(f".{path.name}.{os.getpid()}.old")
        path.rename(aside)
        new.rename(path)
        shutil.rmtree(aside)
    _sync(path.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system could make two folders change places at once."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return int(rename(AT_HERE, os.fsencode(one), AT_HERE, os.fsencode(other), EXCHANGE)) == 0


def _settle(folder: Path) -> None:
    """Have the disk keep every file before the folder's name changes."""
    for path in sorted(folder.rglob("*")):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
