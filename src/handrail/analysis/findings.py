"""What an analysis hands on: findings, tables, curves and the flow of people, as frozen values.

This is the one documented form (``docs/reference/findings.md``). The report reads it and never computes.
Later versions add keys and never rename or remove one. ``None`` means that there is no such number.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from handrail.analysis import json_form

FORM = "handrail findings 1"
REHEARSAL = "REHEARSAL ON SCRAMBLED ARMS"
NOBODY = "There is nobody to describe."
A_COUNT = "No interval: a count."
A_TEST = "No interval: a test alone."
TOO_FEW = "No interval: too few people to give one."


@dataclass(frozen=True)
class Finding:
    """One number that an analysis stands behind, with everything needed to judge it.

    ``estimate``, ``lower`` and ``upper`` are on ``scale``; ``se`` is on ``se_scale`` (the odds ratio's is on
    the log odds). ``n`` people were in the analysis, of whom ``events`` had the event. ``window`` says over
    what time; ``reference`` is the title of the arm compared with; ``arm`` is the code of the one arm
    described, and blank for a comparison.
    """

    id: str
    outcome: str
    population: str
    window: str
    method: str
    scale: str
    estimate: float | None = None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    p: float | None = None
    n: int | None = None
    events: int | None = None
    level: float | None = None
    reference: str = ""
    title: str = ""
    se_scale: str = ""
    arm: str = ""
    note: str = ""


@dataclass(frozen=True)
class Frame:
    """The words that a group of findings share: what, in whom, over what time, against which arm."""

    outcome: str
    population: str
    window: str
    reference: str
    level: float

    def finding(self, finding_id: str, title: str, method: str, scale: str, **numbers: Any) -> Finding:
        """A finding in this frame; ``numbers`` are any other keys of :class:`Finding`.

        The level is left out where there is no interval. A number that there is none of always has a note,
        and so has a number without an interval.
        """
        shared = dataclasses.asdict(self) | numbers
        if shared.get("lower") is None and shared.get("upper") is None:
            shared["level"] = None
            if shared.get("estimate") is not None:
                plainly = A_COUNT if method == "count" else TOO_FEW if shared.get("p") is None else A_TEST
                shared["note"] = f"{shared.get('note', '')} {plainly}".strip()
        if shared.get("estimate") is None and not shared.get("note"):
            shared["note"] = NOBODY
        return Finding(id=finding_id, title=title, method=method, scale=scale, **shared)


@dataclass(frozen=True)
class DisplayTable:
    """A table already in words and formatted numbers: a report prints it and never computes.

    The first column is the row's heading. ``note`` stands under the table: denominators, window, method.
    """

    code: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class CurveArm:
    """One arm's step curve: from ``days[i]`` on, the share is ``survival[i]``. It starts at day 0 and 1.

    ``lower`` and ``upper`` are pointwise limits (none where they cannot be worked out: before the first
    event). ``at_risk``, ``events_by`` and ``survival_at`` belong to the curve's ``risk_days``.
    """

    arm: str
    title: str
    n: int
    events: int
    days: tuple[int, ...]
    survival: tuple[float, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    at_risk: tuple[int, ...]
    events_by: tuple[int, ...]
    survival_at: tuple[float, ...]


@dataclass(frozen=True)
class Curve:
    """Time to an event by arm, with numbers at risk on chosen days (``risk_days``; entry is day 0)."""

    code: str
    title: str
    outcome: str
    window: str
    method: str
    level: float
    risk_days: tuple[int, ...]
    arms: tuple[CurveArm, ...]


@dataclass(frozen=True)
class Count:
    """How many, under one coded word and its label in plain words."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class FlowArm:
    """One arm's column of the flow. ``received`` is none where delivery is not shown (a rehearsal).

    ``received_unknown`` is of how many in the arm nobody knows whether they received it. ``stopped`` people
    said no to the programme between entry and the lock: none in a rehearsal, as only the arm file knows.
    """

    arm: str
    title: str
    allocated: int
    received: int | None
    received_label: str
    lost: tuple[Count, ...]
    analysed: int
    analysed_label: str
    received_unknown: int | None = None
    stopped: int | None = None


@dataclass(frozen=True)
class Flow:
    """The people, from referral to analysis, in the boxes of a CONSORT diagram.

    ``assessed`` = ``randomised`` + the counts of ``excluded`` + ``pending`` (still on the way at the lock).
    ``first_entry_on`` and ``last_entry_on`` are the actual days (ISO), blank where nobody entered.
    """

    assessed: int
    excluded: tuple[Count, ...]
    pending: int
    randomised: int
    arms: tuple[FlowArm, ...]
    first_entry_on: str = ""
    last_entry_on: str = ""


@dataclass(frozen=True)
class ArmName:
    """An arm as the protocol names it, in the protocol's order; the reference arm comes last."""

    code: str
    title: str
    is_reference: bool
    count: int


@dataclass(frozen=True)
class ProtocolStamp:
    """Which protocol was followed: its title, version and the SHA-256 of its file."""

    title: str
    version: str
    file_hash: str
    short_title: str = ""
    registration: str = ""


@dataclass(frozen=True)
class LockStamp:
    """Which lock was analysed: when it was made (ISO, UTC), the hash of its tables, and its label, if any."""

    locked_at: str
    table_hash: str
    label: str


@dataclass(frozen=True)
class Published:
    """A figure that a paper printed, and the id of our own finding to set beside it (blank if none)."""

    code: str
    title: str
    estimate: float
    lower: float | None
    upper: float | None
    p: float | None
    source: str
    finding_id: str


@dataclass(frozen=True)
class AnalysisResult:
    """Everything one analysis found: the content of ``findings.json``.

    ``notices`` must be shown wherever a number of this result is shown (a rehearsal; synthetic people).
    ``seed`` is the rehearsal's seed, or none; ``tables`` and ``findings`` are looked up by code and id.
    """

    arms: tuple[ArmName, ...]
    protocol: ProtocolStamp
    lock: LockStamp
    is_scrambled: bool
    seed: int | None
    notices: tuple[str, ...]
    findings: tuple[Finding, ...]
    tables: tuple[DisplayTable, ...]
    curves: tuple[Curve, ...]
    flow: Flow
    limits: tuple[str, ...]
    published: tuple[Published, ...]
    deviations: tuple[Count, ...]
    form: str = FORM

    def finding(self, finding_id: str) -> Finding:
        """The finding of this id. Raises: KeyError."""
        return {finding.id: finding for finding in self.findings}[finding_id]

    def table(self, code: str) -> DisplayTable:
        """The table of this code. Raises: KeyError."""
        return {table.code: table for table in self.tables}[code]

    def to_json(self) -> str:
        """The documented JSON form: the same result always gives the same bytes."""
        return json_form.write(self)

    @classmethod
    def from_json(cls, text: str) -> AnalysisResult:
        """Read the documented JSON form, ignoring keys added later. Raises: ValueError."""
        return json_form.read(text, cls)


@dataclass(frozen=True)
class FindingList:
    """Findings alone, as ``handrail analyse --counts --json`` prints them."""

    findings: tuple[Finding, ...]

    def to_json(self) -> str:
        """The documented JSON form."""
        return json_form.write(self)
