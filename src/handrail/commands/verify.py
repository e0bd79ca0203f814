"""``handrail verify``: is everything as it was made?

The ledger's chain against heads kept elsewhere, the draws, and what the installation is; with
``--lock DIR``, a lock's hashes instead.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from handrail.domain.refusal import BadFile, Fault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    parser.add_argument(
        "--lock",
        type=Path,
        metavar="DIR",
        help="check a locked data set instead of the ledger: every file's hash",
    )
    parser.add_argument(
        "--anchors",
        type=Path,
        metavar="DIR",
        help="where heads were kept, if not in the installation's own folder",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check, and say what was found: 0 when all is whole, 1 when something was changed.

    Raises:
        BadFile: when a lock is not as it was made, or the file of kept heads cannot be read.
    """
    if arguments.lock:
        return _lock(arguments.lock)
    from handrail.commands.starting import insist_installed, start_django

    start_django()
    insist_installed()
    checks = (_ledger(arguments.anchors), _draws(), _installation())
    return max(checks)


def _lock(folder: Path) -> int:
    from handrail.analysis import tables

    lock = tables.read(folder)  # refuses, with every fault
    print(f"{folder.name}: {len(lock.tables)} tables and the protocol are as they were locked")
    arms = folder.with_name(folder.name + ".arms.age")
    if not arms.is_file():
        print(f"{arms.name}: not beside the lock, so not checked")
    elif hashlib.sha256(arms.read_bytes()).hexdigest() != lock.arm_file_hash:
        mend = "Bring the file back that was made with this lock"
        raise BadFile((Fault(arms.name, 0, "", "is not the file that the manifest names", mend),))
    else:
        print(f"{arms.name}: as it was sealed")
    return 0


def _ledger(folder: Path | None) -> int:
    from django.conf import settings

    from handrail.records.audit import anchor, facts

    place = folder or settings.ANCHOR_FOLDER
    kept = anchor.kept_heads(place)
    report = facts.verify_chain(kept)
    for fault in report.faults:
        print(f"ledger: {fault}", file=sys.stderr)
    if report.faults:
        return 1
    print(f"ledger: {report.line_count} lines, each follows the one before it; head {report.head_hash}")
    if not kept:
        print(
            f"warning: no head was kept in {place}, so a cut end would not show. Run: handrail manage anchor"
        )
        return 0
    print(f"{len(kept)} kept heads agree; the latest at line {max(head.line_count for head in kept)}")
    return 0


def _draws() -> int:
    """Nobody was given another's slot, and nobody who was randomised is gone."""
    from handrail.domain.words import Event
    from handrail.records.allocation import facts as allocation
    from handrail.records.audit import facts as audit

    drawn, changed = allocation.drawn_entries(), allocation.unproved_draws()
    gone = len(audit.told_about(Event.RANDOMISED) - drawn)
    for number in changed:
        print(f"draw of {number}: is not the one that was made, or is gone", file=sys.stderr)
    if gone:
        print(f"draws: the ledger tells of {gone} that are not in the database", file=sys.stderr)
    if changed or gone:
        return 1
    print(f"draws: {len(drawn)}, each as it was made")
    return 0


def _installation() -> int:
    """Whether people are real or synthetic was settled once, and is in the ledger's first line."""
    from handrail.records.accounts import facts as accounts

    if not accounts.is_as_made():
        print("installation: is not what the ledger says was set up", file=sys.stderr)
        return 1
    print(f"installation: {'synthetic' if accounts.is_synthetic() else 'real'}, as it was set up")
    return 0
