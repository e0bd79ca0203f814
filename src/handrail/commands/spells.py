"""``handrail spells``: check a spells file on its own, and write what was accepted and what was not.

The site runs this as a child process, so that the heavy reading never happens in a page.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.commands.cut_off import warn_if_ahead
from handrail.commands.every_fault import EveryFault
from handrail.commands.replacing import replacing, why_not_write
from handrail.commands.words_given import Unusable, Value
from handrail.domain.refusal import BadFile

if TYPE_CHECKING:
    from handrail.analysis.acutecare.sources import Source

BAD_FILE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("spells", type=Path, metavar="SPELLS", help="a spells file, .csv or .parquet")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="what was accepted and not, as JSON lines"
    )
    parser.add_argument(
        "--covers-until",
        action=Value,
        reads=_day,
        metavar="DATE",
        help="the day to which the file is complete (default: the latest date in it)",
    )
    parser.add_argument("--name", default="", help="what to call the file in messages and in the result")
    parser.add_argument("--json", action="store_true", help="print counts, or every fault, as JSON")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unusable(f"{text!r} is not a date", "Write it as YYYY-MM-DD, such as 2016-03-31") from None


def run(arguments: argparse.Namespace) -> int:
    """Check the file; exit status 2 and nothing written when it is malformed.

    Raises:
        BadFile: with every fault, unless they were asked for as JSON.
    """
    from handrail.analysis.acutecare import checking

    try:
        source = _source(arguments)
        with replacing(arguments.out) as place:
            found = checking.check(source, place, covers_until=arguments.covers_until)
    except BadFile as bad:
        if not arguments.json:
            raise
        print(json.dumps({"faults": [asdict(fault) for fault in bad.faults]}))
        return BAD_FILE
    warn_if_ahead(source.name, found.covers_until)
    refused = {rule.value: count for rule, count in found.refused.items()}
    if arguments.json:
        counts = {"covers_until": found.covers_until.isoformat(), "rows": found.row_count}
        print(json.dumps({**counts, "accepted": found.accepted_count, "refused": refused}))
    else:
        aside = ", ".join(f"{rule} {count:,}" for rule, count in refused.items())
        print(f"{found.accepted_count:,} of {found.row_count:,} rows accepted; {aside}")
        print(f"Complete to {found.covers_until}")
    return 0


def _source(arguments: argparse.Namespace) -> Source:
    """The file to read, and a place to write to. Raises: BadFile, with the faults of both."""
    from handrail.analysis.acutecare import readers, sources

    every = EveryFault(*why_not_write(arguments.out))
    source = every.of(lambda: sources.source(arguments.spells, arguments.name))
    if source and every.found:
        with sources.engine() as con:
            every.of(lambda: readers.load_spells(con, source))
    every.insist()
    assert source is not None
    return source
