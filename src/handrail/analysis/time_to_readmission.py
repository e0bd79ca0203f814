"""How soon were people readmitted? Curves, hazard ratio and log-rank within the window."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable

import numpy as np

from handrail.analysis import proportional_hazards, survival, wald
from handrail.analysis.attempts import attempt
from handrail.analysis.findings import ArmName, Curve, CurveArm, Finding, Frame
from handrail.analysis.means import median_limits, t_limits
from handrail.analysis.populations import Population
from handrail.analysis.readmission import note_of_silent, stratum_of
from handrail.analysis.survival import Times
from handrail.domain.protocol_words import Adjustment

HAZARD = "hazard ratio"
OUTCOME = "Time to first readmission to acute care"
FOLLOWED = "Everyone as randomised who was followed for at least a day"
PARTS = 6  # the curve's table gives the numbers at risk at each sixth of the window
PROPORTIONAL = "Proportional hazards, test"
CURVE_METHOD = "Kaplan–Meier; log-log limits, Greenwood's variance; deaths and ends of records censor"


def times(population: Population, adjust_for: tuple[Adjustment, ...]) -> Times:
    """One row for everybody followed for at least a day."""
    people = [person for person in population.people if person.is_timed]
    return Times(
        days=np.array([person.day or person.followed_days for person in people], dtype=np.int64),
        has_event=np.array([person.readmitted == 1 for person in people], dtype=np.bool_),
        is_in_arm=np.array([person.arm == population.arm.code for person in people], dtype=np.bool_),
        stratum=np.array([stratum_of(person, adjust_for) for person in people], dtype=np.str_),
    )


def findings(population: Population, frame: Frame, adjust_for: tuple[Adjustment, ...]) -> tuple[Finding, ...]:
    """Hazard ratios, log-rank tests, and the days to readmission of those readmitted, arm by arm."""
    rows = times(population, adjust_for)
    words = " and ".join(adjustment.value for adjustment in adjust_for) or "nothing"
    timed = dataclasses.replace(frame, outcome=OUTCOME, population=FOLLOWED)
    numbers = {"n": len(rows.days), "events": int(rows.has_event.sum())}
    hazards = (
        ("time_hr_stratified", f"Hazard ratio, stratified by {words}", "stratified"),
        ("time_hr_adjusted", f"Hazard ratio, adjusted for {words}", "adjusted"),
        ("time_hr_crude", "Hazard ratio, crude", "no"),
    )
    ranks = (
        ("time_logrank_stratified", f"Log-rank test, stratified by {words}", True),
        ("time_logrank", "Log-rank test", False),
    )
    return (
        *(attempt(timed, i, title, _hazard(rows, timed, i, title, by, numbers)) for i, title, by in hazards),
        *(attempt(timed, i, title, _rank(rows, timed, i, title, by, numbers)) for i, title, by in ranks),
        attempt(timed, "time_ph", PROPORTIONAL, _slope(rows, timed, words, numbers)),
        *(finding for arm in population.arms for finding in _days(population, arm, frame)),
    )


def _hazard(
    rows: Times, frame: Frame, finding_id: str, title: str, by_strata: str, numbers: dict[str, int]
) -> Callable[[], Finding]:
    method = {
        "stratified": "Cox, baseline hazard of each stratum its own, Efron's ties; Wald",
        "adjusted": "Cox, a coefficient for each stratum, Efron's ties; Wald",
        "no": "Cox, Efron's ties; Wald",
    }[by_strata]

    def make() -> Finding:
        found = survival.cox(rows, by_strata=by_strata)
        note = note_of_silent(found.silent)
        log, se = found.log_ratio, found.se
        return wald.ratio(frame, finding_id, title, method, HAZARD, log, se, note=note, **numbers)

    return make


def _rank(
    rows: Times, frame: Frame, finding_id: str, title: str, is_stratified: bool, numbers: dict[str, int]
) -> Callable[[], Finding]:
    method = "log-rank within each stratum" if is_stratified else "log-rank, all strata together"

    def make() -> Finding:
        found = survival.log_rank(rows, is_stratified=is_stratified)
        note = f"In the arm, {found.observed} readmitted and {found.expected:.2f} expected."
        answer = {"estimate": found.statistic, "p": found.p, "note": note}
        return frame.finding(finding_id, title, method, "chi-squared, 1 df", **(answer | numbers))

    return make


def _slope(rows: Times, frame: Frame, words: str, numbers: dict[str, int]) -> Callable[[], Finding]:
    """Whether the stratified hazard ratio changes over the window."""
    method = "score test of a slope over Kaplan–Meier time, baseline hazard of each stratum its own"

    def make() -> Finding:
        found = proportional_hazards.slope_of_arm(rows, survival.cox(rows, by_strata="stratified"))
        note = "A small p: one hazard ratio does not fit the whole window. A large one proves nothing."
        answer = {"estimate": found.statistic, "p": found.p, "note": note}
        title = f"{PROPORTIONAL}, stratified by {words}"
        return frame.finding("time_ph", title, method, "chi-squared, 1 df", **(answer | numbers))

    return make


def _days(population: Population, arm: ArmName, frame: Frame) -> tuple[Finding, ...]:
    """Mean and median days to readmission among those readmitted: a description of a chosen few."""
    days = [person.day for person in population.of(arm) if person.day is not None]
    chosen = dataclasses.replace(frame, outcome=OUTCOME, population="Those readmitted", reference="")
    count = len(days)
    se = float(np.std(days, ddof=1)) / math.sqrt(count) if count > 1 else None
    mean = math.fsum(days) / count if count else None
    lower, upper = t_limits(mean, se, count - 1, frame.level)
    shared = {"n": count, "events": count, "arm": arm.code}
    note = "Among those readmitted only, so the arms are not compared on it." if days else ""
    more = {"se": se, "se_scale": "days", "lower": lower, "upper": upper, "note": note} | shared
    title, name = "Mean days to first readmission", f"days_to_readmission_mean.{arm.code}"
    other, other_name = "Median days to first readmission", f"days_to_readmission_median.{arm.code}"
    median = float(np.median(days)) if days else None
    low, high = median_limits(days, frame.level)
    middle = {"estimate": median, "lower": low, "upper": high, "note": note} | shared
    return (
        chosen.finding(name, title, "mean; t limits", "days", estimate=mean, **more),
        chosen.finding(other_name, other, "median; limits from the order of the values", "days", **middle),
    )


def curve(population: Population, frame: Frame, horizon: int) -> Curve | None:
    """The curve of each arm, with numbers at risk; none when there is no event to draw."""
    rows = times(population, ())
    risk_days = tuple(round(horizon * part / PARTS) for part in range(PARTS + 1))
    if survival.why_not_follow(rows):
        return None
    return Curve(
        code="readmission",
        title="Not yet readmitted to acute care, by days from entry",
        outcome=OUTCOME,
        window=frame.window,
        method=CURVE_METHOD,
        level=frame.level,
        risk_days=risk_days,
        arms=tuple(
            _curve_arm(rows.only(rows.is_in_arm == (not arm.is_reference)), arm, risk_days, frame.level)
            for arm in population.arms
        ),
    )


def _curve_arm(rows: Times, arm: ArmName, risk_days: tuple[int, ...], level: float) -> CurveArm:
    steps = survival.kaplan_meier(rows.days, rows.has_event, level)
    return CurveArm(
        arm=arm.code,
        title=arm.title,
        n=len(rows.days),
        events=int(rows.has_event.sum()),
        days=steps.days,
        survival=steps.survival,
        lower=steps.lower,
        upper=steps.upper,
        at_risk=tuple(survival.at_risk(rows.days, day) for day in risk_days),
        events_by=tuple(int((rows.has_event & (rows.days <= day)).sum()) for day in risk_days),
        survival_at=tuple(steps.at(day) for day in risk_days),
    )
