"""Sets a booklet as a tagged PDF (PDF/UA-1) with Typst, in memory: no word of it touches a disk here."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import typst
from matplotlib.ft2font import FT2Font

TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"  # DejaVu Sans, which comes with our drawings
DATED = datetime(2000, 1, 1, tzinfo=UTC)  # a booklet is of no day: the same words give the same bytes

CUTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")  # what the template sets in
LOST = "□"  # stands for a sign that these letters do not have
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
OTHER_SPACES = re.compile(r"[^\S\n]")
JOINERS = "\u200c\u200d\u200e\u200f"  # of all that is never seen, what Arabic, Persian and Hebrew need
SHADES = "[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]*"  # after a picture: its skin tone, or how it is drawn
# What stands as one sign: a flag is two letters, a joined picture several with joiners between.
ONE_SIGN = re.compile(f"[\U0001f1e6-\U0001f1ff]{{2}}|\\S{SHADES}(?:\u200d\\S{SHADES})*")
ONLY_SHADES = re.compile(SHADES)
LONG_WORD = re.compile(r"\S{21,}")  # longer than any everyday word: it may be broken anywhere
MAY_BREAK = "\u200b"


def pdf(plain: dict[str, Any]) -> bytes:
    """The PDF of a booklet that was made plain. Raises: RuntimeError where it cannot be set."""
    book, has_lost = _printable(plain)
    book["has_lost"] = has_lost
    sheets: Any = {
        "main": (TEMPLATES / ("easy_booklet.typ" if book.get("is_easy") else "booklet.typ")).read_bytes(),
        "wallet_card.typ": (TEMPLATES / "wallet_card.typ").read_bytes(),
        "booklet.json": json.dumps(book).encode(),
    }
    sheets |= {path.name: path.read_bytes() for path in sorted((TEMPLATES / "pictures").glob("*.svg"))}
    made = typst.compile(
        sheets,
        ignore_system_fonts=True,
        font_paths=[FONTS],
        pdf_standards=["ua-1"],
        timestamp=DATED,
    )
    assert isinstance(made, bytes)  # one document, not an image for each page
    return made


def printable(text: str) -> tuple[str, bool]:
    """A text in letters that can be set, and whether any sign of it cannot be.

    Whatever cannot be set is shown as a white square, so that its writer sees where it stood.
    """
    text = OTHER_SPACES.sub(" ", LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    text = "".join(letter for letter in text if _is_for_the_eye(letter))
    signs = ONE_SIGN.sub(_sign, text)
    return LONG_WORD.sub(_breakable, signs), signs.count(LOST) > text.count(LOST)


def _printable(value: Any) -> tuple[Any, bool]:
    """A plain value with every text in it made printable, and whether a sign of any was lost."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        kept = {key: _printable(one) for key, one in value.items()}
        return {key: one for key, (one, _) in kept.items()}, any(lost for _, lost in kept.values())
    if isinstance(value, list | tuple):
        held = [_printable(one) for one in value]
        return [one for one, _ in held], any(lost for _, lost in held)
    return value, False


def _is_for_the_eye(letter: str) -> bool:
    return letter == "\n" or letter in JOINERS or unicodedata.category(letter) not in ("Cc", "Cf")


@cache
def _letters() -> frozenset[str]:
    """Every letter that both cuts have, but for places that each font fills as it likes."""
    held = [set(FT2Font(str(FONTS / cut)).get_charmap()) for cut in CUTS]
    letters = map(chr, set.intersection(*held))
    return frozenset(one for one in letters if unicodedata.category(one) != "Co")


def _sign(found: re.Match[str]) -> str:
    bare = ONLY_SHADES.sub("", found[0])
    return bare if set(bare) <= _letters() else LOST


def _breakable(found: re.Match[str]) -> str:
    """A long word with a place to break before each letter, but never before an accent."""
    first, rest = found[0][0], found[0][1:]
    stays = {one for one in rest if unicodedata.combining(one) or one in JOINERS}
    return first + "".join(one if one in stays else MAY_BREAK + one for one in rest)
