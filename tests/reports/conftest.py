"""A small hand-made result, with numbers that could not come from anywhere else."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from handrail.analysis.findings import (
    AnalysisResult,
    ArmName,
    Count,
    Curve,
    CurveArm,
    DisplayTable,
    Finding,
    Flow,
    FlowArm,
    LockStamp,
    ProtocolStamp,
    Published,
)
from handrail.domain.protocol import Protocol
from handrail.exchange.protocol_file import load

WINDOW, PEOPLE = "days 1 to 365 from entry", "outcome known"


def found(finding_id: str, scale: str, estimate: float, lower: float, upper: float, p: float) -> Finding:
    """A finding on 434 people with 147 events."""
    return Finding(
        finding_id, "readmission", PEOPLE, WINDOW, "logistic regression", scale,
        estimate=estimate, lower=lower, upper=upper, p=p, n=434, events=147, level=0.95,
    )  # fmt: skip


def one_arm(code: str, title: str, lost: int) -> FlowArm:
    """One column of the flow diagram."""
    return FlowArm(
        code, title, 221, 200, "Met a peer worker", (Count("x", "Moved away", lost),), 218, "Analysed"
    )


def curve_arm(code: str, title: str, last: float) -> CurveArm:
    """One arm's curve in two steps."""
    return CurveArm(
        code, title, 218, 64, (0, 30, 200), (1.0, 0.9, last), (None, 0.85, last - 0.06),
        (None, 0.94, last + 0.06), (218, 190, 150), (0, 20, 64), (1.0, 0.9, last),
    )  # fmt: skip


@pytest.fixture
def protocol() -> Protocol:
    """The CORE protocol as shipped."""
    return load(Path(str(files("handrail.protocols") / "core.toml")))


@pytest.fixture
def result() -> AnalysisResult:
    """A result with a primary finding, a curve, a flow and one table."""
    arms = (ArmName("one", "Arm one", False, 221), ArmName("two", "Arm two", True, 220))
    curve = Curve(
        "readmission", "Time to first readmission", "readmission", WINDOW, "Kaplan–Meier", 0.95,
        (0, 180, 365), (curve_arm("one", "Arm one", 0.7), curve_arm("two", "Arm two", 0.6)),
    )  # fmt: skip
    return AnalysisResult(
        arms=arms,
        protocol=ProtocolStamp("A trial", "9", "ab" * 32),
        lock=LockStamp("2017-01-31T12:00:00+00:00", "cd" * 32, "synthetic"),
        is_scrambled=False,
        seed=None,
        notices=("The people are synthetic.",),
        findings=(found("readmission_or_adjusted", "odds ratio", 0.6612, 0.4401, 0.9934, 0.0464),),
        tables=(DisplayTable("primary", "Primary", ("Arm", "n"), (("Arm one", "218"),), "Known only"),),
        curves=(curve,),
        flow=Flow(
            600,
            (Count("declined", "Declined", 159),),
            0,
            441,
            (one_arm("one", "Arm one", 3), one_arm("two", "Arm two", 4)),
        ),
        limits=("Wide intervals.",),
        published=(
            Published("or", "Odds ratio", 0.66, 0.43, 0.99, 0.0438, "a paper", "readmission_or_adjusted"),
        ),
        deviations=(),
    )  # fmt: skip


@pytest.fixture
def harmful(result: AnalysisResult) -> AnalysisResult:
    """The same trial with the sign the other way round."""
    harm = found("readmission_or_adjusted", "odds ratio", 1.62, 1.08, 2.4, 0.02)
    return replace(result, findings=(harm,))
