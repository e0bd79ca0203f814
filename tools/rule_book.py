"""The rule book: the chapters of ``tests/spec``, each with the rules of ``domain`` that may refuse, and why.

The tables of the chapters are tests: each row is asked of the rule. What a rule may say no for is read from
its code.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from types import ModuleType

from handrail import domain
from handrail.domain.words import Because, SetAside, Worded

PLACE = "docs/reference/rule-book.md"
CHAPTERS = "tests/spec"
# In the order of the journey: a chapter of tests/spec, and the modules of ``domain`` that it is about.
ORDER = (
    ("referral", ("referral", "person", "death", "identifiers")),
    ("eligibility", ("eligibility",)),
    ("consent", ("consent",)),
    ("allocation", ("allocation",)),
    ("follow-up", ("followup",)),
    ("readmission", ("acutecare", "adjudication")),
    ("safety", ("safety", "concern", "visit", "conduct")),
    ("support", ("support", "workload", "supervision", "leave", "fidelity", "post", "workbook")),
)
TOLD = {"readmission": ("acutecare", "readmission")}  # rules that answer; their own words are the definition
RULE = "why_not_"
WORDS: dict[str, type[Worded]] = {"Because": Because, "SetAside": SetAside}
OPENING = """# The rule book

*Made from `tests/spec` and `handrail.domain` by `./run fix`. Do not edit.*

What decides, chapter by chapter, under the protocol CORE. Every row of the small tables is a test that asks
the rule itself. Under each chapter stand its rules: each is asked before an act, and its reasons are all that
it can say no for. The full sentence of each is in the [glossary](../../GLOSSARY.md), under `Because`.
"""


def pages(root: Path) -> dict[str, str]:
    """The one document made here: place → text."""
    modules = {found.name: _module(found.name) for found in pkgutil.iter_modules(domain.__path__)}
    placed = {name for _, names in ORDER for name in names}
    others = [name for name in sorted(modules) if name not in placed and _rules(modules[name])]
    parts = [OPENING]
    for chapter, names in ORDER:
        parts.append((root / CHAPTERS / f"{chapter}.md").read_text(encoding="utf-8"))
        parts += [_told(modules[name]) for name in TOLD.get(chapter, ())]
        parts.append(_table([modules[name] for name in names]))
    parts.append("## Sign-in, accounts and the lock\n")
    parts.append(_table([modules[name] for name in others]))
    return {PLACE: "\n".join(parts)}


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"handrail.domain.{name}")


def _rules(module: ModuleType) -> list[ast.FunctionDef]:
    """The public rules of a module that may refuse, in its order."""
    return [
        node
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith(RULE)
    ]


def _table(modules: list[ModuleType]) -> str:
    rows = [
        f"| `{_short(module)}.{rule.name}` | {_purpose(rule)} | {', '.join(_reasons(module, rule)) or '–'} |"
        for module in modules
        for rule in _rules(module)
    ]
    return "\n".join(("### Rules\n", "| Rule | Says | Reasons |", "|-|-|-|", *rows)) + "\n"


def _purpose(rule: ast.FunctionDef) -> str:
    """The first sentence of the rule's own words."""
    first = (ast.get_docstring(rule) or "").split("\n\n")[0].replace("\n", " ")
    return _markdown(first).replace("|", "/")


def _told(module: ModuleType) -> str:
    """What the module says of itself: the rule in words, where no act is refused but an answer is given."""
    first, _, rest = (inspect.getdoc(module) or "").partition("\n\n")
    return f"### `{_short(module)}`: {_markdown(first)}\n\n{_markdown(rest)}\n"


def _markdown(text: str) -> str:
    """Words written for the code, as Markdown."""
    return re.sub(r":\w+:`([^`]+)`", r"`\1`", text).replace("``", "`")


def _reasons(module: ModuleType, rule: ast.FunctionDef) -> list[str]:
    """The reasons in a rule's code and in what it calls of its own module; rules of others by name."""
    functions = {
        node.name: node
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.FunctionDef)
    }
    found: dict[str, None] = {}
    waiting, seen = [rule], {rule.name}
    while waiting:
        for node in ast.walk(waiting.pop(0)):
            found |= _said(node, functions)
            name = node.id if isinstance(node, ast.Name) else ""
            if name in functions and name not in seen:
                seen.add(name)
                waiting.append(functions[name])
    return list(found)


def _said(node: ast.AST, own: dict[str, ast.FunctionDef]) -> dict[str, None]:
    """The reason that a piece of code names, or the rule of another module that it asks."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in WORDS:
        return {f"`{WORDS[node.value.id][node.attr].value}`": None}
    asked = node.func if isinstance(node, ast.Call) else None
    name = asked.id if isinstance(asked, ast.Name) else asked.attr if isinstance(asked, ast.Attribute) else ""
    if name.startswith(RULE) and name not in own:
        return {f"those of `{name}`": None}
    return {}


def _short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]
