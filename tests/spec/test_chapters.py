"""The chapters are whole: every table is asked of a rule, and the rule book holds every chapter and rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spec.reading import CHAPTERS, rows, titles
from tools import rule_book

ROOT = CHAPTERS.parents[1]
FILES = sorted(path.stem for path in CHAPTERS.glob("*.md"))
ASKED = "\n".join(
    path.read_text("utf-8")
    for path in [*CHAPTERS.glob("test_*.py"), ROOT / "tests/rules/fixture_readmission.py"]
)


@pytest.mark.parametrize(("chapter", "title"), [(name, title) for name in FILES for title in titles(name)])
def test_every_table_has_rows_and_is_asked_of_a_rule(chapter: str, title: str) -> None:
    assert rows(chapter, title)
    assert f'rows("{chapter}", "{title}")' in ASKED


def test_every_chapter_is_in_the_rule_book_once() -> None:
    assert sorted(name for name, _ in rule_book.ORDER) == FILES


def test_every_rule_of_domain_that_may_refuse_is_in_the_rule_book() -> None:
    (text,) = rule_book.pages(ROOT).values()
    written = [
        f"`{path.stem}.{line.split('(')[0].removeprefix('def ')}`"
        for path in sorted((ROOT / "src/handrail/domain").glob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("def why_not_")
    ]
    assert len(written) > 50
    assert [rule for rule in written if rule not in text] == []


def test_a_rules_reasons_are_read_from_it_and_from_what_it_calls() -> None:
    (text,) = rule_book.pages(ROOT).values()
    lines = {line.split("|")[1].strip(): line for line in text.splitlines() if line.startswith("| `")}
    accept = lines["`referral.why_not_accept`"]
    assert "`team_unknown`" in accept
    assert "`discharge_too_early`" in accept  # of a function that it calls
    assert "those of `why_not_person`" in accept  # of another module
    assert "`ends_before_start`" in lines["`acutecare.why_not_count`"]


def test_a_table_with_a_ragged_row_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.md").write_text("### T\n\n| A | B |\n|-|-|\n| 1 |\n", encoding="utf-8")
    monkeypatch.setattr("tests.spec.reading.CHAPTERS", tmp_path)
    with pytest.raises(ValueError, match="shorter"):
        rows("odd", "T")
