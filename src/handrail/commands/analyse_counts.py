"""``handrail analyse --counts A/N B/M``: two proportions compared in every way in common use."""

from __future__ import annotations

import re

from handrail.analysis import counts
from handrail.analysis.findings import Finding, FindingList, Frame
from handrail.analysis.proportions import TwoByTwo, why_not_use
from handrail.domain.refusal import BadFile, Fault

FRAME = Frame(
    outcome="the event counted",
    population="everybody counted",
    window="as counted",
    reference="the second arm",
    level=0.95,
)
COUNT = re.compile(r"(\d{1,9})/(\d{1,9})", re.ASCII)
MOST_PEOPLE = 100_000
MEND = "Write each arm as EVENTS/PEOPLE, for example 64/218 83/216"


def run(words: list[str], *, as_json: bool) -> None:
    """Print the findings, as JSON or as a table.

    Raises:
        BadFile: when the counts are malformed or cannot be compared.
    """
    found = counts.findings(table_of(words), FRAME)
    print(FindingList(found).to_json() if as_json else as_text(found), end="")


def table_of(words: list[str]) -> TwoByTwo:
    """The two-by-two table that the words say, the reference arm second.

    Raises:
        BadFile: with every fault, when the counts are malformed or cannot be compared.
    """
    pairs = [COUNT.fullmatch(word) for word in words]
    faults = [
        fault
        for word, pair, which in zip(words, pairs, ("the first arm", "the second arm"), strict=True)
        for fault in _faults_of(word, pair, which)
    ]
    if faults:
        raise BadFile(tuple(faults))
    return TwoByTwo(*(int(count) for pair in pairs if pair for count in pair.groups()))


def _faults_of(word: str, pair: re.Match[str] | None, which: str) -> list[Fault]:
    """Everything wrong with one arm's counts."""
    if pair is None:
        return [Fault("--counts", 0, word, "not a pair of counts", MEND)]
    events, people = int(pair[1]), int(pair[2])
    if people > MOST_PEOPLE:
        return [Fault("--counts", 0, word, f"more than {MOST_PEOPLE} people in an arm")]
    return [Fault("--counts", 0, word, r.sentence) for r in why_not_use(events, people, which)]


def as_text(found: tuple[Finding, ...]) -> str:
    """The findings as a table in plain text, with their notes underneath."""
    rows = [("", "estimate", "SE", "95% interval", "p")]
    for finding in found:
        interval = "" if finding.lower is None else f"{finding.lower:.5f} to {finding.upper:.5f}"
        numbers = (_number(finding.estimate), _number(finding.se), interval, _number(finding.p))
        rows.append((f"{finding.title}: {finding.method}", *numbers))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows]
    notes = [f"{finding.id}: {finding.note}" for finding in found if finding.note]
    scales = "SE is on the log scale for ratios, and on the scale of the estimate for differences."
    return "\n".join(line.rstrip() for line in (*lines, "", scales, *notes)) + "\n"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.5f}"
