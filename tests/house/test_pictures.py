"""The pictures of the screens: one for each role at both widths, shown, in words too, and small."""

from __future__ import annotations

import re

from handrail.domain.words import Role
from tests.house.tree import ROOT
from tools.screens import SCREENS, written
from tools.screenshots import LARGEST_BYTES, LARGEST_FOLDER_BYTES, PLACE, SHOWN_IN

A_PERSON = "paired"  # who a person is on the stage


def test_every_role_has_a_screen() -> None:
    shown = {one.role for one in SCREENS}
    assert {role.value for role in Role} - shown == {Role.PERSON.value}
    assert A_PERSON in shown


def test_the_page_of_screens_is_as_the_tool_writes_it() -> None:
    assert SHOWN_IN.read_text(encoding="utf-8") == written()


def test_every_picture_is_shown_with_words_and_every_shown_one_is_there() -> None:
    text = SHOWN_IN.read_text(encoding="utf-8")
    named = set(re.findall(r"screenshots/([\w-]+\.png)", text))
    assert named == {file.name for file in PLACE.glob("*.png")}
    assert all(len(words) > 20 for words in re.findall(r'alt="([^"]*)"', text))
    assert text.count("<img ") == len(re.findall(r'alt="', text)) == 2 * len(SCREENS)


def test_the_pictures_are_small() -> None:
    sizes = {file.relative_to(ROOT).as_posix(): file.stat().st_size for file in PLACE.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > LARGEST_BYTES} == {}
    assert 0 < sum(sizes.values()) <= LARGEST_FOLDER_BYTES
