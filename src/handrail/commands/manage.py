"""``handrail manage …``: Django's own management commands, and Handrail's due work."""

from __future__ import annotations

import argparse
import os
from difflib import get_close_matches

from django.core.management import BaseCommand, ManagementUtility, get_commands

from handrail.domain.refusal import BadFile, Fault


class KnownCommands(ManagementUtility):
    """Django's commands; one that there is not is bad input, as any word is that is not known."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """The command of that name. Raises: BadFile."""
        known = get_commands()
        if subcommand not in known:
            near = get_close_matches(subcommand, known, n=1)
            mend = f"Did you mean {near[0]}? " if near else ""
            mend += "`handrail manage help` lists them"
            raise BadFile((Fault("handrail manage", 0, subcommand, "is no command", mend),))
        return super().fetch_command(subcommand)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whatever follows is Django's to read."""
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…")


def run(arguments: argparse.Namespace) -> int:
    """Run one management command, which ends the process itself when it fails.

    Raises:
        BadFile: when there is no such command, or a setting or the protocol is not what it should be.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    KnownCommands(["handrail manage", *arguments.words]).execute()
    return 0
