"""Every test can fail: each one asserts something, and none compares a call with itself."""

from __future__ import annotations

import ast
from itertools import pairwise

import pytest

from tests.house.tree import HOUSE, Module, Tree, called_name, functions

ASSERTS = {"raises", "warns", "expect", "fail"}


def toothless(tree: Tree) -> list[str]:
    """Tests that assert nothing, neither themselves nor through a step that they call."""
    modules = tree.tests()
    asserting = _asserting_names(modules)
    return [
        f"{module.place}: {function.name}"
        for module in modules
        for function in functions(module.syntax)
        if function.name.startswith("test_") and not _asserts(function, asserting)
    ]


def _asserting_names(modules: list[Module]) -> set[str]:
    """Names of functions in the tests that assert, directly or through another one."""
    written = [function for module in modules for function in functions(module.syntax)]
    names = set(ASSERTS)
    while True:
        more = {function.name for function in written if _asserts(function, names)} | names
        if more == names:
            return names
        names = more


def _asserts(function: ast.AST, asserting: set[str]) -> bool:
    return any(
        isinstance(node, ast.Assert) or (isinstance(node, ast.Call) and called_name(node) in asserting)
        for node in ast.walk(function)
    )


def compared_with_itself(tree: Tree) -> list[str]:
    """Assertions whose two sides are the same words, so that they cannot fail."""
    return [
        f"{module.place} line {node.lineno}: {ast.unparse(node)}"
        for module in tree.tests()
        for node in module.walk()
        if isinstance(node, ast.Compare) and _same_on_both_sides(node)
    ]


def _same_on_both_sides(comparison: ast.Compare) -> bool:
    sides = [comparison.left, *comparison.comparators]
    return any(ast.dump(one) == ast.dump(other) for one, other in pairwise(sides))


def test_every_test_asserts_something() -> None:
    assert toothless(HOUSE) == []


def test_no_test_compares_a_call_with_itself() -> None:
    assert compared_with_itself(HOUSE) == []


@pytest.mark.parametrize(
    ("words", "is_caught"), [("f(1) == f(1)", True), ("f(1) == g(1)", False), ("a < b < b", True)]
)
def test_a_comparison_with_itself_is_told_from_a_real_one(words: str, is_caught: bool) -> None:
    comparison = ast.parse(words, mode="eval").body
    assert isinstance(comparison, ast.Compare)
    assert _same_on_both_sides(comparison) is is_caught
