"""The reference of the protocol file explains every key that is read, and nothing else."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.tree import ROOT
from tools import protocol_reference
from tools.protocol_questions import Asked, sections

TEXT = protocol_reference.pages(ROOT)[protocol_reference.PLACE]
SHIPPED = tomllib.loads((ROOT / protocol_reference.EXAMPLE).read_text("utf-8"))


def chapter(title: str) -> str:
    """The part of the reference under one section's heading."""
    return re.split(r"\n#+ ", TEXT.split(f" `{title}`\n")[1])[0]


def keys_of(tables: object, path: tuple[str, ...] = ()) -> set[tuple[tuple[str, ...], str]]:
    """Every key that stands in a protocol file: where, and its name. Sections are not keys."""
    if isinstance(tables, list):
        return {found for each in tables for found in keys_of(each, path)}
    if not isinstance(tables, dict):
        return {(path[:-1], path[-1])}
    return {found for key, value in tables.items() for found in keys_of(value, (*path, key))}


def test_every_key_that_is_read_is_explained_and_no_other() -> None:
    assert protocol_reference.faults() == []


def test_every_key_of_the_shipped_protocol_is_among_those_asked_for() -> None:
    asked = {(each.path, question.key) for each in sections() for question in each.questions}
    assert keys_of(SHIPPED) - asked == set()


def test_each_section_has_a_chapter_with_its_keys() -> None:
    for each in sections():
        title = "[{}]".format(".".join(each.path))
        rows = re.findall(r"^\| `(\w+)` \|", chapter(f"[{title}]" if each.is_list else title), re.MULTILINE)
        assert rows == [question.key for question in each.questions]


def test_a_chapter_says_what_a_key_holds_its_words_and_an_example() -> None:
    eligibility = chapter("[eligibility]")
    assert "| `minimum_age` | a whole number of years, 0 to 120 | The youngest age" in eligibility
    assert "- `warn`: Warn, and record it\n- `refuse`: The person is not eligible\n" in eligibility
    assert "```toml\n[eligibility]\nminimum_age = 18\n" in eligibility


def test_what_may_be_left_out_says_so() -> None:
    assert "; may be left out, and is then `true` |" in chapter("[[schedule.instruments]]")
    assert "the arm offers none. May be left out.\n" in chapter("[arms.workbook]")
    assert "At least 2." in chapter("[[arms]]")


def test_the_fault_shown_is_the_one_that_the_reader_tells() -> None:
    line = next(
        number
        for number, text in enumerate((ROOT / protocol_reference.EXAMPLE).read_text("utf-8").splitlines(), 1)
        if text.startswith("horizon_days")
    )
    assert (
        f'core.toml line {line}: outcome.horizon_days must be a whole number of days; found "a year".' in TEXT
    )


def test_an_unexplained_key_and_an_explained_one_that_nobody_reads_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {**protocol_reference.meanings(), "masking": {"section": "Who.", "rolls": "Misspelt."}}
    monkeypatch.setattr(protocol_reference, "meanings", lambda: told)
    assert protocol_reference.faults() == [
        "masking.roles: read from a protocol file, and not explained",
        "masking.rolls: explained, and never read",
    ]


def test_a_read_that_the_reference_does_not_know_is_an_error() -> None:
    with pytest.raises(AttributeError, match="moment"):
        Asked(("outcome",)).moment("starts_at")  # type: ignore[attr-defined]
