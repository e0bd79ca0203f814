"""The folder of an installation: made with narrow rights, and its master key made once, never replaced."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handrail.domain.refusal import BadFile, Fault

MASTER_KEY_BYTES = 32
FOLDERS = ("keys", "sealed", "anchor", "backups", "outbox", "locks", "reports")
ONLY_OWNER = 0o700


def make_folders(home: Path) -> None:
    """Make the installation's folder and those inside it, closed to everybody but their owner."""
    for folder in (home, *(home / name for name in FOLDERS)):
        make_folder(folder)
        folder.chmod(ONLY_OWNER)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, closed to everybody but the owner. One that is there stays."""
    folder.mkdir(mode=ONLY_OWNER, parents=True, exist_ok=True)


def make_master_key(path: Path) -> None:
    """Make the key from which all others are derived, readable by its owner alone.

    A key that is there stays: something may have been encrypted with it.
    """
    path.parent.mkdir(mode=ONLY_OWNER, parents=True, exist_ok=True)
    if not path.exists():
        write_closed(path, secrets.token_hex(MASTER_KEY_BYTES).encode() + b"\n")


def write_closed(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read, whole or not at all.

    Raises:
        FileExistsError: when there is one: nothing is ever overwritten by this.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)  # unlike a rename, this refuses when somebody was quicker
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """See that new and renamed files in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """See that a finished folder, with all in it, outlasts a power cut."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            sync_folder(path)
    sync_folder(folder)


def read_bytes(path: Path, *, most: int = 1_000_000, word: str = "") -> bytes:
    """The content of a small file that somebody named on the command line, by ``word``.

    Raises:
        BadFile: when it cannot be read, or is too large to be what it should be.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise _bad(path, f"cannot be read: {error.strerror}", word) from None
    if len(content) > most:
        raise _bad(path, f"is larger than {most} bytes", word)
    return content


def _bad(path: Path, problem: str, word: str) -> BadFile:
    return BadFile((Fault(path.name, 0, word, problem, "Check the name and the place"),))


@contextmanager
def removed_on_failure(paths: list[Path]) -> Iterator[None]:
    """Take away again what a command has made, if it does not finish: old or new, never half."""
    try:
        yield
    except BaseException:
        for path in reversed(paths):
            path.unlink(missing_ok=True)
        raise
