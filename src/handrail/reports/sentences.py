"""Findings in words. Every number in a report's sentence comes from a finding through here."""

from __future__ import annotations

from datetime import date, datetime

from handrail.analysis.findings import Finding

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(day: date | datetime) -> str:
    """A date as people read it: ``12 March 2014``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def capitalised(text: str) -> str:
    """A phrase as the start of a sentence."""
    return text[:1].upper() + text[1:]


def p_value(p: float | None) -> str:
    """A p value to two significant figures, three places at most; blank when there is none."""
    if p is None:
        return ""
    if p < 0.0001:
        return "p<0.0001"
    return f"p={p:.4f}" if p < 0.1 else f"p={p:.2f}"


def number(value: float | None, places: int = 2) -> str:
    """A number to so many places with a true minus sign; an en dash when there is none."""
    return "–" if value is None else f"{value:.{places}f}".replace("-", "−")


def interval(finding: Finding, places: int = 2) -> str:
    """The interval with its level: ``95% CI 0.43 to 0.99``; blank when there is none."""
    if finding.lower is None or finding.upper is None:
        return ""
    level = 100 * (finding.level or 0.95)
    return f"{level:g}% CI {number(finding.lower, places)} to {number(finding.upper, places)}"


def estimate(finding: Finding, places: int = 2) -> str:
    """The estimate with interval and p: ``0.66 (95% CI 0.43 to 0.99; p=0.044)``."""
    inside = "; ".join(part for part in (interval(finding, places), p_value(finding.p)) if part)
    return number(finding.estimate, places) + (f" ({inside})" if inside else "")


def percentage_points(finding: Finding) -> str:
    """A risk difference in percentage points, with interval and p."""
    inside = []
    if finding.lower is not None and finding.upper is not None:
        level = 100 * (finding.level or 0.95)
        inside.append(f"{level:g}% CI {number(100 * finding.lower, 1)} to {number(100 * finding.upper, 1)}")
    inside.extend([p_value(finding.p)] if finding.p is not None else [])
    points = f"{number(100 * (finding.estimate or 0), 1)} percentage points"
    return f"{points} ({'; '.join(inside)})" if inside else points


def direction(finding: Finding, *, fewer: str, more: str) -> str:
    """Which way the estimate lies, and whether the interval leaves it in doubt, in plain words."""
    neutral = 1.0 if finding.scale.endswith("ratio") else 0.0
    if finding.estimate is None:
        return "No estimate could be made"
    leaning = fewer if finding.estimate < neutral else more
    if finding.estimate == neutral:
        return "There was no difference"
    if finding.lower is None or finding.upper is None:
        return leaning
    crosses = finding.lower <= neutral <= finding.upper
    return f"{leaning}, but the interval includes no difference" if crosses else leaning


def provenance(finding: Finding) -> str:
    """What stands behind a number: window, population, n, events and method."""
    parts = [finding.window, finding.population]
    parts += [f"n={finding.n}"] if finding.n is not None else []
    parts += [f"{finding.events} events"] if finding.events is not None else []
    parts += [finding.method]
    return "; ".join(part for part in parts if part)
