"""The report of a whole analysed lock: what the findings hold is what a reader is told, limits and all."""

from __future__ import annotations

import re
from typing import Any

import pytest

from handrail.analysis.findings import AnalysisResult
from handrail.reports import outcomes
from handrail.reports.sentences import percentage_points
from tests.analysis import synthetic
from tests.analysis.synthetic import ARM


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> AnalysisResult:
    return synthetic.result(tmp_path_factory.mktemp("whole") / "lock", synthetic.rows())


@pytest.fixture(scope="module")
def plain(analysed: AnalysisResult, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return outcomes.make(analysed, synthetic.protocol(), tmp_path_factory.mktemp("report")).as_plain()


def blocks(plain: dict[str, Any], section: str) -> list[dict[str, Any]]:
    (found,) = (each for each in plain["sections"] if each["code"] == section)
    return list(found["blocks"])


def said(plain: dict[str, Any], section: str) -> str:
    return " ".join(block["text"] for block in blocks(plain, section) if block["kind"] == "paragraph")


def test_every_table_of_the_analysis_is_in_the_report_once(
    analysed: AnalysisResult, plain: dict[str, Any]
) -> None:
    shown = [b["code"] for s in plain["sections"] for b in s["blocks"] if b["kind"] == "table"]
    assert sorted(set(shown)) == sorted(shown)
    assert [table.code for table in analysed.tables if table.code not in shown] == []


def test_the_primary_comparison_is_told_in_every_term_with_its_limits(
    analysed: AnalysisResult, plain: dict[str, Any]
) -> None:
    text = said(plain, "primary")
    gap = analysed.finding("readmission_rd_marginal")
    assert f"standardised over the strata, {percentage_points(gap)}" in text
    assert "crude odds ratio 0.67 (95% CI 0.45 to 0.99; p=0.0464)" in text
    assert "crude risk difference −9.1 percentage points (95% CI −17.8 to −0.2)" in text
    assert "crude risk ratio 0.764 (95% CI 0.585 to 0.997; p=0.0476)" in text


def test_the_share_that_kept_to_the_meetings_has_its_n_window_method_and_limits(
    analysed: AnalysisResult, plain: dict[str, Any]
) -> None:
    found = analysed.finding(f"sessions_adherent.{ARM}")
    text = said(plain, "delivery")
    limits = f"95% CI {found.lower:.1f} to {found.upper:.1f} per cent"
    assert f"{found.estimate:.1f}% ({found.events} of 221; {limits})" in text
    assert "[4 months from entry; everyone offered meetings; n=221;" in text
    assert "count; Wilson's limits.]" in text


def test_a_test_without_limits_says_so_beside_its_p(plain: dict[str, Any]) -> None:
    sentence = re.search(
        r"Log-rank test, stratified: chi-squared [\d.]+ on 1 df, p[=<][\d.]+\. \[.*?\]", said(plain, "time")
    )
    assert sentence is not None
    assert sentence[0].endswith("no interval.]")


def test_harms_are_compared_by_events_and_by_people_with_limits(plain: dict[str, Any]) -> None:
    text = said(plain, "harms")
    assert re.search(r"Ratio of the rates of events: [\d.]+ \(95% CI [\d.]+ to [\d.]+; p=[\d.]+\)", text)
    assert re.search(r"Odds ratio of having at least one event: [\d.]+ \(95% CI", text)


def test_the_first_things_read_have_their_n_and_their_limits(plain: dict[str, Any]) -> None:
    readmitted, odds, hazard = plain["key_figures"]
    assert readmitted["detail"].startswith(
        "64 of 218 (95% CI 23.7 to 35.7%); 83 of 216 (95% CI 32.2 to 45.1%)"
    )
    assert re.search(
        r"; difference, adjusted for team, −[\d.]+ percentage points \(95% CI", readmitted["detail"]
    )
    assert all(key["detail"].startswith("95% CI") for key in (odds, hazard))
    for key, method in ((readmitted, "Wilson's limits"), (odds, "logistic"), (hazard, "Cox")):
        assert key["basis"].startswith("Days 1 to 365 from entry (day 0); everyone as randomised")
        assert method in key["basis"]
    assert [re.findall(r"n=\d+", key["basis"]) for key in (readmitted, odds)] == [["n=434"], ["n=434"]]


def test_every_sentence_with_numbers_of_findings_says_window_n_and_method(
    analysed: AnalysisResult, plain: dict[str, Any]
) -> None:
    quoted = [
        block
        for section in plain["sections"]
        for block in section["blocks"]
        if block["kind"] == "paragraph" and "95% CI" in block["text"]
    ]
    assert len(quoted) >= 8
    for block in quoted:
        for finding_id in block["findings"]:
            found = analysed.finding(finding_id)
            assert f"n={found.n}" in block["text"], finding_id
            assert found.method in block["text"], finding_id
            assert found.window in block["text"], finding_id


def test_the_summary_names_both_arms_and_gives_harms_with_their_people(plain: dict[str, Any]) -> None:
    text = said(plain, "summary")
    arm, reference = "“Workbook with a peer support worker”", "“Workbook by post”"
    assert f"Fewer people were readmitted in {arm} than in {reference}" in text
    assert re.search(r"Serious adverse events: \d+ in 221 people v \d+ in 220 people", text)


def test_one_hazard_ratio_for_the_whole_window_is_tested_and_said(
    analysed: AnalysisResult, plain: dict[str, Any]
) -> None:
    found = analysed.finding("time_ph")
    assert found.p is not None
    assert f"Test of proportional hazards: chi-squared {found.estimate:.2f} on 1 df" in said(plain, "time")


def test_what_an_arm_received_never_stands_under_another_arms_words(plain: dict[str, Any]) -> None:
    (table,) = (block for block in blocks(plain, "flow") if block.get("code") == "flow" and "rows" in block)
    rows = {row[0]: row[1:] for row in table["rows"]}
    assert rows["Met a peer worker at least once"] == ("", "184", "")
    assert rows["Met a peer worker at least once: not known"] == ("", "23", "")
    assert rows["Sent the workbook, and it did not come back"] == ("", "", "219")


def test_our_ratios_are_drawn_beside_the_published_ones(plain: dict[str, Any]) -> None:
    (drawing,) = (block for block in blocks(plain, "primary") if block["kind"] == "figure")
    assert "Published: odds ratio: 0.66 (0.43 to 0.99)" in drawing["words"]


def test_nothing_unfinished_stands_in_the_report(plain: dict[str, Any]) -> None:
    told = str(plain)
    assert not re.search(r"\bnan\b|\binf\b|p=0\.0000|None[,.;)]| days day ", told)


def test_every_drawing_has_a_table_right_after_it(plain: dict[str, Any]) -> None:
    drawn = []
    for section in plain["sections"]:
        kinds = [block["kind"] for block in section["blocks"]]
        drawn += [kinds[place + 1 :][:1] for place, kind in enumerate(kinds) if kind == "figure"]
    assert drawn == [["table"]] * 3
