"""The workbook in easy words: a text of its own, whole or refused by file, key and line; very short; kept."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from handrail.domain.refusal import BadFile
from handrail.domain.workbook_easy import EasyPart, EasyQuestion, Picture
from handrail.exchange import easy_file, workbook_file
from handrail.reports.booklet_pdf import TEMPLATES
from tests import reading
from tests.house.test_plain_words import SHOULD_NOT_SAY

PARTS = workbook_file.load()
BOOK = easy_file.load_easy()
LONGEST, MOST_GRADE, LONGEST_WORD = 12, 3.0, 3  # words in a sentence; Flesch-Kincaid; syllables
RELEASED = {
    "structured": "b38c1189c06ff4606080acb99c75ef399f93dd34abbb37200c3c4356c4a87f97",
    "easy": "271b2c0b5667e9ce2557fa35fc264b73cda839a146d9ded2c3529cffdedcda22",
}  # changes only with the version


def prose(part: EasyPart) -> list[str]:
    """Everything that one part says."""
    said = [part.title, *part.lines, part.picture.alternative]
    for one in part.questions:
        said += [one.prompt, *one.lines, *one.options, *one.labels, one.picture.alternative]
    return said


def cover() -> list[str]:
    words = vars(BOOK.cover) | {"version": "", "licence": "", "picture": ""}
    said = [text for one in words.values() for text in ([one] if isinstance(one, str) else one)]
    return [text for text in said if text]


EVERYTHING = {part.part: prose(part) for part in BOOK.parts} | {"cover": cover()}


@pytest.mark.parametrize("code", EVERYTHING)
def test_each_part_is_very_easy_to_read(code: str) -> None:
    said = EVERYTHING[code]
    assert [one for one in reading.sentences(said) if len(reading.words(one)) > LONGEST] == []
    assert reading.grade(said) <= MOST_GRADE
    words = {word for one in reading.sentences(said) for word in reading.words(one)}
    assert [one for one in words if reading.syllables(one) > LONGEST_WORD] == []
    assert [one for one in said if SHOULD_NOT_SAY.search(one)] == []


def test_one_line_holds_one_idea() -> None:
    parts = [line for part in BOOK.parts for line in part.lines]
    lines = parts + [line for part in BOOK.parts for one in part.questions for line in one.lines]
    assert [line for line in lines if len(reading.sentences([line])) != 1] == []


def test_every_part_is_there_with_fewer_questions_and_the_plan_is_whole() -> None:
    for easy, part in zip(BOOK.parts, PARTS, strict=True):
        asked = {one.field for one in easy.questions}
        assert easy.part == part.code and asked <= {field.code for field in part.fields}
        assert not part.is_plan or asked == {field.code for field in part.fields}
    assert sum(len(one.questions) for one in BOOK.parts) < sum(len(part.fields) for part in PARTS)


def test_every_picture_is_our_own_drawing_with_words_and_every_drawing_is_used() -> None:
    asked: list[EasyPart | EasyQuestion] = [
        *BOOK.parts,
        *(one for part in BOOK.parts for one in part.questions),
    ]
    used: set[Picture] = {BOOK.cover.picture, *(one.picture for one in asked)}
    drawn = {path.stem: path for path in (TEMPLATES / "pictures").glob("*.svg")}
    assert {one.name for one in used} == set(drawn)
    assert len({one.name for one in used}) == len(used)  # each says the same wherever it stands
    for path in drawn.values():
        tags = {one.tag.split("}")[1] for one in ElementTree.parse(path).iter()}
        assert tags <= {"svg", "path", "circle", "rect"}


@pytest.mark.parametrize("folder", RELEASED)
def test_the_words_of_a_released_version_keep_their_hash(folder: str) -> None:
    files = sorted((workbook_file.STRUCTURED.parent / folder).glob("*.toml"))
    texts = b"".join(path.name.encode() + path.read_bytes() for path in files)
    assert {
        line for path in files for line in path.read_text().splitlines() if line.startswith("version")
    } == {'version = "1.0"'}
    assert hashlib.sha256(texts).hexdigest() == RELEASED[folder]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "1-recovery.toml",
            'field = "good_day"',
            'field = "bad_day"',
            'question of this part; found "bad_day"',
        ),
        ("1-recovery.toml", 'part = "recovery"', 'part = "recover"', 'part of the workbook; found "recover"'),
        ("1-recovery.toml", 'prompt = "What are', 'promt = "What are', 'Did you mean "prompt"?'),
        ("cover.toml", 'title = "My easy book"', 'title = ""', "must be text that says something"),
    ],
)
def test_each_fault_is_named_by_file_key_and_line(
    tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    shutil.copytree(easy_file.EASY, tmp_path / "easy")
    assert easy_file.load_easy(tmp_path / "easy") == BOOK
    path = tmp_path / "easy" / file
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as bad:
        easy_file.load_easy(tmp_path / "easy")
    found = [str(fault) for fault in bad.value.faults]
    assert any(one.startswith(f"{file} line {line}: ") and words in one for one in found), found


def test_a_part_without_easy_words_or_with_two_files_is_named(tmp_path: Path) -> None:
    shutil.copytree(easy_file.EASY, tmp_path / "easy")
    (tmp_path / "easy" / "7-goals.toml").rename(tmp_path / "kept")
    with pytest.raises(BadFile, match="goals"):
        easy_file.load_easy(tmp_path / "easy")
    for name in ("7-goals.toml", "8-goals.toml"):
        shutil.copy(tmp_path / "kept", tmp_path / "easy" / name)
    with pytest.raises(BadFile, match="is the same in two files"):
        easy_file.load_easy(tmp_path / "easy")
