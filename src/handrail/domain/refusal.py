"""The only way a rule says no.

A rule that may refuse an act is called ``why_not_<verb>`` and returns a tuple of reasons, empty when
the act may go ahead. An action hands that tuple to :func:`insist`; a page lists the same reasons in
place of the button. So the button and the act can never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass

from handrail.domain.words import Because


@dataclass(frozen=True)
class Reason:
    """One reason for a refusal: a coded word, and at most one value to put into its sentence."""

    code: Because
    about: str = ""

    @property
    def sentence(self) -> str:
        """What a person reads. The words live in :mod:`handrail.domain.words`, never in an exception."""
        return self.code.sentence.replace("{about}", self.about)


Reasons = tuple[Reason, ...]


class Refused(Exception):
    """A rule said no. Nothing was written."""

    def __init__(self, reasons: Reasons) -> None:
        super().__init__("; ".join(reason.code.value for reason in reasons))
        self.reasons = reasons


class NotFound(Exception):
    """It does not exist, or it is not yours: the answer is the same, so that neither can be told."""


class Conflict(Exception):
    """Somebody was quicker. Nothing was written; look again and decide."""


@dataclass(frozen=True)
class Fault:
    """One fault in something handed in: where it is, what is wrong, and what to do about it.

    ``line`` and ``column`` count from 1; 0 where the fault belongs to the whole file. A Parquet file has
    no lines: there ``line`` is the number of the row.
    """

    file: str
    line: int
    column: str
    problem: str
    mend: str = ""

    def __str__(self) -> str:
        unit = "row" if self.file.lower().endswith(".parquet") else "line"
        place = f"{self.file} {unit} {self.line}" if self.line else self.file
        field = f": {self.column}" if self.column else ""
        mend = f". {self.mend}" if self.mend else ""
        return visible(f"{place}{field}: {self.problem}{mend}")


def visible(text: str) -> str:
    """The text on one line, with whatever a terminal would obey, or not show, written as its code.

    What stands in somebody's file is repeated in faults: it must not move the cursor, colour the screen
    or turn the direction of writing.
    """
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


class BadFile(Exception):
    """A file was refused whole, with every fault listed, and nothing was written."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def insist(reasons: Reasons) -> None:
    """Go on only if there is no reason not to.

    Raises:
        Refused: when there is at least one reason.
    """
    if reasons:
        raise Refused(reasons)


def only(*pairs: tuple[bool, Because | Reason]) -> Reasons:
    """Keep the reasons whose condition holds, in the order given."""
    return tuple(
        because if isinstance(because, Reason) else Reason(because) for holds, because in pairs if holds
    )
