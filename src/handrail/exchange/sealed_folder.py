"""A whole folder as one file, sealed to a public key in the age format: a backup that tells nothing.

Any tool that knows the format opens it (``age --decrypt``), and what comes out is a plain tar file.
"""

from __future__ import annotations

import os
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import IO

import pyrage

from handrail.domain.refusal import BadFile, Fault
from handrail.exchange import sealed_file

ENDING = ".tar.age"
PIECE = 1 << 20
MEND = "Take another backup: nothing is restored from one that was changed"


def seal(folder: Path, out: Path, *, recipient: str) -> None:
    """Put everything in a folder into one new file that opens with the recipient's secret key alone.

    Raises:
        BadFile: when the recipient is not a public key.
        FileExistsError: when there is such a file.
    """
    reader = sealed_file.reader_of(recipient)
    with tempfile.TemporaryFile(dir=folder.parent) as plain:  # it has no name, and goes with the process
        with tarfile.open(fileobj=plain, mode="w") as tar:
            tar.add(folder, arcname=".", filter=_unnamed)
        plain.seek(0)
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as writer:
            pyrage.encrypt_io(plain, writer, [reader])
            writer.flush()
            os.fsync(writer.fileno())


def unseal(sealed: Path, folder: Path, *, identity: str) -> None:
    """Put everything back into an empty folder.

    Raises:
        BadFile: when it does not open with this key, was changed, or holds anything but plain files in
            the folder itself.
    """
    reader = sealed_file.identity_of(identity)
    insist_readable(sealed)
    with tempfile.TemporaryFile(dir=folder) as plain:
        try:
            with sealed.open("rb") as content:
                pyrage.decrypt_io(content, plain, [reader])
        except (pyrage.DecryptError, OSError):
            problem = "does not open with this key, or was changed"
            raise _bad(sealed, problem, "Use the key that it was sealed to, and an unchanged file") from None
        plain.seek(0)
        try:
            with tarfile.open(fileobj=plain, mode="r:") as tar:
                for member in tar:
                    _take(tar, member, folder, sealed)
        except tarfile.TarError:
            raise _bad(sealed, "does not hold a backup", MEND) from None


def insist_readable(sealed: Path) -> None:
    """Go on only with a file that is there and can be opened. Raises: BadFile."""
    try:
        with sealed.open("rb"):
            return
    except OSError as error:
        raise _bad(sealed, f"cannot be read: {error.strerror}", "Check the name and the place") from None


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, sealed: Path) -> None:
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts or not (member.isfile() or member.isdir()):
        raise _bad(sealed, "holds something that is not a plain file in its place", MEND)
    place = folder / name
    if member.isdir():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return
    content = tar.extractfile(member)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        _copy(content, file)


def _copy(content: IO[bytes] | None, file: IO[bytes]) -> None:
    while content and (piece := content.read(PIECE)):
        file.write(piece)


def _unnamed(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names of this machine's accounts."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _bad(path: Path, problem: str, mend: str) -> BadFile:
    return BadFile((Fault(path.name, 0, "", problem, mend),))
