"""The workbook's words: short sentences, a reading age of 9 to 11, and no hard word without a reason."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from handrail.domain.workbook import Part
from handrail.domain.workbook_words import Pile, Standing
from handrail.exchange import workbook_file
from tests import reading
from tests.house.tree import ROOT

HERE = Path(__file__).parent
PARTS = workbook_file.load()
PLAIN = frozenset((HERE / "plain_words.txt").read_text(encoding="utf-8").split())
EXCUSED: dict[str, str] = tomllib.loads((HERE / "excused_words.toml").read_text(encoding="utf-8"))
LONGEST, MOST_GRADE, LONG = 20, 6.0, 3
SHOULD_NOT_SAY = re.compile(
    r"\bshould\b|\bmust\b|patient|symptom|mentally ill|relapse|trigger|\brisk|detect|predict|treats?\b"
    r"|monitor",
    re.IGNORECASE,
)


def texts(part: Part) -> list[str]:
    """Everything that one part says."""
    found = [part.title, part.introduction, part.before, part.after]
    for field in part.fields:
        found += [field.prompt, field.hint, *field.options, *field.suggestions]
        found += [text for box in field.boxes for text in (box.label, *box.options)]
        found += [text for signs in field.piles for text in (signs.title, *signs.signs)]
    return [text for text in found if text]


def every_word() -> set[str]:
    said = [text for part in PARTS for text in texts(part)]
    said += [word.sentence for words in (Pile, Standing) for word in words]
    return {word.lower().replace("’", "'") for one in reading.sentences(said) for word in reading.words(one)}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.code)
def test_each_part_suits_a_reading_age_of_nine_to_eleven(part: Part) -> None:
    prose = [part.introduction, part.before, part.after]
    prose += [text for field in part.fields for text in (field.prompt, field.hint)]
    found = reading.grade(text for text in prose if text)
    assert found <= MOST_GRADE, f"Flesch-Kincaid grade {found:.1f}"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.code)
def test_no_sentence_is_over_twenty_words_and_most_are_under_fifteen(part: Part) -> None:
    lengths = {one: len(reading.words(one)) for one in reading.sentences(texts(part))}
    assert [one for one, length in lengths.items() if length > LONGEST] == []
    assert sum(length <= 15 for length in lengths.values()) >= 0.95 * len(lengths)


def test_every_word_is_on_the_list_of_plain_words_or_excused_with_a_reason() -> None:
    assert sorted(every_word() - PLAIN - set(EXCUSED)) == []


def test_a_long_word_is_never_plain_by_the_list_alone() -> None:
    assert sorted(word for word in PLAIN if reading.syllables(word) >= LONG) == []
    assert all(len(reason.split()) >= 3 for reason in EXCUSED.values())
    assert PLAIN.isdisjoint(EXCUSED)


def test_no_word_stands_on_a_list_that_nothing_says() -> None:
    assert sorted((PLAIN | set(EXCUSED)) - every_word()) == []


def test_the_words_never_tell_a_person_off_or_call_them_names_or_claim_to_treat() -> None:
    said = [one for part in PARTS for one in reading.sentences(texts(part))]
    assert [one for one in said if SHOULD_NOT_SAY.search(one)] == []


def test_the_plan_never_implies_that_a_service_agreed_to_it_or_that_anybody_watches() -> None:
    plan = next(part for part in PARTS if part.is_plan)
    assert "no service has agreed to it" in plan.introduction
    shown = (ROOT / "src/handrail/web/person/templates/person/plan.html").read_text(encoding="utf-8")
    assert "{{ part.introduction }} Nobody is told when you open it." in shown


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("a", 1),
        ("crisis", 2),
        ("remember", 3),
        ("made", 1),
        ("little", 2),
        ("asked", 1),
        ("wanted", 2),
        ("telephone", 3),
    ],
)
def test_syllables_are_counted_as_people_say_them(word: str, count: int) -> None:
    assert reading.syllables(word) == count


def test_the_grade_tells_a_hard_text_from_an_easy_one() -> None:
    easy = ["The cat sat on the mat. It was warm."]
    hard = [
        "Notwithstanding considerable institutional heterogeneity, implementation necessitates collaboration."
    ]
    assert reading.grade(easy) < 2 < 12 < reading.grade(hard)
