"""The data dictionary of the locked tables, from ``domain.extract``."""

from __future__ import annotations

from pathlib import Path

from handrail.domain import extract

PLACE = "docs/reference/data-dictionary.md"

OPENING = """# Data dictionary of the locked tables

*Made from `handrail.domain.extract` by `./run fix`. Do not edit.*

A lock is a folder of CSV files, one for each table below, with a manifest that holds each file's SHA-256.
The sealed tables, which follow from the arm, travel together in one encrypted file beside the folder.

| Kind | How it is written |
|-|-|
| text | as it is |
| whole | a whole number |
| number | a number, with a point |
| date | ISO, `2014-03-12` |
| yes_no | `1` or `0` |

An empty cell is a missing value, and never a zero.
"""


def pages(_root: Path) -> dict[str, str]:
    """The one document made here: place → text."""
    masked = "\n".join(_table(table) for table in extract.TABLES)
    sealed = "\n".join(_table(table) for table in extract.SEALED_TABLES)
    return {PLACE: f"{OPENING}\n## Masked tables\n\n{masked}\n## Sealed tables\n\n{sealed}"}


def _table(table: extract.Table) -> str:
    rows = "\n".join(
        f"| `{column.name}` | {column.kind.value} | {column.unit} | {column.meaning} |"
        for column in table.columns
    )
    heading = f"### {table.name}\n\nOne row for each {table.row_is}."
    return f"{heading}\n\n| Column | Kind | Unit | Meaning |\n|-|-|-|-|\n{rows}\n"
