"""What the programme's pages never do: the rules of docs/explanation/intended-purpose.md."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.tree import ROOT

PURPOSE = ROOT / "docs" / "explanation" / "intended-purpose.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
CLAIMS = re.compile(r"\b(detect|predict|treat|monitor)(s|ed|ing|ion|ions|ment)?\b", re.IGNORECASE)
WORKBOOK = (
    "domain/workbook.py",
    "domain/plan.py",
    "records/workbook/facts.py",
    "records/workbook/actions.py",
    "records/workbook/planning.py",
    "reports/booklet.py",
    "reports/booklet_easy.py",
    "web/person/book_forms.py",
    "web/person/first_form.py",
    "web/person/paper.py",
    "web/person/sorting.py",
    "web/person/workbook.py",
    "web/person/questions.py",
    "web/person/plan.py",
    "web/person/desk.py",
    "domain/check_in.py",
    "records/workbook/check_ins.py",
    "records/workbook/checking_in.py",
    "web/person/check_ins.py",
    "web/person/check_in_forms.py",
    "domain/sharing.py",
    "records/sharing/facts.py",
    "web/person/sharing.py",
)
ADDS_UP = {"sum", "mean", "median", "statistics", "Counter", "Avg", "Sum", "Count", "Max", "Min"}
WRITES_OR_JUDGES = re.compile(
    r"^(openai|anthropic|transformers|torch|langchain\w*|spacy|nltk|textblob|vader\w*|llama\w*|tensorflow)\b"
)
TEMPLATES = sorted((ROOT / "src/handrail/web").glob("*/templates/**/*.html"))


def names_in(path: str) -> set[str]:
    """Every name that a module of ours uses."""
    tree = ast.parse((ROOT / "src/handrail" / path).read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def test_each_rule_names_a_test_that_is_there() -> None:
    named = NAMED.findall(PURPOSE.read_text(encoding="utf-8"))
    assert len(named) >= 10
    lost = [
        f"{file}::{test}" for file, test in named if f"def {test}(" not in (ROOT / file).read_text("utf-8")
    ]
    assert lost == []


@pytest.mark.parametrize("path", WORKBOOK)
def test_no_page_or_rule_of_the_workbook_adds_up_what_is_written(path: str) -> None:
    assert names_in(path) & ADDS_UP == set()


def test_no_library_that_writes_or_judges_text_is_installed() -> None:
    lists = sorted(ROOT.glob("requirements*.txt"))
    lines = [line for path in lists for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 50
    assert [line for line in lines if WRITES_OR_JUDGES.match(line)] == []


def test_no_words_of_ours_claim_to_detect_predict_treat_or_monitor() -> None:
    said = {path: re.sub(r"{[{%#].*?[}%#]}|<[^>]*>", " ", path.read_text("utf-8")) for path in TEMPLATES}
    assert len(said) > 60
    assert {path.name: CLAIMS.findall(text) for path, text in said.items() if CLAIMS.search(text)} == {}


@pytest.mark.parametrize(
    "name", ["question", "cards", "card", "line", "sort", "first", "check_in", "check_in_setting"]
)
def test_each_page_to_write_on_says_that_nobody_watches(name: str) -> None:
    text = (ROOT / f"src/handrail/web/person/templates/person/{name}.html").read_text(encoding="utf-8")
    assert "Nobody is watching this page. Only you can see what you write, unless you share it." in text
    assert "sent" not in re.findall(r"[a-z]+", text)


@pytest.mark.parametrize("name", ["agenda", "other_time", "meeting", "choice", "safe_contact"])
def test_each_page_that_staff_can_read_says_so_and_that_nobody_watches(name: str) -> None:
    text = (ROOT / f"src/handrail/web/person/templates/person/{name}.html").read_text(encoding="utf-8")
    assert " can read " in text.split("Nobody watches this page.")[0].splitlines()[-1]
    assert "Nobody watches this page. If you need help now, use the numbers on this page." in text
