"""The workbook's words: read whole or refused by key and line; plain, short, and our own."""

from __future__ import annotations

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
kind = "words"
prompt = "Where do you walk?"
hint = "Near or far."
"""


def test_there_are_nine_parts_in_order_and_two_tools_after_them() -> None:
    assert [part.code for part in PARTS if not part.is_tool] == [
        "recovery",
        "moving_on",
        "people_places",
        "keeping_well",
        "off_course",
        "early_signs",
        "goals",
        "plan",
        "endings",
    ]
    assert [part.code for part in PARTS if part.is_tool] == ["problem_solving", "resources"]
    assert {(part.version, part.licence) for part in PARTS} == {("1.0", "CC BY 4.0")}


def test_about_forty_everyday_signs_are_sorted_each_written_once() -> None:
    early = next(part for part in PARTS if part.code == "early_signs")
    signs = early.field("signs")
    assert signs is not None
    assert [kind.title for kind in signs.piles] == [
        "Sleep",
        "Thinking",
        "Feeling",
        "Doing",
        "Body",
        "With others",
    ]
    all_signs = [sign for kind in signs.piles for sign in kind.signs]
    assert len(all_signs) == len(set(all_signs)) == 40


def test_strengths_helpers_coping_and_signs_all_go_into_the_plan() -> None:
    into = {field.into for part in PARTS for field in part.fields if field.into}
    assert into >= {
        "reasons",
        "people_to_ask",
        "on_my_own",
        "my_signs",
        "mind_off",
        "next_step",
        "please_do",
        "please_do_not",
    }


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
        ('prompt = "Where do you walk?"', 'prompt = ""', 11, "must be text that says something"),
        ('hint = "Near or far."', "hint = 3", 12, "must be text"),
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


CARDS = """
[[fields]]
code = "dogs"
kind = "cards"
into = "mates"
face = "name"
prompt = "Which dogs do you meet?"
hint = "Big or small."
[[fields.boxes]]
code = "name"
label = "Its name"
kind = "line"
[[fields.boxes]]
code = "size"
label = "Its size"
kind = "choice"
options = ["Big", "Small"]
"""
PLAN = GOOD.replace('"walks"', '"plan"').replace("number = 1", "number = 2\nis_plan = true") + CARDS.replace(
    '"dogs"', '"mates"'
).replace('into = "mates"\n', "")


def written(tmp_path: Path, first: str, plan: str = PLAN) -> list[str]:
    """Every fault of a workbook of one part and a plan."""
    (tmp_path / "1-walks.toml").write_text(first)
    (tmp_path / "2-plan.toml").write_text(plan)
    try:
        workbook_file.load(tmp_path)
    except BadFile as bad:
        return [str(fault) for fault in bad.faults]
    return []


def test_cards_with_boxes_that_go_into_the_plan_are_read(tmp_path: Path) -> None:
    assert written(tmp_path, GOOD + CARDS) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "cards"', 'kind = "card"', 'Did you mean "cards"?'),
        ('into = "mates"', 'into = "friends"', 'no question of the plan is called "friends"'),
        ('face = "name"', 'face = "colour"', 'must name a box; found "colour"'),
        ('code = "size"', 'code = "name"', 'must not be used twice; found "name"'),
        ('options = ["Big", "Small"]', 'options = ["Big"]', "at least 2 long"),
        ('kind = "choice"\n', 'kind = "line"\n', "options is not a known key"),
    ],
)
def test_each_fault_of_a_card_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    faults = written(tmp_path, GOOD + CARDS.replace(old, new))
    assert any(words in fault for fault in faults), faults


def test_two_plans_are_refused(tmp_path: Path) -> None:
    two = GOOD.replace("number = 1", "number = 1\nis_plan = true")
    assert any("2 parts are the plan" in fault for fault in written(tmp_path, two))


def test_an_empty_folder_and_a_file_that_is_not_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        workbook_file.load(tmp_path)
    (tmp_path / "1-walks.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadFile) as bad:
        workbook_file.load(tmp_path)
    assert "is not UTF-8 text" in str(bad.value)
    with pytest.raises(BadFile):
        workbook_file.load_part(tmp_path / "absent.toml")
