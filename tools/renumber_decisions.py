"""Closes gaps in the numbers of decision records, and mends every mention of a number that moves.

``python -m tools.renumber_decisions`` does it; with ``--check`` it only says what would move. A record keeps
its number once it has been released: this is for records written side by side before a first release.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools.text_files import written_files

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "docs/decisions"
NUMBERED = re.compile(r"^(\d{4})-(.+)\.md$")


def moves(names: list[str]) -> dict[str, str]:
    """Old file name → new file name, for the records whose number changes. Order is kept."""
    records = sorted(name for name in names if NUMBERED.match(name))
    wanted = {name: f"{number:04d}-{name[5:]}" for number, name in enumerate(records, start=1)}
    return {old: new for old, new in wanted.items() if old != new}


def mended(text: str, moved: dict[str, str]) -> str:
    """The text with file names and numbers ("decision 0012", "# 0012:") that moved put right."""
    for old, new in sorted(moved.items()):  # numbers only ever fall, so the lowest first never collides
        text = text.replace(old.removesuffix(".md"), new.removesuffix(".md"))
        text = re.sub(rf"(# |decision |decisions/){old[:4]}\b", rf"\g<1>{new[:4]}", text)
    return text


def main(words: list[str]) -> int:
    """Say what moves, and move it unless asked only to check."""
    folder = ROOT / FOLDER
    moved = moves([path.name for path in folder.iterdir()])
    for old, new in sorted(moved.items()):
        print(f"{old} -> {new}")
    if "--check" in words or not moved:
        return 1 if moved else 0
    for path in written_files(ROOT):
        text = path.read_text(encoding="utf-8")
        if mended(text, moved) != text:
            path.write_text(mended(text, moved), encoding="utf-8")
    for old, new in sorted(moved.items()):
        (folder / old).rename(folder / new)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
