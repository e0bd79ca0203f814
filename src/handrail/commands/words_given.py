"""The words of a command line: everything wrong with them is told at once, and how to mend it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from handrail.domain.refusal import Fault


class Unusable(ValueError):
    """A value that a word cannot have: the problem, and the mend."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem, mend)
        self.problem, self.mend = problem, mend


class Words(argparse.ArgumentParser):
    """A parser that goes on after a value that cannot be used, and ends with everything that is wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.faults: list[Fault] = []

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As in the library; but words that are not known are refused here, with all else that is wrong."""
        self.faults = []
        found, strange = super().parse_known_args(args, namespace)
        if strange:
            self.error(f"unrecognized arguments: {' '.join(strange)}")
        if self.faults:
            self._end([])
        return found, strange

    def error(self, message: str) -> NoReturn:
        """End with status 2, with this fault and those found before it."""
        self._end([f"{self.prog}: {message}. `{self.prog} --help` says what it takes"])

    def _end(self, more: Sequence[str]) -> NoReturn:
        self.exit(2, "\n".join((self.format_usage().rstrip(), *map(str, self.faults), *more, "")))


class Value(argparse.Action):
    """A word whose value is read by ``reads``, which raises :class:`Unusable`."""

    def __init__(self, *args: Any, reads: Callable[[str], object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reads = reads

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: Any = None
    ) -> None:
        """Keep what was read, or what is wrong with it."""
        try:
            setattr(namespace, self.dest, self.reads(values))
        except Unusable as wrong:
            fault = Fault(parser.prog, 0, option or self.dest, wrong.problem, wrong.mend)
            if not isinstance(parser, Words):
                raise argparse.ArgumentError(self, str(fault)) from None
            parser.faults.append(fault)


def whole_number(text: str) -> int:
    """A whole number. Raises: Unusable."""
    try:
        return int(text)
    except ValueError:
        raise Unusable(f"{text!r} is not a whole number", "Write digits alone, such as 441") from None
