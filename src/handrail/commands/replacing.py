"""Writing a file so that an interruption leaves either the old one or the new one, never half."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from handrail.domain.refusal import BadFile, Fault


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary place beside the file, which becomes the file if all goes well and vanishes if not.

    Raises:
        BadFile: when the folder is not there or cannot be written to.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        temporary.touch(mode=0o666, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder")
    except OSError as error:
        temporary.unlink(missing_ok=True)
        problem = f"cannot be written: {error.strerror}"
        raise BadFile((Fault(path.name, 0, "", problem, "Choose another place"),)) from None
    try:
        yield temporary
        _settle(temporary)
        temporary.replace(path)
        _settle(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def stoppable() -> Iterator[None]:
    """Within this, a request to end (SIGTERM) stops the work as an interruption from the keyboard does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _settle(path: Path) -> None:
    """Have the disk keep what was written, before and after the name changes."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
