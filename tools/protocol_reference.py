"""The reference of the protocol file: every section and key that the reader asks for, from the reader itself.

What a key must hold comes from its read, what it means from ``protocol_meanings.toml``, and the example from
the CORE trial's file. A key without a meaning, or a meaning without a key, is a fault.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import textwrap
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from handrail.domain.refusal import BadFile
from handrail.domain.worded import Worded
from handrail.exchange import protocol_file
from tools.protocol_questions import Asked, Question, sections

PLACE = "docs/reference/protocol.md"
EXAMPLE = "src/handrail/protocols/core.toml"
MEANINGS = Path(__file__).with_name("protocol_meanings.toml")
ITSELF = "section"  # the key in MEANINGS under which a section's own meaning stands
LONGEST_EXAMPLE = 90

OPENING = """# The protocol file

*Made from the code that reads it (`handrail.exchange.protocol_file`) by `./run fix`. Do not edit.*

A trial is one TOML file. Screens, allocation, schedule, outcome, analysis and report all read the one object
that is made from it, and nothing else says how the trial runs. Examples are from the CORE trial's file,
[core.toml](../../src/handrail/protocols/core.toml), where a comment behind each line says whether it was
published, is believed, or was chosen here. Why one file: [decision
0010](../decisions/0010-protocol-as-one-file.md).

## Checking and reading one

`handrail protocol check FILE` reads the whole file and names every fault at once, each with the file, the
line, the full name of the key (entries of a list counted from 1), what it must be, what was found, and the
mend:

```text
FAULT
```

With no fault it prints `core.toml: no faults` and ends with status 0; otherwise with status 2. Broken TOML
is mended first: nothing after the break is read. A misspelt key is told once, with the likely right one. A
missing key is told at the section that should hold it. A file of more than a million bytes, or that is not
UTF-8, is refused whole.

`handrail protocol show FILE` checks it in the same way and then prints it as a person would read it, every
section, in plain English, with the SHA-256 of the file at the end. Give that to whoever signs the protocol.

`handrail setup --protocol FILE` makes it an installation's own. Without a file, `handrail` uses CORE's. The
hash is that of the file's bytes, so even a changed comment makes another protocol: entries, locks and
reports carry it.

## How to read the tables

A section in `[single]` brackets stands once; one in `[[double]]` brackets once for each entry. Every key is
required unless its row says what happens when it is left out. A key that is not in these tables is refused.
Where a key holds one word or a list of words, the words stand under the table: each is code, and a word with
nothing behind it is not offered.
"""


def pages(root: Path) -> dict[str, str]:
    """The one document made here: place → text. What is not explained says so; :func:`faults` names it."""
    text = (root / EXAMPLE).read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    told = "\n".join(_section(each, tables) for each in sections())
    return {PLACE: f"{OPENING.replace('FAULT', _fault(text))}\n{told}"}


def meanings() -> dict[str, dict[str, str]]:
    """Section → key → what it means."""
    return tomllib.loads(MEANINGS.read_text(encoding="utf-8"))


def faults() -> list[str]:
    """Keys that are read and not explained, and explanations of what nobody reads."""
    read = {(".".join(each.path), key) for each in sections() for key in _keys(each)}
    told = {(name, key) for name, keys in meanings().items() for key, text in keys.items() if text.strip()}
    return [
        *(f"{name}.{key}: read from a protocol file, and not explained" for name, key in sorted(read - told)),
        *(f"{name}.{key}: explained, and never read" for name, key in sorted(told - read)),
    ]


def _fault(text: str) -> str:
    """What the reader truly says of the example file with one value spoilt."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(EXAMPLE).name
        path.write_text(re.sub(r"(?m)^horizon_days = \d+", 'horizon_days = "a year"', text), encoding="utf-8")
        try:
            protocol_file.load(path)
        except BadFile as bad:
            return textwrap.fill(str(bad), 100)
    raise AssertionError("a spoilt protocol was read without a fault")


def _keys(section: Asked) -> list[str]:
    return [ITSELF, *(question.key for question in section.questions)]


def _section(section: Asked, tables: dict[str, Any]) -> str:
    name = ".".join(section.path)
    title = f"[[{name}]]" if section.is_list else f"[{name}]"
    told = defaultdict(lambda: "**Not explained yet.**", meanings().get(name, {}))
    parts = [f"{'#' * (1 + len(section.path))} `{title}`\n", f"{told[ITSELF]}{_how_often(section)}\n"]
    if section.questions:
        rows = [f"| `{q.key}` | {q.holds}{_left_out(q)} | {told[q.key]} |" for q in section.questions]
        parts.append("\n".join(("| Key | Holds | Means |", "|-|-|-|", *rows)) + "\n")
        parts += [_words(q.key, q.words) for q in section.questions if q.words]
        parts.append(_example(section, title, tables))
    return "\n".join(parts)


def _how_often(section: Asked) -> str:
    if section.may_be_left_out:
        return " May be left out."
    return f" At least {section.least}." if section.is_list and section.least > 1 else ""


def _left_out(question: Question) -> str:
    if question.is_required:
        return ""
    return (
        f"; may be left out, and is then {question.otherwise}" if question.otherwise else "; may be left out"
    )


def _words(key: str, words: type[Worded]) -> str:
    listed = [f"- `{word.value}`: {word.sentence}" for word in words]
    return "\n".join((f"`{key}`:\n", *listed)) + "\n"


def _example(section: Asked, title: str, tables: dict[str, Any]) -> str:
    """The fullest entry of the example file, a line for each key; long values are cut short."""
    found = max(_entries(tables, section.path), key=len, default=None)
    if found is None:
        return ""
    lines = [f"{q.key} = {_written(found[q.key])}" for q in section.questions if q.key in found]
    return "\n".join(("```toml", title, *lines, "```")) + "\n"


def _entries(tables: Any, path: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Every table of the file at this path, whichever entry of a list it stands in."""
    if isinstance(tables, list):
        for each in tables:
            yield from _entries(each, path)
    elif not path:
        yield tables
    elif path[0] in tables:
        yield from _entries(tables[path[0]], path[1:])


def _written(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        whole = f"[{', '.join(_written(each) for each in value)}]"
        return (
            whole if len(whole) <= LONGEST_EXAMPLE else f"[{_written(value[0])}]  # and {len(value) - 1} more"
        )
    return json.dumps(value, ensure_ascii=False)


def main() -> int:
    """Print the faults; 1 where there are any."""
    print("\n".join(faults()))
    return 1 if faults() else 0


if __name__ == "__main__":
    sys.exit(main())
