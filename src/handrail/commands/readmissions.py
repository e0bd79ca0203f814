"""``handrail readmissions``: spells and a cohort → outcomes, with counts in and out at each rule."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.commands.cut_off import warn_if_ahead
from handrail.commands.every_fault import EveryFault
from handrail.commands.replacing import replacing, why_not_write
from handrail.domain.protocol import OutcomeDefinition
from handrail.domain.refusal import BadFile, Fault

if TYPE_CHECKING:
    from handrail.commands.readmission_counts import Story

PACKAGED_PROTOCOL = Path(__file__).parents[1] / "protocols" / "core.toml"
OTHER_GAPS = (0, 1, 2, 3)
MOST_SHOWN = 20


@dataclass(frozen=True)
class Files:
    """What is read and what is written. ``audit`` says what became of every row; it need not be asked for."""

    spells: Path
    cohort: Path
    out: Path
    audit: Path | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument("--spells", type=Path, required=True, metavar="FILE", help="spells, .csv or .parquet")
    parser.add_argument("--cohort", type=Path, required=True, metavar="FILE", help="cohort, .csv or .parquet")
    parser.add_argument(
        "--protocol",
        type=Path,
        default=PACKAGED_PROTOCOL,
        metavar="FILE",
        help="whose [outcome] section says what counts (default: the CORE trial's)",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="outcomes, .csv or .parquet")
    parser.add_argument(
        "--audit",
        type=Path,
        metavar="FILE",
        help="also write what became of every row of the spells file, .csv or .parquet",
    )
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Work out the outcomes, write them, and print the counts.

    Raises:
        BadFile: with every fault of the protocol, cohort or spells file; nothing is written then.
    """
    from handrail.commands import readmission_counts
    from handrail.exchange import protocol_file

    files = Files(arguments.spells, arguments.cohort, arguments.out, arguments.audit)
    every = EveryFault()
    every.of(lambda: _insist_on_different_files(files))
    protocol = every.of(lambda: protocol_file.load(arguments.protocol))
    _insist_on_files(files, every)
    assert protocol is not None
    story = work(files, protocol.outcome)
    warn_if_ahead(story.spells_name, story.cut_off if story.lacks_cut_off else None)
    print(readmission_counts.as_json(story) if arguments.json else readmission_counts.as_text(story))
    return 0


def work(files: Files, under: OutcomeDefinition) -> Story:
    """Everything after start-up: read, work out, write. The bench times this. Raises: BadFile."""
    from handrail.analysis.acutecare import outcomes, readers, sources, writers
    from handrail.commands.readmission_counts import Story

    spells_source, cohort_source = sources.source(files.spells), sources.source(files.cohort)
    with sources.engine() as con, ExitStack() as places:
        out_is_parquet = sources.is_parquet(files.out)
        out = places.enter_context(replacing(files.out))
        audit_is_parquet = bool(files.audit and sources.is_parquet(files.audit))
        audit = places.enter_context(replacing(files.audit)) if files.audit else None
        _say(f"Reading {files.cohort.name} and {files.spells.name}")
        cohort, spells, table = readers.read_both(con, cohort_source, spells_source)
        _say(f"Working out {cohort.entry.size:,} outcomes from {spells.row.size:,} spells")
        settled = outcomes.settled(cohort, _latest_day(spells.latest_day, cohort.lacks_cut_off, files.spells))
        counted = outcomes.work_out(spells, settled, under=under, other_gaps=OTHER_GAPS)
        writers.register_fates(con, counted.fates, spells, table.lines(spells.row.size))
        shown = writers.first_set_aside(con, MOST_SHOWN)
        _say(f"Writing {files.out.name}")
        writers.write_outcomes(con, counted.outcomes, out, as_parquet=out_is_parquet)
        if audit:
            writers.write_fates(con, audit, as_parquet=audit_is_parquet)
    return Story(files.spells.name, under, counted, spells.latest_day, cohort.lacks_cut_off, shown)


def _latest_day(latest: int | None, lacking: int, spells: Path) -> int:
    """The cut-off for people who have none of their own."""
    if latest is None and lacking:
        problem = f"has no rows, so that {lacking:,} people have no cut-off"
        mend = "Give everyone in the cohort an observed_until, or a spells file with rows"
        raise BadFile((Fault(spells.name, 0, "", problem, mend),))
    return latest or 0


def _insist_on_different_files(files: Files) -> None:
    written = [path.resolve() for path in (files.out, files.audit) if path]
    read = {files.spells.resolve(), files.cohort.resolve()}
    for path in written:
        if path in read or written.count(path) > 1:
            problem = "is read and written, or written twice, in one run"
            raise BadFile((Fault(path.name, 0, "", problem, "Give each file its own name"),))


def _insist_on_files(files: Files, every: EveryFault) -> None:
    """Go on only with files that are there and places to write to; what was found before is told as well.

    Once something is wrong, whatever can be read is read, for its faults alone. Raises: BadFile.
    """
    from handrail.analysis.acutecare import readers, sources

    cohort = every.of(lambda: sources.source(files.cohort))
    spells = every.of(lambda: sources.source(files.spells))
    for path in (files.out, files.audit):
        if path and every.of(partial(sources.is_parquet, path)) is not None:
            every.found += why_not_write(path)
    if not every.found:
        return
    with sources.engine() as con:
        if cohort:
            every.of(lambda: readers.read_cohort(con, cohort))
        if spells:
            every.of(lambda: readers.load_spells(con, spells))
    every.insist()


def _say(step: str) -> None:
    """Progress, for whoever is watching."""
    if sys.stderr.isatty():
        print(f"{step} …", file=sys.stderr, flush=True)
