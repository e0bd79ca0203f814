"""``handrail manage …``: Django's own management commands, and Handrail's due work."""

from __future__ import annotations

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whatever follows is Django's to read."""
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…")


def run(arguments: argparse.Namespace) -> int:
    """Run one management command, which ends the process itself when it fails.

    Raises:
        BadFile: when a setting or the protocol is not what it should be.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["handrail manage", *arguments.words])
    return 0
