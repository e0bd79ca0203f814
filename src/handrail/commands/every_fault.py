"""Gathers what is wrong with everything that was handed in, so that one run tells all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from handrail.domain.refusal import BadFile, Fault

Read = TypeVar("Read")


class EveryFault:
    """The faults found so far, in the order of looking."""

    def __init__(self, *found: Fault) -> None:
        self.found = list(found)

    def of(self, read: Callable[[], Read]) -> Read | None:
        """What ``read`` gives, or None when it was refused: its faults are kept, and the looking goes on."""
        try:
            return read()
        except BadFile as bad:
            self.found += bad.faults
            return None

    def insist(self) -> None:
        """Go on only if nothing was wrong. Raises: BadFile, with every fault."""
        if self.found:
            raise BadFile(tuple(dict.fromkeys(self.found)))
