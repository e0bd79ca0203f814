"""The workbook's words: read whole or refused by key and line; plain, short, and our own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handrail.domain.refusal import BadFile
from handrail.exchange import workbook_file

PARTS = workbook_file.load()
GOOD = """code = "walks"
number = 1
title = "Walks"
introduction = "About walks."
version = "0.1"
licence = "CC BY 4.0"

[[fields]]
code = "where"
prompt = "Where do you walk?"
hint = "Near or far."
"""
SHOULD_NOT_SAY = re.compile(r"\bshould\b|\bmust\b|patient|symptom|mentally ill|relapse", re.IGNORECASE)


def sentences() -> list[str]:
    """Every sentence of the workbook."""
    texts = [part.introduction for part in PARTS]
    texts += [text for part in PARTS for field in part.fields for text in (field.prompt, field.hint)]
    return [one.strip() for text in texts for one in re.split(r"(?<=[.?!])\s+", text) if one.strip()]


def syllables(word: str) -> int:
    """A rough count: groups of vowels, less a silent e."""
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and len(groups) > 1
    return max(1, len(groups) - silent)


def test_there_are_four_parts_in_order_each_with_three_or_four_prompts() -> None:
    assert [part.code for part in PARTS] == ["recovery", "moving_on", "early_signs", "keeping_well"]
    assert [len(part.fields) for part in PARTS] == [3, 4, 4, 4]
    assert {(part.version, part.licence) for part in PARTS} == {("0.1", "CC BY 4.0")}


def test_every_sentence_is_under_fifteen_words() -> None:
    long = [one for one in sentences() if len(one.split()) >= 15]
    assert long == []


def test_the_words_suit_a_reading_age_of_nine_to_eleven() -> None:
    found = sentences()
    words = [word for one in found for word in re.findall(r"[A-Za-z']+", one)]
    grade = 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    assert grade < 6, f"Flesch-Kincaid grade {grade:.1f}; 4 to 6 is an age of 9 to 11"


def test_the_words_never_tell_a_person_off_or_call_them_names() -> None:
    assert [one for one in sentences() if SHOULD_NOT_SAY.search(one)] == []


def test_a_plan_for_early_signs_never_implies_that_a_service_agreed_to_it() -> None:
    early = next(part for part in PARTS if part.code == "early_signs")
    assert "No service has agreed to it." in early.introduction


def spoilt(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "1-walks.toml").write_text(text)
    with pytest.raises(BadFile) as bad:
        workbook_file.load(tmp_path)
    return [str(fault) for fault in bad.value.faults]


def test_a_good_part_is_read(tmp_path: Path) -> None:
    (tmp_path / "1-walks.toml").write_text(GOOD)
    (part,) = workbook_file.load(tmp_path)
    field = part.field("where")
    assert field is not None and field.prompt == "Where do you walk?"
    assert part.field("when") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('code = "walks"', 'code = "Walks!"', 1, "code must be a code"),
        ("number = 1", "number = 0", 2, "number must be a whole number"),
        ('title = "Walks"', 'titel = "Walks"', 3, 'Did you mean "title"?'),
        ('prompt = "Where do you walk?"', 'prompt = ""', 10, "must be text that says something"),
        ('hint = "Near or far."', "hint = 3", 11, "must be text"),
        ('version = "0.1"', 'version = "0.1', 5, "is not TOML"),
    ],
)
def test_each_fault_is_named_by_key_and_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    (fault,) = spoilt(tmp_path, GOOD.replace(old, new))
    assert fault.startswith(f"1-walks.toml line {line}: ") and words in fault


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("number = 1", "number = 0").replace('hint = "Near or far."', "hint = 3")
    assert len(spoilt(tmp_path, text)) == 2


def test_a_field_or_a_part_named_twice_is_refused(tmp_path: Path) -> None:
    twice = GOOD + GOOD[GOOD.index("[[fields]]") :]
    (fault,) = spoilt(tmp_path, twice)
    assert 'must not be used twice; found "where"' in fault
    (tmp_path / "2-walks.toml").write_text(GOOD)
    assert [one for one in spoilt(tmp_path, GOOD) if "used by two parts" in one] != []


def test_an_empty_folder_and_a_file_that_is_not_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        workbook_file.load(tmp_path)
    (tmp_path / "1-walks.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadFile) as bad:
        workbook_file.load(tmp_path)
    assert "is not UTF-8 text" in str(bad.value)
    with pytest.raises(BadFile):
        workbook_file.load_part(tmp_path / "absent.toml")
