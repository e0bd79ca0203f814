"""Runs `handrail` as an operator does: another process, a folder of its own, keys that are not the tests'."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

BIN = Path(sys.executable).parent
OURS = ("HANDRAIL_", "DJANGO_")
OFFICE = ("--office-telephone", "020 7946 0999", "--office-email", "office@example.org")


def surroundings(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of an operator: nothing of the tests' own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    return {**kept, "HANDRAIL_HOME": str(home), "PYTHONUTF8": "1", **(more or {})}


def handrail(
    *words: str | Path, home: Path, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [BIN / "handrail", *map(str, words)],
        env=surroundings(home, more),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def set_up(home: Path, *, key: str, sizes: Path, more: Mapping[str, str] | None = None) -> str:
    """Set up a real installation; gives what was printed."""
    words = ("setup", "--email", "ada@example.org", "--name", "Ada Ash", *OFFICE, "--statistician-key", key)
    done = handrail(*words, "--block-sizes", sizes, home=home, more=more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sql(home: Path, *statements: str) -> list[tuple[object, ...]]:
    """Write to the database past everything, as an insider could; gives the last statement's rows."""
    rows: list[tuple[object, ...]] = []
    with closing(sqlite3.connect(home / "handrail.sqlite3")) as database, database:
        for statement in statements:
            rows = database.execute(statement).fetchall()
    return rows


UNGUARD = ("DROP TRIGGER audit_line_no_UPDATE", "DROP TRIGGER audit_line_no_DELETE")


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by name."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
