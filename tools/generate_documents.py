"""Writes the documents that are made from the code, or says which of them are out of date.

``python -m tools.generate_documents`` writes them; with ``--check`` it changes nothing, names the stale
ones and ends with status 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tools import data_dictionary, glossary, journey_diagram, protocol_reference, rule_book

ROOT = Path(__file__).resolve().parents[1]
MAKERS: tuple[Callable[[Path], dict[str, str]], ...] = (
    data_dictionary.pages,
    glossary.pages,
    journey_diagram.pages,
    protocol_reference.pages,
    rule_book.pages,
)


def documents(root: Path) -> dict[str, str]:
    """Place → text, for every document that is made."""
    return {place: text for make in MAKERS for place, text in make(root).items()}


def stale(root: Path) -> list[str]:
    """The documents whose text on disk is not what the code would write now."""
    return [place for place, text in documents(root).items() if _on_disk(root / place) != text]


def write(root: Path) -> list[str]:
    """Write the stale documents; returns their places."""
    changed = stale(root)
    for place in changed:
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(documents(root)[place], encoding="utf-8")
    return changed


def _on_disk(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(words: list[str]) -> int:
    """Check or write."""
    if "--check" in words:
        faults = stale(ROOT)
        for place in faults:
            print(f"{place} is out of date: ./run fix writes it again")
        return 1 if faults else 0
    for place in write(ROOT):
        print(f"wrote {place}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
