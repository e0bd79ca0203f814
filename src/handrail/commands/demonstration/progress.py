"""Says what is happening and how long is left: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO

WIDTH = 28
BETWEEN_DRAWINGS = 0.1  # seconds, on a terminal
BETWEEN_LINES = 10  # per cent, elsewhere


class Progress:
    """Work done out of work expected, in units of about equal length.

    Units are guesses at seconds on a slow machine; only their proportions matter.
    """

    def __init__(self, total: float, *, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._is_terminal = self._out.isatty()
        self._total, self._done = total, 0.0
        self._began = self._drawn_at = time.monotonic()
        self._told = float(-BETWEEN_LINES)
        self._last_length = 0

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.monotonic() - self._began

    def went(self, units: float, saying: str) -> None:
        """So much more is done, and this is happening now."""
        self._done = min(self._done + units, self._total)
        if self._is_terminal:
            self._draw(saying)
        else:
            self._tell(saying)

    def close(self) -> None:
        """End the bar's line."""
        if self._is_terminal:
            self._out.write("\r" + " " * self._last_length + "\r")
            self._out.flush()

    def _left(self) -> str:
        share = self._done / self._total
        if share < 0.02:
            return ""
        return f"{max(self.seconds * (1 / share - 1), 0):.0f} s left"

    def _draw(self, saying: str) -> None:
        now = time.monotonic()
        if now - self._drawn_at < BETWEEN_DRAWINGS:
            return
        self._drawn_at = now
        share = self._done / self._total
        bar = "█" * round(WIDTH * share) + "░" * (WIDTH - round(WIDTH * share))
        line = f"{bar} {share:4.0%}  {saying}  {self._left()}"
        self._out.write("\r" + line.ljust(self._last_length))
        self._out.flush()
        self._last_length = len(line)

    def _tell(self, saying: str) -> None:
        percent = 100 * self._done / self._total
        if percent >= self._told + BETWEEN_LINES:
            self._told = percent
            self._out.write(f"{percent:3.0f}%  {saying}  {self._left()}\n")
            self._out.flush()
