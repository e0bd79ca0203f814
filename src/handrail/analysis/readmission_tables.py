"""The tables about readmission, formatted once so that a report only prints them."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping

from handrail.analysis import wording
from handrail.analysis.findings import Curve, CurveArm, DisplayTable, Finding, Frame
from handrail.analysis.populations import Population
from handrail.domain.words import OutcomeStatus, Setting

PRIMARY_ROWS = (  # finding, places, times: risk differences are shown in percentage points
    ("readmission_or_adjusted", 2, 1.0),
    ("readmission_or_adjusted_lr", 2, 1.0),
    ("readmission_rd_marginal", 1, 100.0),
    ("readmission_rr_marginal", 2, 1.0),
    ("crude_or_wald", 2, 1.0),
    ("crude_rd_newcombe", 1, 100.0),
    ("crude_rr_log_wald", 2, 1.0),
)
TIME_ROWS = (
    "time_hr_stratified",
    "time_hr_adjusted",
    "time_hr_crude",
    "time_logrank_stratified",
    "time_logrank",
    "time_ph",
)
NOT_DONE = "could not be estimated"

ById = Mapping[str, Finding]


def tables(
    population: Population, found: ById, frame: Frame, curve: Curve | None
) -> tuple[DisplayTable, ...]:
    """Every table about readmission."""
    made = (
        _primary(population, found, frame),
        _crude(found, frame),
        _statuses(population, frame),
        _services(population, frame),
        _teams(population, frame),
        _times(population, found, frame),
    )
    return (*made, _at_risk(curve)) if curve else made


def _headings(population: Population, counts: Iterable[int]) -> tuple[str, ...]:
    """Each arm's title with how many people its column is about."""
    return tuple(f"{arm.title} (n = {n})" for arm, n in zip(population.arms, counts, strict=True))


def _primary(population: Population, found: ById, frame: Frame) -> DisplayTable:
    rows = [_share(found[f"readmission_risk.{arm.code}"], arm.title) for arm in population.arms]
    rows += [_comparison(found[i], places, times) for i, places, times in PRIMARY_ROWS if i in found]
    columns = ("", "n", "Estimate", wording.level_name(frame.level), "p")
    words = f"{frame.outcome}. {wording.window(frame)} {frame.population}."
    against = f"Ratios and differences are against “{population.reference.title}”."
    note = f"{words} {against} Shares in per cent, risk differences in percentage points."
    return DisplayTable("primary", "Readmission to acute care", columns, tuple(rows), note)


def _share(finding: Finding, arm: str) -> tuple[str, ...]:
    """One arm's row: how many of how many, the share in per cent with its limits, and no test."""
    name = f"Readmitted, {arm}: {finding.events} of {finding.n} ({finding.method})"
    shown = (wording.estimate(finding, 1, 100.0), wording.interval(finding, 1, 100.0))
    return (name, str(finding.n), *shown, wording.NONE)


def _comparison(finding: Finding, places: int, times: float) -> tuple[str, ...]:
    """One row: what and how, in how many, estimate, interval, p; or why there is none."""
    name = f"{finding.title} ({finding.method})"
    people = wording.NONE if finding.n is None else str(finding.n)
    if finding.estimate is None:
        return (f"{name}: {NOT_DONE}. {finding.note}", people, *[wording.NONE] * 3)
    numbers = (wording.estimate(finding, places, times), wording.interval(finding, places, times))
    return (name, people, *numbers, wording.p_value(finding.p))


def _crude(found: ById, frame: Frame) -> DisplayTable:
    rows = tuple(
        (
            f"{finding.title}: {finding.method}",
            finding.scale,
            wording.estimate(finding, 3),
            wording.interval(finding, 3),
            wording.p_value(finding.p),
        )
        for finding_id, finding in found.items()
        if finding_id.startswith("crude_")
    )
    columns = ("Method", "Scale", "Estimate", wording.level_name(frame.level), "p")
    sizes = " and ".join(str(found[name].n) for name in found if name.startswith("readmission_risk."))
    note = (
        f"{frame.outcome}. {wording.window(frame)} {frame.population}: n = {sizes}. Without adjustment. "
        "A dash for an interval: a test alone."
    )
    return DisplayTable("crude", "Crude comparisons, by every method in common use", columns, rows, note)


def _statuses(population: Population, frame: Frame) -> DisplayTable:
    counted = [Counter(person.status for person in population.of(arm)) for arm in population.arms]
    rows = tuple(
        (
            status.sentence,
            *(wording.count_of(c[status], a.count) for c, a in zip(counted, population.arms, strict=True)),
        )
        for status in OutcomeStatus
        if any(count[status] for count in counted)
    )
    note = f"Of everyone randomised. {wording.window(frame)} {wording.ONLY_COUNTED}"
    columns = ("", *_headings(population, (arm.count for arm in population.arms)))
    return DisplayTable("outcome_status", "What the records say", columns, rows, note)


def _services(population: Population, frame: Frame) -> DisplayTable:
    """Where people were readmitted to; a readmission that started in two settings counts as its own row."""
    counted = [
        Counter(person.first_service for person in population.of(arm) if person.readmitted == 1)
        for arm in population.arms
    ]
    services = sorted(set().union(*counted))
    rows = tuple(
        (_service(service), *(wording.count_of(c[service], sum(c.values())) for c in counted))
        for service in services
    )
    note = f"Of those readmitted. {wording.window(frame)} {wording.ONLY_COUNTED}"
    columns = ("First readmitted to", *_headings(population, (sum(c.values()) for c in counted)))
    return DisplayTable("first_service", "Where people were first readmitted to", columns, rows, note)


def _service(code: str) -> str:
    known = {setting.value: setting.sentence for setting in Setting}
    first, *more = (known.get(part, wording.label(part)) for part in code.split("+"))
    return " and ".join((first, *(part[:1].lower() + part[1:] for part in more)))


def _teams(population: Population, frame: Frame) -> DisplayTable:
    rows = []
    for team in sorted({person.team for person in population.people}):
        known = [
            [p.readmitted or 0 for p in population.known if p.arm == arm.code and p.team == team]
            for arm in population.arms
        ]
        rows.append((wording.label(team), *(f"{sum(own)}/{len(own)}" for own in known)))
    note = (
        f"Readmitted / outcome known. {wording.window(frame)} Shown to check the model, not to compare "
        "teams: no interval."
    )
    known_sizes = (sum(p.arm == arm.code for p in population.known) for arm in population.arms)
    columns = ("Crisis team", *_headings(population, known_sizes))
    return DisplayTable("teams", "Readmitted, by crisis team", columns, tuple(rows), note)


def _times(population: Population, found: ById, frame: Frame) -> DisplayTable:
    rows = []
    for name in ("mean", "median"):
        for arm in population.arms:
            own = found[f"days_to_readmission_{name}.{arm.code}"]
            shown = dataclasses.replace(own, title=f"{own.title}, {arm.title}")
            rows.append(_comparison(shown, 1, 1.0))
    rows += [_comparison(found[finding_id], 2, 1.0) for finding_id in TIME_ROWS]
    columns = ("", "n", "Estimate", wording.level_name(frame.level), "p")
    chosen = "Days are of those readmitted and only describe: chance did not choose who is among them. "
    tests = f"{chosen}For tests the estimate is the statistic, chi-squared on 1 df."
    note = f"{wording.window(frame)} {tests} {_followed(found)}"
    return DisplayTable("time_to_readmission", "Time to first readmission", columns, tuple(rows), note)


def _followed(found: ById) -> str:
    first = found[TIME_ROWS[0]]
    return f"n = {first.n}, {first.events} readmitted." if first.n else ""


def _at_risk(curve: Curve) -> DisplayTable:
    """Each arm on each chosen day: at risk, readmitted by then, and the share not yet, with its limits."""
    rows = tuple(
        (
            f"{arm.title}: day {day}",
            str(arm.at_risk[i]),
            str(arm.events_by[i]),
            f"{100 * arm.survival_at[i]:.1f}%",
            _limits_at(arm, day),
        )
        for arm in curve.arms
        for i, day in enumerate(curve.risk_days)
    )
    columns = (
        "",
        "At risk",
        "Readmitted",
        "Not yet readmitted",
        f"{wording.level_name(curve.level)}, per cent",
    )
    note = (
        f"At risk as the day begins; readmitted up to and on the day. {curve.method}. Limits are pointwise."
    )
    return DisplayTable("time_at_risk", "Numbers at risk", columns, rows, note)


def _limits_at(arm: CurveArm, day: int) -> str:
    """The curve's limits on a day, in per cent: those of its last step by then; a dash before the first."""
    step = max(i for i, start in enumerate(arm.days) if start <= day)
    lower, upper = arm.lower[step], arm.upper[step]
    if lower is None or upper is None:
        return wording.NONE
    return f"{100 * lower:.1f} to {100 * upper:.1f}"
