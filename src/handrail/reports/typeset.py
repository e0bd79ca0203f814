"""Sets a document as a tagged PDF (PDF/UA-1) with Typst, the same bytes for the same document."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import typst

from handrail.reports.document import Document

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


def write(document: Document, folder: Path) -> Path:
    """Write ``report.pdf`` into a folder that already holds the drawings.

    The PDF's date is the lock's, never the clock's. System fonts are ignored, so that the page looks
    the same everywhere.
    """
    work = {"report.json": json.dumps(document.as_plain()), "report.typ": TEMPLATE.read_text("utf-8")}
    for name, text in work.items():
        (folder / name).write_text(text, encoding="utf-8")
    try:
        typst.compile(
            folder / "report.typ",
            output=folder / "report.pdf",
            root=folder,
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=datetime(*document.date_parts, tzinfo=UTC),
        )
    finally:
        for name in work:
            (folder / name).unlink()
    return folder / "report.pdf"
