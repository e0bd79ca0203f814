"""Records files that were checked and wait for a yes: each under a random name, closed, and gone in a day.

Whatever else stands under such a name goes too: an older version left a sent file and its rows so. A file
that has a name of its own was put here by somebody, as the demonstration's hospital files are, and stays.

What lies here is sealed by whoever puts it here. A file that is being checked has a folder of its own,
which vanishes with the check, and with the next look round if the machine stopped meanwhile.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from handrail.domain.refusal import NotFound

ENDING = ".sealed"
BEING_CHECKED = ".checking-"
KEPT_SECONDS = 24 * 60 * 60
CHECKED_SECONDS = 60 * 60
ONLY_OWNER = 0o700
TOKEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


@contextmanager
def being_checked(folder: Path) -> Iterator[Path]:
    """A folder in which one file is checked, closed to everybody but its owner, and gone afterwards."""
    folder.mkdir(mode=ONLY_OWNER, parents=True, exist_ok=True)
    folder.chmod(ONLY_OWNER)
    place = Path(tempfile.mkdtemp(prefix=BEING_CHECKED, dir=folder))  # mode 700
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def keep(folder: Path, token: UUID, sealed: bytes) -> None:
    """Put what was sealed under its token; only its owner may read the file."""
    handle = os.open(_path(folder, token), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)


def sealed(folder: Path, token: UUID) -> bytes:
    """What was put under this token. Raises: NotFound, also when it was used or its day is over."""
    try:
        return _path(folder, token).read_bytes()
    except FileNotFoundError:
        raise NotFound("file") from None


def drop(folder: Path, token: UUID) -> None:
    """Take it away: it was read, or refused."""
    _path(folder, token).unlink(missing_ok=True)


def clear_away(folder: Path, *, at: float) -> int:
    """Take away what nobody said yes to within a day, and what a stopped machine left; gives how many.

    ``at``: seconds since 1970, by the clock that the files' own times come from.
    """
    old = [path for path in folder.glob("*-*") if TOKEN.match(path.name) and _age(path, at) > KEPT_SECONDS]
    stuck = [path for path in folder.glob(f"{BEING_CHECKED}*") if _age(path, at) > CHECKED_SECONDS]
    for path in old:
        path.unlink(missing_ok=True)
    for path in stuck:
        shutil.rmtree(path, ignore_errors=True)
    return len(old) + len(stuck)


def _age(path: Path, at: float) -> float:
    try:
        return at - path.stat().st_mtime
    except FileNotFoundError:  # another request was quicker
        return 0


def _path(folder: Path, token: UUID) -> Path:
    return folder / f"{token}{ENDING}"
