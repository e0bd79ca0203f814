"""``handrail analyse``: a locked data set, or four plain counts, to findings."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's words."""
    parser.add_argument("lock", nargs="?", type=Path, metavar="LOCK", help="folder written by the data lock")
    parser.add_argument("--arms", type=Path, metavar="FILE", help="the lock's encrypted arm file")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the statistician's key to the arm file")
    parser.add_argument(
        "--scrambled",
        type=int,
        metavar="SEED",
        help="rehearse on shuffled arms, without opening the arm file",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder to write the findings to")
    parser.add_argument(
        "--counts", nargs=2, metavar="EVENTS/PEOPLE", help="two arms as counts, the reference arm second"
    )
    parser.add_argument("--json", action="store_true", help="print findings as JSON (with --counts)")


def run(arguments: argparse.Namespace) -> int:
    """Analyse counts or a lock.

    Raises:
        BadFile: for counts, a lock, an arm file or words that cannot be used; nothing is written.
        Refused: when neither the arms nor a rehearsal is asked for.
    """
    if arguments.counts is not None:
        from handrail.commands import analyse_counts

        analyse_counts.run(arguments.counts, as_json=arguments.json)
    else:
        from handrail.commands import analyse_lock

        analyse_lock.run(arguments)
    return 0
