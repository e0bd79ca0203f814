"""Nothing grows past the sizes of the house unless it is listed with a reason that still holds."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import HOUSE, Module, Tree, functions

SOURCE_LINES = 350
FLOOR_LINES = {"domain/": 300, "journey/": 200}
TEMPLATE_LINES = 150
FUNCTION_LINES = 40
TEST_FILE_LINES = 500
TEST_FUNCTION_LINES = 50
ROOM_MODELS = 10

EXEMPTIONS = Path(__file__).with_name("exemptions.toml")


def oversizes(tree: Tree) -> dict[str, tuple[int, int]]:
    """Place → (its size, the size allowed), for everything that is too large."""
    sizes = [*_sources(tree), *_tests(tree), *_templates(tree), *_rooms(tree)]
    return {place: (size, allowed) for place, size, allowed in sizes if size > allowed}


def _sources(tree: Tree) -> Iterator[tuple[str, int, int]]:
    for module in tree.python():
        if "/migrations/" in module.place:
            continue
        floor = next(
            (lines for name, lines in FLOOR_LINES.items() if module.in_package.startswith(name)), None
        )
        yield module.place, _line_count(module.text), floor or SOURCE_LINES
        yield from _functions(module, FUNCTION_LINES)


def _tests(tree: Tree) -> Iterator[tuple[str, int, int]]:
    for module in tree.tests():
        yield module.place, _line_count(module.text), TEST_FILE_LINES
        yield from _functions(module, TEST_FUNCTION_LINES)


def _templates(tree: Tree) -> Iterator[tuple[str, int, int]]:
    for path in tree.templates():
        yield tree.place(path), _line_count(path.read_text(encoding="utf-8")), TEMPLATE_LINES


def _rooms(tree: Tree) -> Iterator[tuple[str, int, int]]:
    for module in tree.python("records"):
        if module.path.name == "models.py":
            models = [node for node in module.syntax.body if isinstance(node, ast.ClassDef)]
            yield f"{module.place}:models", len(models), ROOM_MODELS


def _functions(module: Module, allowed: int) -> Iterator[tuple[str, int, int]]:
    for function in functions(module.syntax):
        docstring = ast.get_docstring(function, clean=False)
        size = (
            (function.end_lineno or 0) - function.lineno + 1 - (docstring.count("\n") + 1 if docstring else 0)
        )
        yield f"{module.place}:{function.name}", size, allowed


def _line_count(text: str) -> int:
    return len(text.splitlines())


def exemptions() -> dict[str, dict[str, object]]:
    """What may be larger: place → lines and reason."""
    return tomllib.loads(EXEMPTIONS.read_text(encoding="utf-8"))


def test_nothing_is_too_large_without_a_reason() -> None:
    listed = exemptions()
    faults = [
        f"{place} has {size}; {allowed} is allowed"
        for place, (size, allowed) in oversizes(HOUSE).items()
        if size > int(str(listed.get(place, {}).get("lines", 0)))
    ]
    assert faults == []


def test_every_exemption_is_still_needed_and_gives_a_reason() -> None:
    large = oversizes(HOUSE)
    assert [place for place in exemptions() if place not in large] == []
    assert [
        place for place, listed in exemptions().items() if not str(listed.get("reason", "")).strip()
    ] == []
