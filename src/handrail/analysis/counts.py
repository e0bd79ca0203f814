"""Two arms and one event: every way in common use of comparing two proportions, as findings.

numpy alone, so that ``handrail analyse --counts`` answers at once. The formulae are in ``proportions``,
the exact tests in ``exact`` and ``barnard``.
"""

from __future__ import annotations

import dataclasses
import math

from handrail.analysis import exact, wald
from handrail.analysis.barnard import barnard
from handrail.analysis.distributions import chi_squared_p
from handrail.analysis.findings import Finding, Frame
from handrail.analysis.proportions import (
    TwoByTwo,
    log_likelihood,
    log_odds_ratio,
    log_risk_ratio,
    newcombe,
    profile_limits,
    risk_difference,
    why_not_compare,
)
from handrail.domain.refusal import insist

ODDS = "odds ratio"


def findings(table: TwoByTwo, frame: Frame, prefix: str = "") -> tuple[Finding, ...]:
    """Every comparison of the two proportions; each id begins with ``prefix``.

    Raises:
        Refused: when an arm is empty, the counts are impossible, or a cell is zero.
    """
    insist(why_not_compare(table))
    n, events = table.people + table.reference_people, table.events + table.reference_events
    made = (
        *_odds_ratios(table, frame),
        *_exact(table, frame),
        _yates(table, frame),
        _barnard(table, frame),
        *_risk_differences(table, frame),
        _risk_ratio(table, frame),
    )
    return tuple(_named(finding, prefix, n, events) for finding in made)


def _odds_ratios(table: TwoByTwo, frame: Frame) -> tuple[Finding, ...]:
    """The sample odds ratio by Wald, by likelihood ratio, and with its profile interval."""
    log, se = log_odds_ratio(table)
    lr_p = chi_squared_p(2 * (log_likelihood(table, log) - log_likelihood(table, 0.0)))
    lower, upper = profile_limits(table, frame.level)
    shared = {"estimate": math.exp(log), "se": se, "se_scale": f"log {ODDS}", "p": lr_p}
    limits = {"lower": lower, "upper": upper}
    return (
        wald.ratio(frame, "or_wald", "Odds ratio", "Wald, on the log odds ratio", ODDS, log, se),
        frame.finding("or_lr", "Odds ratio", "likelihood-ratio test", ODDS, **shared),
        frame.finding("or_profile", "Odds ratio", "profile likelihood", ODDS, **(shared | limits)),
    )


def _exact(table: TwoByTwo, frame: Frame) -> tuple[Finding, ...]:
    """The conditional odds ratio with Fisher's and the mid-p test and interval."""
    four = (table.events, table.people, table.reference_events, table.reference_people)
    lower, upper = exact.Conditional(*four).limits(frame.level, 1.0)
    precise = f"R's root finder stops early; solved fully, the limits are {lower:.7f} to {upper:.7f}."
    fisher = dataclasses.asdict(exact.fisher(*four, level=frame.level)) | {"note": precise}
    mid_p = dataclasses.asdict(exact.mid_p(*four, level=frame.level))
    title = "Conditional odds ratio"
    return (
        frame.finding("fisher", title, "Fisher's exact test, limits as R's fisher.test", ODDS, **fisher),
        frame.finding("mid_p", title, "mid-p, the smaller tail doubled", ODDS, **mid_p),
    )


def _yates(table: TwoByTwo, frame: Frame) -> Finding:
    """Yates's corrected chi-squared test. The estimate is the test's statistic."""
    a, b, c, d = table.cells
    short = max(abs(a * d - b * c) - (a + b + c + d) / 2, 0.0)
    statistic = (a + b + c + d) * short**2 / ((a + b) * (c + d) * (a + c) * (b + d))
    numbers = {"estimate": statistic, "p": chi_squared_p(statistic)}
    return frame.finding("yates", "Chi-squared test", "Yates's correction", "chi-squared, 1 df", **numbers)


def _barnard(table: TwoByTwo, frame: Frame) -> Finding:
    """Barnard's exact test both ways; decision 0020 says why the first is the one quoted."""
    a, b, c, d = table.cells
    statistic, p = barnard(a, a + c, b, b + d)
    _, p_by_arm = barnard(a, a + b, c, c + d)
    note = f"With the arms' sizes fixed, as a trial fixes them: p = {p_by_arm:.7f}."
    method = "pooled score statistic; totals with and without the event fixed"
    numbers = {"estimate": statistic, "p": p, "note": note}
    return frame.finding("barnard", "Barnard's exact test", method, "score statistic", **numbers)


def _risk_differences(table: TwoByTwo, frame: Frame) -> tuple[Finding, ...]:
    """The risk difference by Wald, and with Newcombe's interval."""
    value, se = risk_difference(table)
    lower, upper = newcombe(table, frame.level)
    title, scale = "Risk difference", "risk difference"
    limits = {"estimate": value, "lower": lower, "upper": upper}
    return (
        wald.difference(frame, "rd_wald", title, "Wald, unpooled variance", scale, value, se),
        frame.finding("rd_newcombe", title, "Newcombe, from Wilson's limits", scale, **limits),
    )


def _risk_ratio(table: TwoByTwo, frame: Frame) -> Finding:
    """The risk ratio by Wald on the log scale."""
    log, se = log_risk_ratio(table)
    return wald.ratio(
        frame, "rr_log_wald", "Risk ratio", "Wald, on the log risk ratio", "risk ratio", log, se
    )


def _named(finding: Finding, prefix: str, n: int, events: int) -> Finding:
    """The finding with its prefix and its counts."""
    return dataclasses.replace(finding, id=prefix + finding.id, n=n, events=events)
