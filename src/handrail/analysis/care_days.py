"""How much acute care? Nights and dates in any acute setting within the window."""

from __future__ import annotations

import dataclasses

from handrail.analysis import means, wording
from handrail.analysis.attempts import attempt
from handrail.analysis.findings import ArmName, DisplayTable, Finding, Frame
from handrail.analysis.populations import Population

POPULATION = "Everyone as randomised whose readmission and days in care are both known"
LEVEL = 0.95  # named where there is no interval to say its own
MEASURES = (  # column, title, unit
    ("nights", "Nights in acute care", "nights"),
    ("calendar_days", "Dates touched by acute care", "days"),
)


def findings(population: Population, frame: Frame) -> tuple[Finding, ...]:
    """Means by arm; their difference by bootstrap and by Welch."""
    found: list[Finding] = []
    for measure, title, unit in MEASURES:
        own, reference = (_values(population, arm, measure) for arm in population.arms)
        for arm, values in zip(population.arms, (own, reference), strict=True):
            found.append(_mean(values, arm, (measure, title, unit), frame))
        found.append(_welch(own, reference, (measure, title, unit), frame))
        if measure == "nights":
            found.append(_bootstrap(own, reference, title, frame))
    return tuple(found)


def _values(population: Population, arm: ArmName, measure: str) -> list[int]:
    values = (getattr(person, measure) for person in population.known if person.arm == arm.code)
    return sorted(value for value in values if value is not None)


def _framed(frame: Frame, title: str) -> Frame:
    """Where an outcome was decided by hand its nights may be unknown, so n may be the smaller."""
    return dataclasses.replace(frame, outcome=title, population=POPULATION)


def _mean(values: list[int], arm: ArmName, measure: tuple[str, str, str], frame: Frame) -> Finding:
    name, title, unit = measure
    estimate, spread = means.mean(values), means.spread(values)
    se = spread / len(values) ** 0.5 if spread is not None else None
    lower, upper = means.t_limits(estimate, se, len(values) - 1, frame.level)
    return _framed(frame, title).finding(
        f"{name}_mean.{arm.code}",
        title,
        "mean; t limits",
        unit,
        estimate=estimate,
        se=se,
        se_scale=unit,
        lower=lower,
        upper=upper,
        n=len(values),
        events=sum(value > 0 for value in values),
        arm=arm.code,
        reference="",
        note="Events: people with any." if values else "",
    )


def _welch(own: list[int], reference: list[int], measure: tuple[str, str, str], frame: Frame) -> Finding:
    column, title, unit = measure
    framed, heading = _framed(frame, title), f"{title}: difference"
    name = "nights_difference_welch" if column == "nights" else f"{column}_difference"

    def make() -> Finding:
        d = means.welch(own, reference, frame.level)
        numbers = {"estimate": d.estimate, "se": d.se, "lower": d.lower, "upper": d.upper, "p": d.p}
        more = {"se_scale": unit, "n": len(own) + len(reference), "note": f"{d.freedom:.1f} df."}
        return framed.finding(name, heading, "Welch's t", unit, **(numbers | more))

    return attempt(framed, name, heading, make)


def _bootstrap(own: list[int], reference: list[int], title: str, frame: Frame) -> Finding:
    name, heading = "nights_difference", f"{title}: difference"
    method = f"percentile bootstrap within arms, {means.RESAMPLES:,} resamples"

    def make() -> Finding:
        se, lower, upper = means.bootstrap(own, reference, frame.level)
        estimate = sum(own) / len(own) - sum(reference) / len(reference)
        numbers = {"estimate": estimate, "se": se, "lower": lower, "upper": upper, "se_scale": "nights"}
        more = {"n": len(own) + len(reference), "note": f"Seed {means.BOOTSTRAP_SEED}."}
        return _framed(frame, title).finding(name, heading, method, "nights", **(numbers | more))

    return attempt(_framed(frame, title), name, heading, make)


def _left_out(population: Population) -> str:
    """How many have a known outcome but unknown days, and how many of those were readmitted."""
    left = [person for person in population.known if person.nights is None]
    if not left:
        return ""
    readmitted = sum(person.readmitted == 1 for person in left)
    return f"Left out, as their days are not known: {len(left)}, of whom {readmitted} were readmitted. "


def table(population: Population, found: dict[str, Finding], frame: Frame) -> DisplayTable:
    """Nights and dates by arm, with their differences."""
    rows = [row for measure, title, _ in MEASURES for row in _rows(population, found, measure, title)]
    again = found["nights_difference"]
    rows.append((f"{again.title} ({again.method})", "", "", *_shown(again)))
    n = " and ".join(str(len(_values(population, arm, "nights"))) for arm in population.arms)
    nights = "A night belongs to the date on which it starts."
    how = (
        "Intervals of a mean: t. Differences: Welch's t, unless another method is named. Medians and shares "
        "with any describe, and have no interval."
    )
    note = f"{wording.window(frame)} {POPULATION}: n = {n}. {_left_out(population)}{nights} {how}"
    titles = (population.arm.title, population.reference.title)
    columns = ("", *titles, "Difference", wording.level_name(frame.level), "p")
    return DisplayTable("acute_care", "Days in acute care", columns, tuple(rows), note)


def _rows(
    population: Population, found: dict[str, Finding], measure: str, title: str
) -> list[tuple[str, ...]]:
    """One measure: its mean with the limits and the difference, its median, and how many had any."""
    values = [_values(population, arm, measure) for arm in population.arms]
    own = [found[f"{measure}_mean.{arm.code}"] for arm in population.arms]
    welch = found["nights_difference_welch" if measure == "nights" else f"{measure}_difference"]
    any_of = [wording.count_of(sum(value > 0 for value in arm), len(arm)) for arm in values]
    blank = ("", "", "")
    level = wording.level_name(own[0].level or welch.level or LEVEL)
    return [
        (f"{title}: mean (SD)", *(wording.mean_sd(arm) for arm in values), *_shown(welch)),
        (
            f"{title}: {level} of the mean",
            *(wording.interval(finding, 1) for finding in own),
            *blank,
        ),
        (f"{title}: median (IQR)", *(wording.median_iqr(arm) for arm in values), *blank),
        (f"{title}: any", *any_of, *blank),
    ]


def _shown(finding: Finding) -> tuple[str, str, str]:
    return wording.estimate(finding), wording.interval(finding), wording.p_value(finding.p)
