"""The outcome report says what the findings say, in CONSORT's order, and the same bytes every time."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from handrail.analysis.findings import AnalysisResult, DisplayTable
from handrail.domain.protocol import Protocol
from handrail.reports import outcomes, plots
from tests.reports import pdf_words

ORDER = ["summary", "design", "people", "interventions", "outcomes", "allocation", "statistics", "flow"]
ORDER += ["delivery", "baseline", "primary", "time", "nights", "scores", "harms", "deviations", "limits"]


@pytest.fixture
def written(result: AnalysisResult, protocol: Protocol, tmp_path: Path) -> Path:
    outcomes.write(result, protocol, tmp_path)
    return tmp_path


def test_the_report_keeps_the_order_of_consort(written: Path) -> None:
    page = (written / "index.html").read_text()
    assert re.findall(r'<section aria-labelledby="([a-z]+)"', page) == ORDER


def test_the_primary_number_is_quoted_with_its_interval_window_n_and_method(written: Path) -> None:
    page = (written / "index.html").read_text()
    assert "0.66 (95% CI 0.44 to 0.99; p=0.0464)" in page
    assert "days 1 to 365 from entry; outcome known; n=434; 147 events; logistic regression" in page


def test_every_sentence_with_a_finding_names_it_in_the_page(written: Path) -> None:
    assert 'data-findings="readmission_or_adjusted"' in (written / "index.html").read_text()


def test_the_synthetic_label_stands_on_the_page_and_on_every_page_of_the_pdf(written: Path) -> None:
    assert "SYNTHETIC PEOPLE" in (written / "index.html").read_text()
    pages = pdf_words.words(written / "report.pdf")
    assert len(pages) >= 3
    assert ["SYNTHETICPEOPLE:ademonstration" in page for page in pages] == [True] * len(pages)
    assert "0.66(95%CI0.44to0.99;p=0.0464)" in "".join(pages)


def test_a_rehearsal_says_so_on_every_page_of_the_pdf_and_a_real_report_bears_no_label(
    result: AnalysisResult, protocol: Protocol, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said = []
    for is_scrambled in (True, False):
        folder = tmp_path_factory.mktemp("report")
        real = replace(result, is_scrambled=is_scrambled, lock=replace(result.lock, label=""))
        outcomes.write(real, protocol, folder)
        said.append(["REHEARSAL" in page for page in pdf_words.words(folder / "report.pdf")])
    assert [{*pages} for pages in said] == [{True}, {False}]


def test_each_drawing_of_the_page_has_the_table_with_its_numbers_right_beside_it(
    result: AnalysisResult, protocol: Protocol, tmp_path: Path
) -> None:
    added = {"published": "0.66 (0.43 to 0.99)", "time_at_risk": "190"}
    tables = [DisplayTable(code, code, ("", "n"), (("Row", words),)) for code, words in added.items()]
    outcomes.write(replace(result, tables=(*result.tables, *tables)), protocol, tmp_path)
    page = (tmp_path / "index.html").read_text()
    beside = re.findall(r'src="plots/(\w+)\.svg".*?</figure>\s*(<\w+[^>]*>.*?)</table>', page, re.DOTALL)
    assert len(beside) == page.count("<figure>") == 3
    held = {"flow": ">441<", "readmission": ">190<", "published": added["published"]}
    for code, table in beside:
        assert table.startswith('<div class="table"'), code
        assert held[code] in table, code


def test_the_pdf_is_tagged_and_declares_pdf_ua(written: Path) -> None:
    with pikepdf.open(written / "report.pdf") as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang).startswith("en")
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_the_page_has_no_script_no_inline_style_and_no_address_outside(written: Path) -> None:
    page = (written / "index.html").read_text()
    assert not re.search(r"<script|<style| style=|https?://", page)


def test_every_drawing_has_words_and_is_a_file_of_its_own(written: Path) -> None:
    drawings = re.findall(r'<img src="([^"]+)" alt="([^"]+)">', (written / "index.html").read_text())
    assert len(drawings) == 3
    assert all((written / file).stat().st_size > 1000 and len(words) > 20 for file, words in drawings)


def test_a_drawings_title_and_note_are_two_sentences(written: Path) -> None:
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", (written / "index.html").read_text())
    assert "Flow of people through the trial. <span" in captions[0]
    assert any("pointwise limits. Days 1 to 365" in caption for caption in captions)


def test_screening_and_teams_are_shown_where_the_analysis_made_their_tables(
    result: AnalysisResult, protocol: Protocol, tmp_path: Path
) -> None:
    tables = tuple(DisplayTable(code, f"Table of {code}", ("", "n"), ()) for code in ("screening", "teams"))
    text = str(outcomes.make(replace(result, tables=tables), protocol, tmp_path).as_plain())
    assert "Table of screening" in text
    assert "Table of teams" in text


def test_the_same_result_gives_the_same_bytes(
    written: Path, result: AnalysisResult, protocol: Protocol, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = tmp_path_factory.mktemp("again")
    outcomes.write(result, protocol, again)
    names = sorted(path.relative_to(written) for path in written.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert all((written / name).read_bytes() == (again / name).read_bytes() for name in names)


def test_harm_is_called_harm_in_words(harmful: AnalysisResult, protocol: Protocol, tmp_path: Path) -> None:
    text = str(outcomes.make(harmful, protocol, tmp_path).as_plain())
    assert "the direction is harm" in text
    assert "Fewer people were readmitted" not in text


def test_an_interval_that_includes_no_difference_is_said_to(
    result: AnalysisResult, protocol: Protocol, tmp_path: Path
) -> None:
    wide = replace(result.findings[0], upper=1.2)
    text = str(outcomes.make(replace(result, findings=(wide,)), protocol, tmp_path).as_plain())
    assert "but the interval includes no difference" in text


def test_a_limit_is_never_rounded_onto_no_difference(
    result: AnalysisResult, protocol: Protocol, tmp_path: Path
) -> None:
    near = replace(result.findings[0], upper=0.9972)
    text = str(outcomes.make(replace(result, findings=(near,)), protocol, tmp_path).as_plain())
    assert "0.661 (95% CI 0.440 to 0.997; p=0.0464)" in text
    assert "to 1.00" not in text


def test_the_actual_days_of_entry_are_told_where_they_are_known(
    result: AnalysisResult, protocol: Protocol, tmp_path: Path
) -> None:
    dated = replace(result.flow, first_entry_on="2014-03-12", last_entry_on="2015-07-03")
    said = "the first on 12 March 2014, the last on 3 July 2015"
    assert said in str(outcomes.make(replace(result, flow=dated), protocol, tmp_path).as_plain())
    assert said not in str(outcomes.make(result, protocol, tmp_path).as_plain())


def test_a_column_of_dates_is_words_and_a_column_of_intervals_is_numbers(
    result: AnalysisResult, protocol: Protocol, tmp_path: Path
) -> None:
    table = DisplayTable("dates", "Dates", ("", "First", "CI"), (("Entry", "12 March 2014", "0.4 to 0.9"),))
    plain = outcomes.make(replace(result, tables=(table,)), protocol, tmp_path).as_plain()
    (grid,) = (b for s in plain["sections"] for b in s["blocks"] if b.get("code") == "dates")
    assert grid["numeric"] == (2,)


def test_a_curve_is_drawn_to_the_last_day_while_people_are_still_followed(
    result: AnalysisResult, protocol: Protocol, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[plots.StepLine] = []
    monkeypatch.setattr(plots, "survival", lambda path, lines, **_: drawn.extend(lines))
    (curve,) = result.curves
    gone = replace(curve.arms[1], at_risk=(220, 150, 0))
    outcomes.make(replace(result, curves=(replace(curve, arms=(curve.arms[0], gone)),)), protocol, tmp_path)
    assert [line.days[-1] for line in drawn] == [365, 200]
    assert drawn[0].share[-2:] == (0.7, 0.7)


def test_tables_and_figures_are_numbered_in_the_order_in_which_they_stand(written: Path) -> None:
    page = (written / "index.html").read_text()
    for word in ("Table", "Figure"):
        numbers = [int(n) for n in re.findall(rf"<(?:caption|figcaption)[^>]*>{word} (\d+)\. ", page)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 3


def test_a_rehearsal_says_so_in_its_label(result: AnalysisResult, protocol: Protocol, tmp_path: Path) -> None:
    made = outcomes.make(replace(result, is_scrambled=True, seed=7), protocol, tmp_path)
    assert made.label.startswith("REHEARSAL ON SCRAMBLED ARMS")


def test_the_report_never_computes_so_an_altered_finding_shows_as_altered(
    result: AnalysisResult, protocol: Protocol, tmp_path: Path
) -> None:
    odd = replace(result.findings[0], estimate=0.1234)
    assert "0.12 (95% CI 0.44 to 0.99" in str(
        outcomes.make(replace(result, findings=(odd,)), protocol, tmp_path).as_plain()
    )
