"""The workbook in another language: every string is there, none is English, and nothing else stands in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handrail.domain.refusal import BadFile
from handrail.domain.workbook_language import ENGLISH, Wording
from handrail.exchange import workbook_file, workbook_language
from tests.house.test_plain_words import texts

PARTS = workbook_file.load()
RECOVERY = "1-recovery.toml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    shutil.copytree(workbook_language.WORKBOOK, tmp_path / "workbook")
    return tmp_path / "workbook"


def faults(book: Path, *, code: str = "cy") -> list[str]:
    try:
        workbook_language.language(code, book)
        workbook_language.translated(code, book)
    except BadFile as bad:
        return [str(fault) for fault in bad.faults]
    return []


def change(path: Path, old: str, new: str) -> int:
    """Change one place of a file; returns the line on which it stood."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize("code", [one for one in workbook_language.codes() if one != ENGLISH.code])
def test_every_string_of_the_workbook_is_in_every_language(code: str) -> None:
    translated = workbook_language.translated(code)
    for english, own in zip(PARTS, translated, strict=True):
        assert len(texts(own)) == len(texts(english))
        assert [(one.code, one.kind) for one in own.fields] == [
            (one.code, one.kind) for one in english.fields
        ]


def test_the_welsh_is_a_draft_and_says_so_in_every_file() -> None:
    welsh = workbook_language.language("cy")
    assert (welsh.name, welsh.wording) == ("Cymraeg", Wording.DRAFT)
    files = sorted((workbook_language.WORKBOOK / "structured.cy").glob("*.toml"))
    assert len(files) == len(PARTS)
    for path in files:
        said = path.read_text(encoding="utf-8")
        assert "Draft, needs a translator: every string here." in said and 'wording = "draft"' in said


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (RECOVERY, 'hint = "Meddyliwch am', 'hent = "Meddyliwch am', 'Did you mean "hint"?'),
        (RECOVERY, '"Fy nheulu"', '"My family"', 'fields.matters.options[1] is still English: "My family"'),
        (RECOVERY, '"Fy nheulu", ', "", "fields.matters.options must be a list of texts, at least 12 long"),
        (RECOVERY, '"Fy nheulu", ', '"Fy nheulu", "Mwy", ', "must be 12 long, as the English is; found 13"),
        (RECOVERY, "[fields.means]", '[fields.extra]\nprompt = "x"\n[fields.means]', "is not a known key"),
        (RECOVERY, 'label = "Rhyw', 'kind = "line"\nlabel = "Rhyw', "kind is not a known key"),
        (RECOVERY, 'of_version = "1.0"', 'of_version = "0.9"', 'must be "1.0", the version of the English'),
        (RECOVERY, 'part = "recovery"', 'part = "recover"', 'no part is called "recover"'),
        (
            "6-early-signs.toml",
            'title = "Cwsg"',
            'title = "Sleep"',
            'piles[1].title is still English: "Sleep"',
        ),
        ("7-goals.toml", 'label = "Pam nawr?"', 'label = ""', "must be text that says something"),
    ],
)
def test_a_string_that_is_missing_too_many_or_still_english_is_refused_by_file_key_and_line(
    book: Path, file: str, old: str, new: str, words: str
) -> None:
    assert faults(book) == []
    line = change(book / "structured.cy" / file, old, new)
    found = faults(book)
    assert any(one.startswith(f"{file} line {line}: ") and words in one for one in found), found


def test_a_string_that_was_left_out_is_named(book: Path) -> None:
    change(book / "structured.cy" / RECOVERY, 'hint = "Ysgrifennwch air, rhestr neu stori."\n', "")
    (fault,) = faults(book)
    assert fault.startswith(f"{RECOVERY} line ") and "fields.means.hint is missing" in fault


def test_a_whole_part_that_is_missing_or_there_twice_is_named(book: Path) -> None:
    (book / "structured.cy" / RECOVERY).rename(book / "kept")
    (fault,) = faults(book)
    assert "recovery" in fault and "is not translated" in fault
    for name in (RECOVERY, "12-again.toml"):
        shutil.copy(book / "kept", book / "structured.cy" / name)
    assert any("recovery is translated twice" in one for one in faults(book))


def test_what_paper_says_round_the_parts_is_whole_too(book: Path) -> None:
    line = change(
        book / "languages" / "cy.toml", 'draw = "Neu tynnwch lun yma."', 'draw = "Or draw it here."'
    )
    (fault,) = faults(book)
    assert fault.startswith(f"cy.toml line {line}: phrases.draw is still English")


def test_a_language_with_a_draft_in_it_is_a_draft(book: Path) -> None:
    change(book / "languages" / "cy.toml", 'wording = "draft"', 'wording = "translated"')
    found = faults(book)
    assert len(found) == len(PARTS) and all("is a draft in a language that is not" in one for one in found)


def test_a_third_language_is_data_only(book: Path) -> None:
    shutil.copytree(book / "structured.cy", book / "structured.xx")
    text = (book / "languages" / "cy.toml").read_text(encoding="utf-8")
    (book / "languages" / "xx.toml").write_text(text.replace('code = "cy"', 'code = "xx"'), encoding="utf-8")
    assert workbook_language.codes(book) == ("en", "cy", "xx") and faults(book, code="xx") == []
    (fault,) = faults(book, code="yy")
    assert 'no language called "yy"' in fault and "en, cy, xx" in fault
