"""The second half of GLOSSARY.md: every word that the product stores, from the enumerations of ``domain``."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from enum import Enum
from pathlib import Path

from handrail import domain

PLACE = "GLOSSARY.md"
MARK = "<!-- From here on this file is made from the code by ./run fix. -->"

# Words whose meaning does not stand in the code beside them.
MEANINGS = {
    "FieldClass.identifying": "Says who a person is, alone or with little else",
    "FieldClass.clinical": "Says something of a person's health or care",
    "FieldClass.trial": "Belongs to the conduct of the trial, and is the same in every arm",
    "FieldClass.arm_revealing": "Says, or lets somebody guess, which arm a person is in",
    "Kind.text": "As it is written",
    "Kind.whole": "A whole number",
    "Kind.number": "A number with a point",
    "Kind.date": "An ISO date",
    "Kind.yes_no": "1 or 0",
}


def pages(root: Path) -> dict[str, str]:
    """GLOSSARY.md with its second half made again: place → text."""
    path = root / PLACE
    written = path.read_text(encoding="utf-8").split(MARK)[0].rstrip() if path.exists() else "# Glossary"
    tables = "\n".join(_table(words) for words in enumerations())
    return {PLACE: f"{written}\n\n{MARK}\n\n## Words that are stored\n\n{tables}"}


def enumerations() -> list[type[Enum]]:
    """Every enumeration of ``domain`` that has members, by name."""
    modules = [
        importlib.import_module(f"handrail.domain.{found.name}")
        for found in pkgutil.iter_modules(domain.__path__)
    ]
    found = {
        thing
        for module in modules
        for thing in vars(module).values()
        if inspect.isclass(thing)
        and issubclass(thing, Enum)
        and thing.__module__ == module.__name__
        and len(thing)
    }
    return sorted(found, key=lambda thing: thing.__name__)


def meaning(member: Enum) -> str:
    """What a member means: its own sentence, its wing for an act, or the line written here; empty if none."""
    sentence = getattr(member, "sentence", "")
    if sentence:
        return str(sentence)
    if hasattr(member, "wing"):
        act = str(member.value).replace("_", " ")
        return f"An act: {act}. Its ledger line is read in the {member.wing} wing"
    return MEANINGS.get(f"{type(member).__name__}.{member.value}", "")


def _table(words: type[Enum]) -> str:
    purpose = (inspect.getdoc(words) or "").splitlines()[0]
    rows = "\n".join(f"| `{member.value}` | {meaning(member)} |" for member in words)
    module = words.__module__.removeprefix("handrail.")
    heading = f"### {words.__name__}\n\n`{module}.{words.__name__}`: {purpose}"
    return f"{heading}\n\n| Word | Meaning |\n|-|-|\n{rows}\n"
