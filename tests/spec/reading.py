"""Reads the text tables of the chapters: each row as heading → cell. A dash is a blank."""

from __future__ import annotations

from pathlib import Path

CHAPTERS = Path(__file__).parent
BLANK = "–"

Row = dict[str, str]


def titles(chapter: str) -> list[str]:
    """The titles of a chapter's tables, in order."""
    return [line.removeprefix("### ") for line in _lines(chapter) if line.startswith("### ")]


def rows(chapter: str, title: str) -> list[Row]:
    """The rows of one table. Raises: ValueError, where the chapter has no such table or a row is ragged."""
    lines = _lines(chapter)
    start = lines.index(f"### {title}")
    table: list[list[str]] = []
    for line in lines[start + 1 :]:
        if line.startswith("#"):
            break
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
    heading, _, *cells = table
    return [dict(zip(heading, map(_cell, row), strict=True)) for row in cells]


def named(row: Row) -> str:
    """A row as the name of its test."""
    return " | ".join(cell or BLANK for cell in row.values())


def listed(cell: str) -> list[str]:
    """The words of a cell that holds several, with commas between."""
    return [word.strip() for word in cell.split(",") if word.strip()]


def _cell(text: str) -> str:
    return "" if text == BLANK else text


def _lines(chapter: str) -> list[str]:
    return (CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8").splitlines()
