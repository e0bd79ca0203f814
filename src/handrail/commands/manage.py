"""``handrail manage …``: Django's own management commands, and Handrail's due work."""

from __future__ import annotations

import argparse
import os
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whatever follows is Django's to read."""
    parser.add_argument("words", nargs=argparse.REMAINDER)


def run(arguments: argparse.Namespace) -> int:
    """Run one management command."""
    return run_words(arguments.words)


def run_words(words: list[str]) -> int:
    """Run one management command. Its own exit status is handed on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    from django.core.management import execute_from_command_line

    sys.argv[0] = "handrail manage"
    execute_from_command_line(["handrail manage", *words])
    return 0
