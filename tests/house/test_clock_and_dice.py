"""Below the pages and commands nothing reads a clock, rolls dice or looks at settings: they are passed in."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import HOUSE, Module, Tree, imported_names

SCIENCE = ("domain", "analysis", "reports")
BELOW_THE_PAGES = (*SCIENCE, "exchange", "records", "journey")
CLOCKS = {
    "now",
    "today",
    "utcnow",
    "auto_now",
    "auto_now_add",
    "localdate",
    "localtime",
    "perf_counter",
    "monotonic",
}
DICE = {"random", "secrets", "urandom", "uuid1", "uuid4", "getrandbits"}

# place → (name, why). A nonce or a row's own name decides nothing about anybody.
ALLOWED = {
    ("records/encryption.py", "urandom"): "a nonce for each encrypted value",
    ("records/workbook/keyring.py", "urandom"): "a key for each person's own words",
    ("exchange/sealed_file.py", "secrets"): "a salt, so that equal tables never look alike when sealed",
}
STREAMS = {"default_rng", "SeedSequence", "Philox", "PCG64", "Random"}
ROW_NAMES = {"uuid4"}  # allowed in records: the name of a row, with no order or meaning


def reads(tree: Tree) -> list[str]:
    """Every use of a clock, dice or settings where they are banned."""
    return [fault for module in tree.python(*BELOW_THE_PAGES) for fault in _faults(module)]


def _faults(module: Module) -> Iterator[str]:
    if "/migrations/" in module.place:
        return
    allowed = {name for place, name in ALLOWED if place == module.in_package}
    if module.in_package.startswith("records/"):
        allowed |= ROW_NAMES
    is_science = module.in_package.startswith(tuple(f"{floor}/" for floor in SCIENCE))  # the bare word, too
    seeded = _names_of_a_seeded_stream(module)
    for node in module.walk():
        if node not in seeded and not (isinstance(node, ast.Name) and not is_science):
            for name in _banned_names(node) - allowed:
                yield f"{module.place} line {getattr(node, 'lineno', 0)}: {name}"


def _banned_names(node: ast.AST) -> set[str]:
    names: set[str] = set()
    if isinstance(node, ast.Attribute):
        is_a_streams_own = node.attr == "random" and ast.unparse(node.value) not in {"np", "numpy"}
        names = set() if is_a_streams_own else {node.attr}
    elif isinstance(node, ast.Name):
        names = {node.id}
    elif isinstance(node, ast.keyword):
        names = {node.arg or ""}
    elif isinstance(node, ast.Import | ast.ImportFrom):
        imported = imported_names(node)
        names = {word for name in imported for word in name.split(".")}
        names |= {"settings"} if "django.conf.settings" in imported else set()
        return names & (CLOCKS | DICE | {"settings"})
    return names & (CLOCKS | DICE)


def _names_of_a_seeded_stream(module: Module) -> set[ast.AST]:
    """Uses of ``numpy.random`` that name its type, or that hand it a seed: a recorded stream, not dice."""
    kept: set[ast.AST] = set()
    for node in module.walk():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_seeded = node.func.attr in STREAMS and bool(node.args or node.keywords)
            kept |= {node.func.value} if is_seeded else set()
        if isinstance(node, ast.Attribute) and node.attr == "Generator":
            kept.add(node.value)
        if isinstance(node, ast.ImportFrom) and node.module in {"numpy.random", "random"}:
            kept |= {node} if {alias.name for alias in node.names} <= {"Generator", "Random"} else set()
    return kept


def test_nothing_below_the_pages_reads_a_clock_or_dice_or_settings() -> None:
    assert reads(HOUSE) == []


@pytest.mark.parametrize(
    ("text", "is_caught"),
    [
        ("from datetime import datetime\nx = datetime.now()", True),
        ("import random", True),
        ("import numpy as np\nrng = np.random.default_rng()", True),
        ("import numpy as np\nrng = np.random.default_rng(seed)\nx = rng.random(3)", False),
        ("import numpy as np\nx = np.random.random(3)", True),
        ("from random import Random\nstream = Random(seed)", False),
        ("from random import choice", True),
        ("from django.conf import settings", True),
        ("field(auto_now=True)", True),
        ("from datetime import date", False),
    ],
)
def test_each_way_of_reaching_for_a_clock_or_dice_is_told_from_a_harmless_one(
    text: str, is_caught: bool
) -> None:
    module = Module(HOUSE.root / "src/handrail/domain/planted.py", HOUSE.root)
    module.__dict__["text"] = text
    assert bool(list(_faults(module))) is is_caught
