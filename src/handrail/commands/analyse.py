"""``handrail analyse``: a locked data set, or four plain counts, to findings."""

from __future__ import annotations

import argparse
from pathlib import Path

from handrail.commands.words_given import Value, whole_number
from handrail.domain.refusal import BadFile, Fault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's words."""
    parser.add_argument("lock", nargs="?", type=Path, metavar="LOCK", help="folder written by the data lock")
    add_arm_words(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder to write the findings to")
    parser.add_argument(
        "--counts", nargs=2, metavar="EVENTS/PEOPLE", help="two arms as counts, the reference arm second"
    )
    parser.add_argument("--json", action="store_true", help="print findings as JSON (with --counts)")


def add_arm_words(parser: argparse.ArgumentParser) -> None:
    """Declare whose arms are analysed: those of the arm file, or shuffled ones."""
    parser.add_argument("--arms", type=Path, metavar="FILE", help="the lock's encrypted arm file")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the statistician's key to the arm file")
    parser.add_argument(
        "--scrambled",
        action=Value,
        reads=whole_number,
        metavar="SEED",
        help="rehearse on shuffled arms, without opening the arm file",
    )


def run(arguments: argparse.Namespace) -> int:
    """Analyse counts or a lock.

    Raises:
        BadFile: for counts, a lock, an arm file or words that cannot be used, or when neither the arms nor
            a rehearsal is asked for; nothing is written.
    """
    if arguments.counts is not None:
        _insist_on_counts_alone(arguments)
        from handrail.commands import analyse_counts

        analyse_counts.run(arguments.counts, as_json=arguments.json)
    else:
        from handrail.commands import analyse_lock

        analyse_lock.run(arguments)
    return 0


def _insist_on_counts_alone(arguments: argparse.Namespace) -> None:
    """Words about a lock do nothing beside ``--counts``, and a word that does nothing is a mistake."""
    given = {
        "LOCK": arguments.lock,
        "--arms": arguments.arms,
        "--key": arguments.key,
        "--scrambled": arguments.scrambled,
        "--out": arguments.out,
    }
    faults = tuple(
        Fault("handrail analyse", 0, name, "does not go with --counts", "Leave one of the two out")
        for name, value in given.items()
        if value is not None
    )
    if faults:
        raise BadFile(faults)
