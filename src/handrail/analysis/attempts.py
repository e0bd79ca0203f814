"""A number that cannot be worked out is still reported: as a finding without an estimate that says why."""

from __future__ import annotations

from collections.abc import Callable

from handrail.analysis.findings import Finding, Frame
from handrail.domain.refusal import Refused


def attempt(frame: Frame, finding_id: str, title: str, make: Callable[[], Finding]) -> Finding:
    """The finding, or, where a rule refuses to make it, one without numbers whose note gives the reasons."""
    try:
        return make()
    except Refused as refused:
        note = " ".join(reason.sentence for reason in refused.reasons)
        return frame.finding(finding_id, title, "not estimated", "", note=note)


def attempt_all(
    frame: Frame, finding_id: str, title: str, make: Callable[[], tuple[Finding, ...]]
) -> tuple[Finding, ...]:
    """A group of findings, or one finding of this id that gives the reasons why there are none."""
    try:
        return make()
    except Refused as refused:
        note = " ".join(reason.sentence for reason in refused.reasons)
        return (frame.finding(finding_id, title, "not estimated", "", note=note),)
