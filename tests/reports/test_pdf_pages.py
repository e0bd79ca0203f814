"""How the PDF falls into pages: no table is torn from its heading or its note, and every one is tagged."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handrail.analysis.findings import DisplayTable
from handrail.reports import outcomes
from tests.analysis import synthetic
from tests.reports import pdf_words

Made = tuple[Path, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A whole report's PDF, and its sections; one table is longer than a page."""
    result = synthetic.result(tmp_path_factory.mktemp("whole") / "lock", synthetic.rows())
    rows = tuple((f"Line {number} of many", str(number)) for number in range(1, 121))
    long = DisplayTable("workbook", "A long table", ("Line", "Number heading"), rows, "The end of it.")
    result = replace(result, tables=(*(t for t in result.tables if t.code != "workbook"), long))
    folder = tmp_path_factory.mktemp("report")
    outcomes.write(result, synthetic.protocol(), folder)
    plain = outcomes.make(result, synthetic.protocol(), tmp_path_factory.mktemp("again")).as_plain()
    return folder / "report.pdf", plain["sections"]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def tables(made: Made) -> list[dict[str, Any]]:
    return [b for section in made[1] for b in section["blocks"] if b["kind"] == "table"]


def test_a_table_that_fits_on_a_page_is_whole_on_one(made: Made) -> None:
    pages = pdf_words.words(made[0])
    assert len(tables(made)) > 20
    for table in (each for each in tables(made) if each["code"] != "workbook"):
        parts = [table["title"], table["rows"][0][0], table["rows"][-1][0], table["note"][-30:]]
        whole = [page for page in pages if all(squeezed(part) in page for part in parts)]
        assert whole, table["title"]


def test_a_longer_table_has_its_headings_again_on_every_page(made: Made) -> None:
    pages = [page for page in pdf_words.words(made[0]) if "ofmany" in page]
    assert len(pages) >= 3
    assert all("Numberheading" in page for page in pages)
    lines = [int(n) for page in pages for n in re.findall(r"Line(\d+)ofmany", page)]
    assert lines == list(range(1, 121))


def test_every_heading_has_something_under_it_on_its_own_page(made: Made) -> None:
    pages = pdf_words.words(made[0])
    for section in made[1]:
        first = section["blocks"][0]
        under = first.get("text") or (first["items"][0] if "items" in first else first["title"])
        heading = squeezed(f"{section['title']} CONSORT 2025 {section['items']}")
        assert any(heading in page and squeezed(under)[:40] in page for page in pages), section["title"]


def test_every_table_is_tagged_with_its_headings_and_every_drawing_has_its_words(made: Made) -> None:
    with pikepdf.open(made[0]) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        kinds = [str(one.get("/S")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        drawn = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and str(one.get("/S")) == "/Figure"
        ]
        assert kinds.count("/Table") == len(tables(made))
        assert kinds.count("/TH") >= sum(len(table["columns"]) for table in tables(made))
        assert len(drawn) == 3
        assert all(len(str(one.Alt)) > 20 for one in drawn)


def test_no_word_of_a_table_is_cut_off(made: Made) -> None:
    pages = "".join(pdf_words.words(made[0]))
    cells = {squeezed(cell) for table in tables(made) for row in table["rows"] for cell in row}
    assert [cell for cell in cells if cell not in pages] == []
