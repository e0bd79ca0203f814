"""The papers of the house: a glossary that matches the code, numbered decisions, fresh documents."""

from __future__ import annotations

import ast
import re
from enum import Enum
from pathlib import Path

import pytest

from tests.house.tree import HOUSE, ROOT, Tree
from tools import generate_documents, glossary

DECISIONS = "docs/decisions"
PARTS_OF_A_DECISION = (
    "## Context",
    "## Options",
    "## Decision",
    "## Consequences",
    "## How we will know it was wrong",
)
WORKPLACES = re.compile(r"/work/|/tmp/|pypi\.org|registry\.npmjs|pythonhosted", re.IGNORECASE)
READ_AS_TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".sh",
    ".json",
    ".html",
    ".j2",
    ".css",
    ".js",
    ".typ",
    ".in",
    "",
}


def numbering_faults(names: list[str]) -> list[str]:
    """Gaps and twins in the numbers that decision records' names begin with."""
    numbers = sorted(int(name[:4]) for name in names)
    twins = {f"{number:04d} twice" for number in numbers if numbers.count(number) > 1}
    gaps = {
        f"{number:04d} missing" for number in range(1, max(numbers, default=0) + 1) if number not in numbers
    }
    return sorted(twins | gaps)


def decision_names(tree: Tree) -> list[str]:
    """The file names of the decision records."""
    return [path.name for path in tree.files(DECISIONS, endings={".md"}) if path.name[:4].isdigit()]


def glossary_faults(tree: Tree) -> list[str]:
    """Code terms of the hand-written half that ``domain`` does not have, and words without a meaning."""
    written = (tree.root / "GLOSSARY.md").read_text("utf-8").split(glossary.MARK)[0]
    terms = re.findall(r"^\|[^|]+\| `([\w.]+)` \|", written, re.MULTILINE)
    known = _names_in_domain(tree)
    absent = [f"GLOSSARY.md: {term} is not in domain" for term in terms if term.split(".")[-1] not in known]
    words = [member for enumeration in glossary.enumerations() for member in enumeration]
    return absent + [
        f"{_full(word)} has no meaning in the glossary" for word in words if not glossary.meaning(word)
    ]


def _names_in_domain(tree: Tree) -> set[str]:
    names = {module.path.stem for module in tree.python("domain")}
    for module in tree.python("domain"):
        for node in module.walk():
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.AnnAssign | ast.Assign):
                names |= {
                    t.id for t in ast.walk(node) if isinstance(t, ast.Name) and isinstance(t.ctx, ast.Store)
                }
    return names


def _full(member: Enum) -> str:
    return f"{type(member).__name__}.{member.name}"


def workplaces_named(tree: Tree) -> list[str]:
    """Files that name somebody's folder or a package registry."""
    files = [path for path in tree.files() if path.suffix in READ_AS_TEXT and path != Path(__file__)]
    found = ((path, WORKPLACES.search(path.read_text("utf-8", errors="ignore"))) for path in files)
    return [f"{tree.place(path)}: {match.group()}" for path, match in found if match]


def test_decision_records_are_numbered_without_gaps_or_twins() -> None:
    assert numbering_faults(decision_names(HOUSE)) == []


@pytest.mark.parametrize("name", decision_names(HOUSE))
def test_each_decision_record_says_what_it_must(name: str) -> None:
    text = (ROOT / DECISIONS / name).read_text("utf-8")
    assert [part for part in PARTS_OF_A_DECISION if part not in text] == []


def test_gaps_and_twins_are_seen() -> None:
    assert numbering_faults(["0001-a.md", "0003-b.md", "0003-c.md"]) == ["0002 missing", "0003 twice"]


def test_the_glossary_matches_the_code() -> None:
    assert glossary_faults(HOUSE) == []


def test_documents_made_from_the_code_are_fresh() -> None:
    assert generate_documents.stale(ROOT) == []


def test_nothing_names_a_workplace_or_a_registry() -> None:
    assert workplaces_named(HOUSE) == []


def test_each_runtime_requirement_is_justified_in_a_decision_record() -> None:
    wanted = re.findall(r"^([a-z][\w-]+)", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE)
    decisions = "\n".join((ROOT / DECISIONS / name).read_text("utf-8") for name in decision_names(HOUSE))
    assert [name for name in wanted if f"`{name}`" not in decisions] == []
