"""Runs one of our own commands in a child process with limits, so that heavy work cannot harm the site."""

from __future__ import annotations

import logging
import resource
import subprocess
import sys
from collections.abc import Sequence

MEMORY = 4 * 1024**3
log = logging.getLogger(__name__)
STRANGE = 70  # what is told of a child that took too long


def run(words: Sequence[str], *, seconds: int, given: bytes = b"") -> tuple[int, bytes]:
    """Run ``handrail`` with these words; its exit status and what it wrote on standard output.

    ``given`` goes in on standard input. A child that takes longer than ``seconds`` is stopped and told as 70.
    A failure is logged by its numbers only: what the child said may hold somebody's words.
    """

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves no file with somebody's words

    command = [sys.executable, "-m", "handrail.commands.console", *words]
    try:
        done = subprocess.run(  # noqa: S603  (our own command; whatever somebody typed is one argument)
            command, input=given, capture_output=True, timeout=seconds, preexec_fn=limit, check=False
        )
    except subprocess.TimeoutExpired:
        log.warning("A child process was stopped after %d seconds", seconds)
        return STRANGE, b""
    if done.returncode:
        log.warning("A child process ended with %d after %d bytes", done.returncode, len(done.stdout))
    return done.returncode, done.stdout
