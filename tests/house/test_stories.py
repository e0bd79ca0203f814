"""Stories in the browser: by keyboard alone, and one at least for each role at both widths."""

from __future__ import annotations

import ast

import pytest

from handrail.domain.words import Role
from tests.house.tree import HOUSE, Module, called_name, functions

STORIES, OF_THE_MOUSE = "tests/browser/test_", "tests/browser/test_keyboard.py"
NO_KEYBOARD = {
    "click", "dblclick", "tap", "hover", "drag_to", "drag_and_drop", "dispatch_event",
    "fill", "check", "uncheck", "set_checked", "select_option", "set_input_files",
}  # fmt: skip
AS_A_PERSON = {"paired", "posted"}  # who they are on the stage: a person with either offer


def stories() -> list[Module]:
    """The files that tell stories."""
    return [one for one in HOUSE.tests() if one.place.startswith(STORIES) and one.place != OF_THE_MOUSE]


def without_the_keyboard(syntax: ast.Module) -> list[str]:
    """Steps that a hand on the keyboard could not take."""
    return [
        ast.unparse(node)
        for node in ast.walk(syntax)
        if (isinstance(node, ast.Call) and called_name(node) in NO_KEYBOARD)
        or (isinstance(node, ast.Attribute) and node.attr in ("mouse", "touchscreen"))
    ]


def told_at_both_widths(syntax: ast.Module) -> set[str]:
    """Who comes in, in stories that are told on a phone and at a desk: there or in a step they take."""
    written = {one.name: one for one in functions(syntax)}
    found: set[str] = set()
    for name, one in written.items():
        if name.startswith("test_") and "story" in {argument.arg for argument in one.args.args}:
            steps = {called_name(node) for node in ast.walk(one) if isinstance(node, ast.Call)}
            for step in [one, *(written[step] for step in steps if step in written)]:
                found |= _who_comes_in(step)
    return found


def _who_comes_in(function: ast.AST) -> set[str]:
    return {
        node.args[0].value
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and called_name(node) == "come_in_as"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_stories_are_told_by_keyboard_alone() -> None:
    found = {module.place: without_the_keyboard(module.syntax) for module in stories()}
    assert {place: steps for place, steps in found.items() if steps} == {}


def test_each_role_has_a_story_at_both_widths() -> None:
    told = set().union(*(told_at_both_widths(module.syntax) for module in stories()))
    assert told >= AS_A_PERSON
    assert {role.value for role in Role} - told == {Role.PERSON.value}


@pytest.mark.parametrize(
    ("words", "is_caught"),
    [
        ("story.page.get_by_role('button').click()", True),
        ("story.page.mouse.move(1, 1)", True),
        ("story.page.get_by_label('Name').fill('x')", True),
        ("story.press('Continue')", False),
    ],
)
def test_a_mouse_is_told_from_a_keyboard(words: str, is_caught: bool) -> None:
    assert bool(without_the_keyboard(ast.parse(words))) is is_caught
