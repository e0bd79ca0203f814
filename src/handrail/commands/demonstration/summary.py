"""What a demonstration says at its end, and again when it is asked for and already there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handrail.analysis import rounding

if TYPE_CHECKING:  # what is read again later needs neither Django nor numpy
    from handrail.commands.demonstration.arrangement import Plan
    from handrail.commands.demonstration.finish import Ending

FILE = "demonstration.txt"
FINDINGS = "findings.json"
FILES = (FILE, "accounts.txt")
HOME = "{home}"  # stands for the folder, so that the text is right wherever it ends up


def text(plan: Plan, ending: Ending, stage: Path, *, seconds: float) -> str:
    """Key figures beside the published ones, and where everything is."""
    findings = json.loads((ending.report.parent / FINDINGS).read_text(encoding="utf-8"))
    how = (
        "arranged to print the published figures"
        if plan.is_arranged
        else f"drawn by chance with an odds ratio of {plan.odds_ratio:g}"
    )
    lines = [
        f"Seed {plan.seed}, {plan.people} people entered. Everybody is synthetic: {how}.",
        *_arms(findings),
        *_figures(findings),
        f"Played in {seconds:.0f} seconds.",
        f"Lock:   {_inside(ending.lock, stage)}",
        f"Report: {_inside(ending.report, stage)}",
        f"        {_inside(ending.report.with_name('report.pdf'), stage)}",
    ]
    return "\n".join(lines) + "\n"


def _inside(path: Path, stage: Path) -> str:
    return f"{HOME}/{path.relative_to(stage)}"


def _arms(findings: dict[str, Any]) -> list[str]:
    counts = [f"{arm['title']}: {arm['count']}" for arm in findings["arms"]]
    return ["Entered   " + "; ".join(counts)]


def _figures(findings: dict[str, Any]) -> list[str]:
    """Each published figure that one of ours stands beside."""
    by_id = {finding["id"]: finding for finding in findings["findings"]}
    rows = [("Figure", "Here", "Published")]
    for figure in findings["published"]:
        ours = by_id.get(figure["finding_id"])
        if ours is not None:
            rows.append((figure["title"], _number(ours), _number(figure)))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _number(found: dict[str, Any]) -> str:
    """An estimate, with its interval and p value where it has them."""
    estimate, lower, upper = found["estimate"], found["lower"], found["upper"]
    if estimate is None:
        return "none"
    if lower is None or upper is None:
        return f"{estimate:g}" if float(estimate).is_integer() else f"{estimate:.2f}"
    scale = (
        found.get("scale") or found["code"]
    )  # a paper's figure has no scale, but a code that ends like one
    places = rounding.places((lower, upper), rounding.neutral_of(scale), 2)
    limits = f"{lower:.{places}f} to {upper:.{places}f}"
    return f"{estimate:.{places}f} ({limits}{_p(found.get('p'))})"


def _p(p: float | None) -> str:
    if p is None:
        return ""
    shown = rounding.p_value(p)
    return f"; p{shown}" if shown.startswith("<") else f"; p={shown}"


def read(home: Path) -> str:
    """What the demonstration in this home said, and the ways in; nothing where there is none."""
    parts = [path.read_text(encoding="utf-8") for name in FILES if (path := home / name).exists()]
    return "\n".join(parts).replace(HOME, str(home))
