"""``handrail analyse --counts``: the answer in JSON and as a table, and what it refuses."""

from __future__ import annotations

import json

import pytest

from handrail.commands.console import main


def test_counts_as_json_hold_every_key_of_the_form(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["analyse", "--counts", "64/218", "83/216", "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    words = ("id", "outcome", "population", "window", "method", "scale")
    numbers = ("estimate", "se", "lower", "upper", "p", "n", "events")
    assert status == 0
    assert all(key in finding for finding in found for key in words + numbers)
    assert len(found) == 10


def test_a_number_that_there_is_none_of_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    main(["analyse", "--counts", "64/218", "83/216", "--json"])
    found = {finding["id"]: finding for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert found["yates"]["lower"] is None
    assert found["rd_newcombe"]["se"] is None


def test_counts_as_a_table_show_each_method_with_its_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["analyse", "--counts", "64/218", "83/216"])
    shown = capsys.readouterr().out
    assert status == 0
    assert "0.44632 to 0.99363" in shown
    assert "0.05391" in shown


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("0/218", "83/216", "Nobody in the first arm"),
        ("64/218", "216/216", "Everybody in the second arm"),
        ("0/0", "83/216", "nobody in the first arm"),
        ("219/218", "83/216", "more events than people in the first arm"),
        ("64", "83/216", "not a pair of counts"),
        ("6.4/218", "83/216", "not a pair of counts"),
        ("٦٤/218", "83/216", "not a pair of counts"),
        ("64/218000", "83/216", "more than 100000 people"),
    ],
)
def test_counts_that_cannot_be_used_are_refused_with_status_2(
    first: str, second: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["analyse", "--counts", first, second, "--json"])
    shown = capsys.readouterr()
    assert status == 2
    assert words in shown.err
    assert shown.out == ""


def test_both_arms_faults_are_listed_and_not_only_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    main(["analyse", "--counts", "7/3", "x/4"])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
