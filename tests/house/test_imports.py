"""What an import checker cannot see: the interpreter's own list, and lookups and hooks that go by name."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable

import pytest

from tests.house.tree import HOUSE, Module, Tree, imported_names

BACK_DOORS = {"get_model", "get_models", "ContentType", "contenttypes", "GenericForeignKey"}
BACK_DOORS_MAY_BE = ("records/audit/", "config/", "records/append_only.py")  # the last is a migration's step
HOOKS = {"receiver", "Signal", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}
UNESCAPED = {"mark_safe", "SafeString", "SafeText", "Markup"}
UNESCAPED_MAY_BE = ("web/shared/", "reports/")  # reports make whole documents, apart from the site


def foreign_imports(tree: Tree) -> list[str]:
    """Imports in ``domain`` of anything that does not come with Python."""
    ours = sys.stdlib_module_names | {"handrail", "__future__"}
    return [
        f"{module.place}: {name}"
        for module in tree.python("domain")
        for node in module.walk()
        for name in imported_names(node)
        if name.split(".")[0] not in ours
    ]


def lookups_by_name(tree: Tree) -> list[str]:
    """Models reached by a name in a string, past every contract."""
    return _uses(tree, BACK_DOORS, lambda module: module.in_package.startswith(BACK_DOORS_MAY_BE))


def hooks(tree: Tree) -> list[str]:
    """Signals and receivers: acts that nobody called."""
    return _uses(tree, HOOKS, lambda module: False)


def unescaped(tree: Tree) -> list[str]:
    """Text marked as safe outside the shared components, in Python or in a page."""
    used = _uses(tree, UNESCAPED, lambda module: module.in_package.startswith(UNESCAPED_MAY_BE))
    pages = [
        path
        for path in tree.templates()
        if not tree.place(path).removeprefix("src/handrail/").startswith(UNESCAPED_MAY_BE)
    ]
    marked = [tree.place(path) for path in pages if "|safe" in path.read_text("utf-8").replace(" ", "")]
    return used + marked


def _uses(tree: Tree, names: set[str], may: Callable[[Module], bool]) -> list[str]:
    modules = [module for module in tree.python() if "/migrations/" not in module.place and not may(module)]
    return [f"{module.place}: {name}" for module in modules for name in sorted(_words(module) & names)]


def _words(module: Module) -> set[str]:
    words: set[str] = set()
    for node in module.walk():
        if isinstance(node, ast.Name):
            words.add(node.id)
        elif isinstance(node, ast.Attribute):
            words.add(node.attr)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            words |= {word for name in imported_names(node) for word in name.split(".")}
        elif isinstance(node, ast.Constant) and node.value in names_in_strings():
            words.add(str(node.value))
    return words


def names_in_strings() -> set[str]:
    """Names that are as bad in a string, as in ``getattr(apps, "get_model")``."""
    return {"get_model", "get_models"}


@pytest.mark.parametrize("faults", [foreign_imports, lookups_by_name, hooks, unescaped])
def test_nothing_slips_past_the_import_contracts(faults: Callable[[Tree], list[str]]) -> None:
    assert faults(HOUSE) == []
