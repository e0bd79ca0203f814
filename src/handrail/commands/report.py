"""``handrail report LOCK``: a verified lock to findings and the report, in HTML and PDF, in one folder."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from handrail.commands.analyse import add_arm_words
from handrail.domain.refusal import BadFile

PAGE = "index.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's words: those of ``analyse`` for a lock."""
    parser.add_argument("lock", type=Path, metavar="LOCK", help="folder written by the data lock")
    add_arm_words(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder to write the report to"
    )


def run(arguments: argparse.Namespace) -> int:
    """Analyse the lock and write the report.

    Raises:
        BadFile: when the lock, the arm file, the key or the place cannot be used, or neither the arms nor a
            rehearsal is asked for; nothing is written.
    """
    from handrail.commands import analyse_lock

    faults = analyse_lock.why_not_these_arms("handrail report", arguments)
    if faults:
        raise BadFile(faults)
    page = make(
        arguments.lock, arguments.out, arms=arguments.arms, key=arguments.key, seed=arguments.scrambled
    )
    print(f"The report is {page}")
    return 0


def make(
    lock: Path,
    out: Path,
    *,
    arms: Path | None = None,
    key: Path | None = None,
    seed: int | None = None,
    say: Callable[[str], None] = print,
) -> Path:
    """Findings and report of a lock in one folder; returns the page. The folder is the old one or the new.

    ``say`` is told what is happening. Raises: as :func:`run`.
    """
    from handrail.analysis import tables
    from handrail.commands import analyse_lock
    from handrail.commands.replacing_folder import replacing_folder, why_not_replace
    from handrail.exchange import protocol_file

    say("analysing the lock")
    faults = why_not_replace(out, mark=analyse_lock.RESULT)
    result = analyse_lock.analysed(lock, arms, key, seed, faults=faults)
    from handrail.reports import outcomes  # drawing is loaded only once there is something to draw

    under = protocol_file.load(lock / tables.PROTOCOL)
    with replacing_folder(out, mark=analyse_lock.RESULT) as folder:
        analyse_lock.write(folder, result)
        outcomes.write(result, under, folder, say=say)
    return out / PAGE
