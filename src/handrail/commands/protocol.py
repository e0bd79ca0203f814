"""``handrail protocol check FILE`` and ``handrail protocol show FILE``."""

from __future__ import annotations

import argparse
from pathlib import Path

from handrail.exchange import protocol_file, protocol_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    acts = parser.add_subparsers(dest="act", metavar="check|show", required=True)
    check = acts.add_parser("check", help="name every fault by key and line, with how to mend it")
    show = acts.add_parser("show", help="print the protocol as a person would read it")
    for act in (check, show):
        act.add_argument("file", type=Path, metavar="FILE", help="a protocol file (TOML)")


def run(arguments: argparse.Namespace) -> int:
    """Check the file, and show it when asked.

    Raises:
        BadFile: with every fault; the console prints them and exits with status 2.
    """
    protocol = protocol_file.load(arguments.file)
    if arguments.act == "show":
        print(protocol_text.as_text(protocol), end="")
    else:
        print(f"{arguments.file.name}: no faults")
    return 0
