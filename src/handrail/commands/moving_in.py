"""Moving a restored installation into its place: killed at any moment, there is nothing, or all of it.

Its files cannot take their place in one step, so a mark is written first that names them, and the last of
them to move is the database. Until that has moved, whatever runs here sees the mark and refuses, and the
next restore takes away what had moved, and nothing else.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from handrail.commands.installation import sync_folder, write_closed

STAGE = ".being-restored"
MARK = ".being-moved-in"


def begin(home: Path, *, server: str = "") -> None:
    """Write down what is about to move from the stage, and which database server was loaded, if any."""
    write_closed(home / MARK, json.dumps({"names": _in_order(home / STAGE), "server": server}).encode())


def move(home: Path) -> None:
    """Move everything from the stage into its place, the database last, and take the mark away."""
    for name in _in_order(home / STAGE):
        (home / STAGE / name).rename(home / name)
    sync_folder(home)
    _unmark(home)


def is_cut_off(home: Path) -> bool:
    """Whether a restore into this folder was killed before everything had moved."""
    return any((home / STAGE / name).exists() for name in _said(home)[0])


def loaded_server(home: Path) -> str:
    """The database server that the restore under way had loaded; empty where there was none."""
    return _said(home)[1]


def take_back(home: Path) -> None:
    """Leave the folder as it was before anything moved; the stage stays. Without a mark it does nothing."""
    for name in _said(home)[0]:
        if not (home / STAGE / name).exists() or _is_without_a_byte(home / name):
            _remove(home / name)


def forget(home: Path) -> None:
    """Throw the stage away, and the mark after it."""
    shutil.rmtree(home / STAGE, ignore_errors=True)
    if home.exists():
        _unmark(home)


def _unmark(home: Path) -> None:
    (home / MARK).unlink(missing_ok=True)
    sync_folder(home)


def _in_order(stage: Path) -> list[str]:
    return [
        path.name for path in sorted(stage.iterdir(), key=lambda path: (path.suffix == ".sqlite3", path.name))
    ]


def _said(home: Path) -> tuple[Sequence[str], str]:
    """What the mark says: the names that move, and the server."""
    try:
        said = json.loads((home / MARK).read_bytes())
    except FileNotFoundError:
        return (), ""
    return tuple(Path(name).name for name in said["names"]), str(said["server"])


def _is_without_a_byte(path: Path) -> bool:
    """As SQLite leaves one behind where it only looked for a database."""
    return path.is_file() and path.stat().st_size == 0


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
