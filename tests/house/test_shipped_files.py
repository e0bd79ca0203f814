"""Data folders hold data, protocols load and stay out of the code, and requirements name no address."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from handrail.exchange import protocol_file
from tests.house.tree import HOUSE, PACKAGE, Tree

DATA_FOLDERS = ("protocols", "workbook")
DATA_ENDINGS = {".toml", ".txt", ".md", ".csv", ".json"}
CODE_ENDINGS = {".py", ".js", ".mjs", ".html", ".j2", ".css", ".sh", ".typ"}


def code_among_data(tree: Tree) -> list[str]:
    """Anything in a data folder that is not plain data."""
    files = [path for folder in DATA_FOLDERS for path in tree.files(f"{PACKAGE}/{folder}")]
    return [tree.place(path) for path in files if path.suffix not in DATA_ENDINGS or _is_a_program(path)]


def _is_a_program(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o111) or path.read_bytes().startswith(b"#!")


def shipped_protocols(tree: Tree) -> list[Path]:
    """The protocol files that ship with the product."""
    return tree.files(f"{PACKAGE}/protocols", endings={".toml"})


def arm_names_in_code(tree: Tree) -> list[str]:
    """Places in the package where the name of an arm is written: code asks what an arm offers instead."""
    names = [
        arm["code"]
        for path in shipped_protocols(tree)
        for arm in tomllib.loads(path.read_text("utf-8"))["arms"]
    ]
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b") if names else re.compile(r"(?!)")
    return [
        f"{tree.place(path)}: {found.group()}"
        for path in tree.files(PACKAGE, endings=CODE_ENDINGS)
        for found in [pattern.search(_without_docstrings(path))]
        if found
    ]


def _without_docstrings(path: Path) -> str:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return text
    syntax = ast.parse(text)
    for node in ast.walk(syntax):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body[0] = ast.Pass()
    return ast.unparse(syntax)


def requirement_faults(tree: Tree) -> list[str]:
    """Requirements without a hash, and lock files that name an address."""
    locks = [*sorted(tree.root.glob("requirements*.txt")), *sorted(tree.root.glob("web/package-lock.json"))]
    faults = [f"{tree.place(path)}: holds an address" for path in locks if "://" in path.read_text("utf-8")]
    for path in (path for path in locks if path.suffix == ".txt"):
        text = re.sub(r"\s*#.*", "", path.read_text("utf-8")).replace("\\\n", " ")
        wanted = [line for line in text.splitlines() if line.strip()]
        faults += [
            f"{tree.place(path)}: {line.split()[0]} has no hash"
            for line in wanted
            if "--hash=sha256:" not in line
        ]
    return faults


def test_data_folders_hold_no_code() -> None:
    assert code_among_data(HOUSE) == []


def test_every_shipped_protocol_loads() -> None:
    shipped = shipped_protocols(HOUSE)
    assert [protocol_file.load(path).file_hash != "" for path in shipped] == [True] * len(shipped)
    assert "core.toml" in [path.name for path in shipped]


def test_no_arm_is_named_in_code() -> None:
    assert arm_names_in_code(HOUSE) == []


def test_requirements_hold_hashes_and_no_addresses() -> None:
    assert requirement_faults(HOUSE) == []


def test_postgresqls_driver_is_pinned_as_it_was_tested() -> None:
    """An installation on PostgreSQL gets the very files that the tests ran with, by hash."""
    pins = [_pins(HOUSE.root / name) for name in ("requirements-postgres.txt", "requirements-dev.txt")]
    assert {"psycopg", "psycopg-binary"} <= pins[0].keys()
    assert pins[0].items() <= pins[1].items()


def _pins(path: Path) -> dict[str, frozenset[str]]:
    """Each package's version and hashes."""
    text = re.sub(r"\s*#.*", "", path.read_text("utf-8")).replace("\\\n", " ")
    lines = (line.split() for line in text.splitlines() if line.strip())
    return {words[0].split("==")[0]: frozenset(words) for words in lines}
