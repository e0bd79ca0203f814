"""``handrail picture``: a photograph in, the same picture drawn again out, with nothing hidden in it.

The site calls it as a child process: whatever a stranger's file does to the reader, it does there.
"""

from __future__ import annotations

import argparse
import sys


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing to declare: both come and go through pipes."""


def run(_arguments: argparse.Namespace) -> int:
    """Draw it again. Raises: BadFile, when it is no picture, or too large."""
    from handrail.domain.picture import MOST_MEGABYTES
    from handrail.exchange.picture_file import redrawn

    sys.stdout.buffer.write(redrawn(sys.stdin.buffer.read(MOST_MEGABYTES * 1_000_000 + 1)))
    return 0
