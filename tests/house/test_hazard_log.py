"""The hazard log: every hazard says all that it must, and names tests that are there."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.house.tree import ROOT, functions

LOG = (ROOT / "docs" / "reference" / "hazard-log.md").read_text(encoding="utf-8")
PARTS = (
    "Harm",
    "Causes",
    "Controls",
    "Not built",
    "Left to the organisation",
    "Severity and likelihood",
    "Shown by",
)
HEADING = re.compile(r"^## H(\d+)\. (.+)$", re.MULTILINE)
PART = re.compile(r"^- \*\*(.+?)\*\*:[ ]*(.*?)(?=^- \*\*|\Z)", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FEWEST_OF_THE_DESIGN = 12


@cache
def names_in(place: str) -> frozenset[str]:
    """The tests that a file holds; none where there is no such file."""
    path = ROOT / place
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.parse("")
    return frozenset(one.name for one in functions(tree) if one.name.startswith("test_"))


def hazard_faults(log: str) -> list[str]:
    """What a hazard log lacks: a number, a part, the words of one, a test, or one that is there."""
    pieces = HEADING.split(log)[1:]
    hazards = list(zip(pieces[::3], pieces[2::3], strict=True))
    numbers = [int(number) for number, _ in hazards]
    faults = [] if numbers == list(range(1, len(numbers) + 1)) else [f"numbers: {numbers}"]
    if len(numbers) <= FEWEST_OF_THE_DESIGN:
        faults.append("H1 to H12 of the design, and our own, are not all there")
    for number, text in hazards:
        said = {name: words.strip() for name, words in PART.findall(text)}
        faults += [f"H{number}: {name} says nothing" for name in PARTS if not said.get(name)]
        shown_by = NAMED.findall(said.get("Shown by", ""))
        faults += [] if shown_by else [f"H{number}: no test"]
        faults += [
            f"H{number}: no {place}::{name}" for place, name in shown_by if name not in names_in(place)
        ]
    return faults


def test_every_hazard_says_all_that_it_must_and_names_tests_that_are_there() -> None:
    assert hazard_faults(LOG) == []


def test_ratings_are_left_to_the_clinical_safety_officer() -> None:
    ratings = [words.strip() for name, words in PART.findall(LOG) if name == "Severity and likelihood"]
    assert {rating.splitlines()[0] for rating in ratings} == {"for the clinical safety officer."}


@pytest.mark.parametrize(
    ("there", "planted", "fault"),
    [
        ("::test_withdrawn_it_is_gone_at", "::test_nobody_wrote", "H14: no tests/pages/test_sharing.py::"),
        ("tests/pages/test_pictures.py", "tests/pages/test_gone.py", "H19: no tests/pages/test_gone.py::"),
        ("## H7. Looking for", "## H31. Looking for", "numbers: "),
        (
            "- **Harm**: nobody acts, and urgent help comes late or not at all.",
            "- **Harm**:",
            "H1: Harm says nothing",
        ),
        ("- **Shown by**:\n  `tests/exchange/test_workbook_l", "- **Seen by**:\n  `tests/x", "H20: no test"),
    ],
)
def test_a_fault_in_the_log_is_seen(there: str, planted: str, fault: str) -> None:
    assert LOG.count(there) == 1
    assert any(found.startswith(fault) for found in hazard_faults(LOG.replace(there, planted)))
