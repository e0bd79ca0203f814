"""The documented form: the same result gives the same bytes, and an old reader reads a newer file."""

from __future__ import annotations

import dataclasses
import json

import pytest

from handrail.analysis.findings import AnalysisResult, Finding, FindingList, Frame


def test_a_result_read_back_and_written_again_is_the_same_bytes(result: AnalysisResult) -> None:
    text = result.to_json()
    again = AnalysisResult.from_json(text)
    assert again.to_json() == text
    assert again.flow == result.flow
    assert [finding.id for finding in again.findings] == [finding.id for finding in result.findings]


def test_every_key_of_the_form_is_in_the_reference(result: AnalysisResult, reference: str) -> None:
    keys = set(json.loads(result.to_json())) | {field.name for field in dataclasses.fields(Finding)}
    assert [key for key in sorted(keys) if f"`{key}`" not in reference] == []


def test_every_id_and_table_is_in_the_reference(result: AnalysisResult, reference: str) -> None:
    stems = {finding.id.split(".")[0] for finding in result.findings}
    stems = {stem for stem in stems if not stem.startswith("crude_")}
    codes = {table.code for table in result.tables}
    assert [name for name in sorted(stems | codes) if name not in reference] == []


def test_no_id_and_no_code_stands_twice(result: AnalysisResult) -> None:
    ids = [finding.id for finding in result.findings]
    codes = [table.code for table in result.tables]
    assert (len(set(ids)), len(set(codes))) == (len(ids), len(codes))


def test_every_row_of_every_table_has_a_cell_for_each_column(result: AnalysisResult) -> None:
    ragged = [table.code for table in result.tables for row in table.rows if len(row) != len(table.columns)]
    assert ragged == []


def test_every_finding_says_what_in_whom_over_what_time_and_how(result: AnalysisResult) -> None:
    bare = [
        f.id
        for f in result.findings
        if not (f.outcome and f.population and f.window and f.method and f.title)
    ]
    assert bare == []


def test_every_number_has_its_n_and_its_interval_or_says_that_it_has_none(result: AnalysisResult) -> None:
    bare = [
        f.id
        for f in result.findings
        if f.estimate is not None and (f.n is None or (f.lower is None and "No interval" not in f.note))
    ]
    assert bare == []
    assert result.finding("randomised.peer_supported").note == "No interval: a count."
    assert result.finding("crude_yates").note == "No interval: a test alone."
    alone = Frame("o", "p", "w", "r", 0.95).finding("x", "t", "mean; t limits", "days", estimate=3.0, n=1)
    assert alone.note == "No interval: too few people to give one."


def test_only_counts_and_tests_are_without_an_interval(result: AnalysisResult) -> None:
    bounded = ("per cent", "days", "nights", "points", "meetings", "difference", "ratio", "risk")
    bare = {f.id for f in result.findings if f.scale.endswith(bounded) and f.lower is None}
    assert bare <= {"crude_or_lr"}  # its interval is that of crude_or_profile


def test_a_finding_without_an_estimate_says_why(result: AnalysisResult) -> None:
    silent = [finding.id for finding in result.findings if finding.estimate is None and not finding.note]
    assert silent == []


def test_keys_that_a_later_version_adds_are_ignored(result: AnalysisResult) -> None:
    plain = json.loads(result.to_json())
    plain["later"] = 1
    plain["findings"][0]["later"] = [1, 2]
    assert AnalysisResult.from_json(json.dumps(plain)) == AnalysisResult.from_json(result.to_json())


@pytest.mark.parametrize(
    ("text", "words"),
    [("{}", "lacks arms"), ("[]", "must be an object"), ('{"arms": [{}]}', r"arms\[0\] lacks code")],
)
def test_a_file_of_another_form_is_refused_by_name(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        AnalysisResult.from_json(text)


def test_floats_are_written_to_ten_significant_digits_and_never_as_minus_nought() -> None:
    frame = Frame("o", "p", "w", "r", 0.95)
    finding = frame.finding("x", "t", "m", "s", estimate=1 / 3, se=-0.0)
    assert '"estimate": 0.3333333333,' in FindingList((finding,)).to_json()
    assert '"se": 0.0,' in FindingList((finding,)).to_json()


def test_a_number_that_is_not_finite_is_refused() -> None:
    frame = Frame("o", "p", "w", "r", 0.95)
    with pytest.raises(ValueError, match="not finite"):
        FindingList((frame.finding("x", "t", "m", "s", estimate=float("inf")),)).to_json()


def test_a_level_is_given_only_with_an_interval() -> None:
    frame = Frame("o", "p", "w", "r", 0.95)
    assert frame.finding("x", "t", "m", "s", estimate=1.0).level is None
    assert frame.finding("x", "t", "m", "s", estimate=1.0, lower=0.5, upper=2.0).level == 0.95


def test_a_finding_and_a_table_are_looked_up_by_name(result: AnalysisResult) -> None:
    assert result.finding("readmission_or_adjusted").id == "readmission_or_adjusted"
    assert result.table("primary").code == "primary"
    with pytest.raises(KeyError):
        result.finding("nothing")
