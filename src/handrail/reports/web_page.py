"""Sets a document as a web page: one HTML file, one stylesheet, drawings as files; no script."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handrail.reports.document import Document

TEMPLATES = Path(__file__).parent / "templates"


def write(document: Document, folder: Path) -> Path:
    """Write ``index.html`` and ``report.css`` into an existing folder that already holds the drawings."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    page = folder / "index.html"
    page.write_text(environment.get_template("report.html").render(report=document), encoding="utf-8")
    (folder / "report.css").write_bytes((TEMPLATES / "report.css").read_bytes())
    return page
