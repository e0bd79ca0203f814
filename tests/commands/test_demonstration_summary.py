"""What a demonstration says at its end: figures beside the published ones, none rounded away."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from handrail.commands.demonstration import summary


def told(folder: Path, **ours: Any) -> str:
    """The summary of a demonstration with one figure."""
    finding = {"id": "x", "scale": "odds ratio", "estimate": 0.764, "lower": 0.585, "upper": 0.95, "p": 0.02}
    paper = {"code": "odds_ratio", "title": "A ratio", "finding_id": "x", "estimate": 0.66}
    findings = {
        "arms": [],
        "findings": [finding | ours],
        "published": [paper | {"lower": 0.43, "upper": 0.99, "p": 0.0438}],
    }
    (folder / "findings.json").write_text(json.dumps(findings))
    plan = SimpleNamespace(seed=1, people=40, is_arranged=True, odds_ratio=1.0)
    ending = SimpleNamespace(report=folder / "index.html", pdf=folder / "report.pdf", lock=folder / "lock")
    return summary.text(plan, ending, folder, seconds=3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "shown"),
    [
        ({"p": 1e-9}, "0.76 (0.58 to 0.95; p<0.0001)"),
        ({"upper": 0.997, "p": 0.0476}, "0.764 (0.585 to 0.997; p=0.0476)"),
        ({"scale": "points", "lower": -0.004, "p": None}, "0.764 (-0.004 to 0.950)"),
    ],
)
def test_no_p_value_is_nought_and_no_limit_is_rounded_onto_no_difference(
    tmp_path: Path, ours: dict[str, Any], shown: str
) -> None:
    line = next(line for line in told(tmp_path, **ours).splitlines() if line.startswith("A ratio"))
    assert shown in line
    assert "0.66 (0.43 to 0.99; p=0.0438)" in line
