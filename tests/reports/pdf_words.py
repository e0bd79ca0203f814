"""The words of a PDF's pages, read as a copier reads them: each font's glyphs by its own table of letters."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

PARTS = re.compile(r"beginbf(char|range)(.*?)endbf", re.DOTALL)
HEXES = re.compile(r"<([0-9A-Fa-f]+)>")
Letters = dict[int, str]


def words(path: Path | BytesIO) -> list[str]:
    """What stands on each page, without the spaces, which are places and not letters."""
    with pikepdf.open(path) as pdf:
        return [re.sub(r"\s", "", _page(page)) for page in pdf.pages]


def _page(page: Any) -> str:
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    said, letters = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) == "Tj":
            said.append(_decoded(bytes(operands[0]), letters))
        elif str(operator) == "TJ":
            shown = (part for part in operands[0] if isinstance(part, pikepdf.String))
            said += [_decoded(bytes(part), letters) for part in shown]
    return "".join(said)


def _letters(font: Any) -> Letters:
    """Which letters each glyph stands for."""
    table = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    found: Letters = {}
    for kind, part in PARTS.findall(table):
        hexes, step = HEXES.findall(part), 2 if kind == "char" else 3
        for start, *end, letters in zip(*[iter(hexes)] * step, strict=True):
            first = bytes.fromhex(letters).decode("utf-16-be")
            for glyph in range(int(start, 16), int(end[0] if end else start, 16) + 1):
                found[glyph] = first[:-1] + chr(ord(first[-1]) + glyph - int(start, 16))
    return found


def _decoded(glyphs: bytes, letters: Letters) -> str:
    pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
    return "".join(letters.get(high << 8 | low, "") for high, low in pairs)
