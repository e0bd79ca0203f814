"""Numbers as a table shows them: one way of writing each kind, with a true minus sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from handrail.analysis import means, rounding
from handrail.analysis.findings import Finding, Frame

NONE = "–"
NOT_SHOWN = "not shown in a rehearsal"
ONLY_COUNTED = "Counts, and shares that describe: no interval."
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def long_date(day: date | datetime) -> str:
    """A date as people read it: ``12 March 2014``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def number(value: float | None, places: int = 2) -> str:
    """A number to so many places; a dash when there is none."""
    if value is None:
        return NONE
    text = f"{value:.{places}f}"
    return (text if float(text) else f"{0:.{places}f}").replace("-", "−")


def count_of(count: int, whole: int) -> str:
    """A count and its share of a whole: ``64 (29.4%)``."""
    return f"{count} ({100 * count / whole:.1f}%)" if whole else f"{count} ({NONE})"


def p_value(p: float | None) -> str:
    """A p value: four places below 0.1, two above; a dash when there is none."""
    return NONE if p is None else rounding.p_value(p)


def places_for(finding: Finding, least: int = 2, times: float = 1.0) -> int:
    """How many places a finding needs, so that no limit is rounded onto no difference; ``least`` or more."""
    limits = [None if limit is None else times * limit for limit in (finding.lower, finding.upper)]
    return rounding.places(limits, rounding.neutral_of(finding.scale), least)


def interval(finding: Finding, places: int = 2, times: float = 1.0) -> str:
    """The limits of a finding: ``0.43 to 0.99``; a dash when none. ``times`` 100 turns shares to per cent."""
    if finding.lower is None or finding.upper is None:
        return NONE
    places = places_for(finding, places, times)
    return f"{number(times * finding.lower, places)} to {number(times * finding.upper, places)}"


def estimate(finding: Finding, places: int = 2, times: float = 1.0) -> str:
    """The estimate of a finding, to as many places as its limits; or a dash."""
    places = places_for(finding, places, times)
    return number(None if finding.estimate is None else times * finding.estimate, places)


def label(code: str) -> str:
    """A stored word as a heading, where it has no sentence of its own: ``housing_association`` …"""
    return code.replace("_", " ").replace("-", " ").capitalize() or "Not recorded"


def sentence(text: str) -> str:
    """A phrase as the start of a sentence: its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def window(frame: Frame) -> str:
    """The window as a sentence: ``Days 1 to 365 from entry (day 0).``"""
    return f"{sentence(frame.window)}."


def level_name(level: float) -> str:
    """The name of an interval of this level: ``95% CI``."""
    return f"{100 * level:g}% CI"


def mean_sd(values: Sequence[float], places: int = 1) -> str:
    """Mean and standard deviation: ``39.9 (13.1)``."""
    return f"{number(means.mean(values), places)} ({number(means.spread(values), places)})"


def median_iqr(values: Sequence[float]) -> str:
    """Median and quartiles: ``0 (0 to 12)``; a dash of nothing."""
    if not len(values):
        return NONE
    low, middle, high = (float(q) for q in np.quantile(np.asarray(values, dtype=float), [0.25, 0.5, 0.75]))
    return f"{middle:g} ({low:g} to {high:g})"
