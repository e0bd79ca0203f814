"""Files and classes are called what they are: the vague names are banned, and packages open no side doors."""

from __future__ import annotations

import ast
import re

from tests.house.tree import HOUSE, PACKAGE, Tree

BANNED = {
    "utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "handler", "processor",
    "service", "services", "data", "info", "mixin",
}  # fmt: skip
ONLY_AS_A_WHOLE = {"base", "data"}  # "data_desk" is a role; "data.py" says nothing
MIXINS_MAY_LIVE_IN = "web/shared/"
DJANGO_WANTS_IT = {"config/sqlite_in_turn/base.py"}  # a database's module has no other name


def bad_names(tree: Tree) -> list[str]:
    """Files and classes with a banned name."""
    return _bad_files(tree) + _bad_classes(tree)


def _bad_files(tree: Tree) -> list[str]:
    paths = tree.files(PACKAGE)
    return [
        tree.place(path)
        for path in paths
        if _is_vague(path.name.split(".")[0].lower().split("_"))
        if not tree.place(path).endswith(tuple(DJANGO_WANTS_IT))
    ]


def _bad_classes(tree: Tree) -> list[str]:
    return [
        f"{module.place}:{node.name}"
        for module in tree.python()
        for node in module.walk()
        if isinstance(node, ast.ClassDef) and _is_vague(_words(node.name))
        if not (node.name.endswith("Mixin") and module.in_package.startswith(MIXINS_MAY_LIVE_IN))
    ]


def _is_vague(words: list[str]) -> bool:
    if words[-1] in BANNED and (len(words) == 1 or words[-1] not in ONLY_AS_A_WHOLE):
        return True
    return words[0] == "base"


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)] or [name.lower()]


def full_package_openings(tree: Tree) -> list[str]:
    """``__init__.py`` files that hold anything at all."""
    modules = tree.python()
    return [module.place for module in modules if module.path.name == "__init__.py" and module.text.strip()]


def test_no_file_or_class_has_a_vague_name() -> None:
    assert bad_names(HOUSE) == []


def test_every_package_opening_is_empty() -> None:
    assert full_package_openings(HOUSE) == []


def test_the_words_of_a_class_name_are_told_apart() -> None:
    assert _words("BaseUserManager") == ["base", "user", "manager"]
    assert not _is_vague(_words("DataDesk"))
    assert _is_vague(_words("PersonManager"))
