"""Writing a file so that an interruption leaves either the old one or the new one, never half."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from handrail.domain.refusal import BadFile, Fault


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary place beside the file, which becomes the file if all goes well and vanishes if not.

    Raises:
        BadFile: when the folder is not there or cannot be written to.
    """
    faults = why_not_write(path)
    if faults:
        raise BadFile(faults)
    temporary = _beside(path)
    try:
        temporary.touch(mode=0o666, exist_ok=True)
        yield temporary
        _settle(temporary)
        temporary.replace(path)
        _settle(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def why_not_write(path: Path) -> tuple[Fault, ...]:
    """What keeps a file from being written there: tried, and taken away again."""
    temporary = _beside(path)
    try:
        temporary.touch(mode=0o666, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder")
    except OSError as error:
        problem = f"cannot be written: {error.strerror}"
        return (Fault(str(path), 0, "", problem, "Choose another place"),)
    finally:
        with suppress(OSError):
            temporary.unlink()
    return ()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.partial")


@contextmanager
def stoppable() -> Iterator[None]:
    """Within this, a request to end (SIGTERM) stops the work as an interruption from the keyboard does.

    The first request counts; others that arrive while the work is being undone change nothing. It may
    arrive in the middle of anything, a roll-back too, and then another error comes of it: that error is
    the interruption, and nothing else.

    Raises:
        KeyboardInterrupt: when the work was stopped.
    """
    asked: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        if len(asked) == 1:
            raise KeyboardInterrupt

    kinds = (signal.SIGTERM, signal.SIGINT)
    before = {
        kind: signal.signal(kind, stop) for kind in kinds if signal.getsignal(kind) is not signal.SIG_IGN
    }
    try:
        yield
    except Exception as error:
        if asked:
            raise KeyboardInterrupt from error
        raise
    finally:
        for kind, way in before.items():
            signal.signal(kind, way)


def _settle(path: Path) -> None:
    """Have the disk keep what was written, before and after the name changes."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
