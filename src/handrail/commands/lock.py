"""``handrail lock``: write this installation's locked data, and the arm file for the statistician alone."""

from __future__ import annotations

import argparse
from pathlib import Path
from uuid import UUID

from handrail.commands.every_fault import EveryFault
from handrail.domain.refusal import BadFile, Fault, Reason, Refused
from handrail.domain.words import Because


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's words."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new folder for the locked tables")
    parser.add_argument("--by", required=True, metavar="EMAIL", help="the trial manager who locks the data")
    parser.add_argument(
        "--statistician-key", type=Path, metavar="FILE", help="public key (default: the one given at set-up)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Lock the data: all of it, or nothing. Outcomes are first worked out again from the latest records.

    Raises:
        Refused: with every reason, such as people whose outcome waits for a decision.
        BadFile: when there is no installation, or the key or the trial manager cannot be found.
    """
    from handrail.commands import starting

    starting.start_django()
    starting.insist_installed()
    from django.conf import settings
    from django.db import transaction

    from handrail.journey import gather, lock
    from handrail.records.accounts import facts as accounts
    from handrail.records.audit import anchor

    every = EveryFault()
    by = every.of(lambda: _trial_manager(arguments.by))
    key = every.of(lambda: _recipient(arguments.statistician_key or settings.STATISTICIAN_KEY_FILE))
    every.insist()
    assert by is not None and key is not None
    at, under = starting.installation_now(), settings.PROTOCOL
    try:
        with transaction.atomic():  # interrupted, it leaves no line of linking either
            gather.link(under=under.outcome, by=by, at=at)
            folder = lock.freeze(
                arguments.folder,
                under=under,
                protocol_file=settings.PROTOCOL_FILE,
                recipient=key,
                label="synthetic" if accounts.is_synthetic() else "",
                by=by,
                at=at,
            )
    except Refused:  # the adjudicator must see whom the latest records leave undecided
        gather.link(under=under.outcome, by=by, at=at)
        raise
    anchor.keep_head(settings.ANCHOR_FOLDER, at=at)
    print(f"Locked into {folder}. The arm file beside it opens only with the statistician's key.")
    return 0


def _recipient(path: Path) -> str:
    """The statistician's public key in a file. Raises: BadFile, before anything is worked out."""
    from handrail.commands.installation import read_bytes
    from handrail.exchange import sealed_file

    key = read_bytes(path, word="--statistician-key").decode("utf-8", "replace").strip()
    if not sealed_file.is_recipient(key):
        raise BadFile((Fault(path.name, 0, "--statistician-key", Reason(Because.RECIPIENT_WRONG).sentence),))
    return key


def _trial_manager(email: str) -> UUID:
    from handrail.domain.words import Role
    from handrail.records.accounts import facts as accounts

    for one in accounts.accounts(role=Role.TRIAL_MANAGER, is_active=True):
        if one.email == accounts.normal_email(email):
            return one.id
    fault = Fault("handrail lock", 0, "--by", f"{email} is no active trial manager", "Check the address")
    raise BadFile((fault,))
