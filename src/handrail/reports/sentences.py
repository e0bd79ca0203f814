"""Findings in words. Every number in a report's sentence comes from a finding through here."""

from __future__ import annotations

from dataclasses import replace

from handrail.analysis import rounding, wording
from handrail.analysis.findings import Finding
from handrail.analysis.wording import long_date as long_date
from handrail.analysis.wording import number as number


def capitalised(text: str) -> str:
    """A phrase as the start of a sentence."""
    return text[:1].upper() + text[1:]


def p_value(p: float | None) -> str:
    """A p value with its letter: ``p=0.0438``, ``p<0.0001``; blank when there is none."""
    if p is None:
        return ""
    shown = rounding.p_value(p)
    return f"p{shown}" if shown.startswith("<") else f"p={shown}"


def interval(finding: Finding, places: int = 2) -> str:
    """The interval with its level: ``95% CI 0.43 to 0.99``; blank when there is none."""
    if finding.lower is None or finding.upper is None:
        return ""
    return f"{wording.level_name(finding.level or 0.95)} {wording.interval(finding, places)}"


def estimate(finding: Finding, places: int = 2) -> str:
    """The estimate with interval and p: ``0.66 (95% CI 0.43 to 0.99; p=0.044)``."""
    inside = "; ".join(part for part in (interval(finding, places), p_value(finding.p)) if part)
    return wording.estimate(finding, places) + (f" ({inside})" if inside else "")


def percentage_points(finding: Finding) -> str:
    """A risk difference in percentage points, with interval and p."""
    in_points = replace(
        finding,
        estimate=None if finding.estimate is None else 100 * finding.estimate,
        lower=None if finding.lower is None else 100 * finding.lower,
        upper=None if finding.upper is None else 100 * finding.upper,
    )
    shown, _, inside = estimate(in_points, 1).partition(" (")
    return f"{shown} percentage points" + (f" ({inside}" if inside else "")


def direction(finding: Finding, *, fewer: str, more: str) -> str:
    """Which way the estimate lies, and whether the interval leaves it in doubt, in plain words."""
    neutral = rounding.neutral_of(finding.scale)
    if finding.estimate is None:
        return "No estimate could be made"
    leaning = fewer if finding.estimate < neutral else more
    if finding.estimate == neutral:
        return "There was no difference"
    if finding.lower is None or finding.upper is None:
        return leaning
    crosses = finding.lower <= neutral <= finding.upper
    return f"{leaning}, but the interval includes no difference" if crosses else leaning


def arms_apart(finding: Finding, arm: str, reference: str) -> str:
    """Which way readmission lies, the two arms named, harm called harm, and doubt called doubt."""
    return direction(
        finding,
        fewer=f"Fewer people were readmitted in “{arm}” than in “{reference}”",
        more=f"More people were readmitted in “{arm}” than in “{reference}”: the direction is harm",
    )


def provenance(finding: Finding) -> str:
    """What stands behind a number: window, population, n, events and method."""
    people = finding.population
    parts = [finding.window, people[:1].lower() + people[1:]]
    parts += [f"n={finding.n}"] if finding.n is not None else []
    parts += [f"{finding.events} events"] if finding.events is not None else []
    parts += [finding.method]
    parts += ["no interval"] if finding.lower is None and finding.upper is None else []
    return "; ".join(part for part in parts if part)
