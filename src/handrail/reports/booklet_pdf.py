"""Sets a booklet as a tagged PDF (PDF/UA-1) with Typst, in memory: no word of it touches a disk here."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import matplotlib
import typst

TEMPLATE = Path(__file__).parent / "templates" / "booklet.typ"
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"  # DejaVu Sans, which comes with our drawings
DATED = datetime(2000, 1, 1, tzinfo=UTC)  # a booklet is of no day: the same words give the same bytes


def pdf(plain: dict[str, Any]) -> bytes:
    """The PDF of a booklet that was made plain. Raises: RuntimeError where it cannot be set."""
    sheets: Any = {"main": TEMPLATE.read_bytes(), "booklet.json": json.dumps(plain).encode()}
    made = typst.compile(
        sheets,
        ignore_system_fonts=True,
        font_paths=[FONTS],
        pdf_standards=["ua-1"],
        timestamp=DATED,
    )
    assert isinstance(made, bytes)  # one document, not an image for each page
    return made
