"""The main question: were fewer people readmitted? The adjusted odds ratio, and beside it the rest.

The adjusted model is logistic regression with a fixed intercept for each stratum (six teams are too few for
a random one). Wald and likelihood ratio are both given, and which is primary is fixed here beforehand: Wald.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from handrail.analysis import counts, logistic, marginal, wald
from handrail.analysis.attempts import attempt_all
from handrail.analysis.barnard import barnard
from handrail.analysis.findings import ArmName, Finding, Frame
from handrail.analysis.populations import Participant, Population
from handrail.analysis.proportions import TwoByTwo, wilson
from handrail.domain.protocol_words import Adjustment

PRIMARY = "readmission_or_adjusted"
ODDS = "odds ratio"


def stratum_of(person: Participant, adjust_for: tuple[Adjustment, ...]) -> str:
    """The stratum that an adjusted analysis puts this person in."""
    values = {Adjustment.TEAM: person.team}
    return " ".join(values[adjustment] for adjustment in adjust_for)


def strata(population: Population, adjust_for: tuple[Adjustment, ...]) -> tuple[logistic.Stratum, ...]:
    """Everybody whose outcome is known, counted by stratum."""
    return logistic.strata_of(
        (stratum_of(person, adjust_for), person.arm == population.arm.code, person.readmitted == 1)
        for person in population.known
    )


def two_by_two(population: Population) -> TwoByTwo:
    """Readmitted and known, in the arm and in the reference arm."""
    known = [[p.readmitted for p in population.known if p.arm == arm.code] for arm in population.arms]
    return TwoByTwo(sum(filter(None, known[0])), len(known[0]), sum(filter(None, known[1])), len(known[1]))


def findings(population: Population, frame: Frame, adjust_for: tuple[Adjustment, ...]) -> tuple[Finding, ...]:
    """The adjusted odds ratio first, then standardised risks, then every crude comparison, then each arm."""
    cells = strata(population, adjust_for)
    words = " and ".join(adjustment.value for adjustment in adjust_for) or "nothing"
    return (
        *attempt_all(frame, PRIMARY, "Odds ratio", lambda: adjusted(cells, frame, words)),
        *attempt_all(frame, "crude_or_wald", "Odds ratio, crude", lambda: _crude(population, frame)),
        *(finding for arm in population.arms for finding in _arm(population, arm, frame)),
    )


def adjusted(cells: tuple[logistic.Stratum, ...], frame: Frame, words: str) -> tuple[Finding, ...]:
    """The adjusted odds ratio by Wald and by likelihood ratio, and the standardised risks.

    Raises:
        Refused: when the odds ratio has no finite estimate.
    """
    fitted = logistic.fit(cells)
    by_wald = adjusted_by_wald(fitted, frame, words)
    lower, upper = logistic.profile_limits(fitted, frame.level)
    by_likelihood = dataclasses.replace(
        by_wald,
        id=f"{PRIMARY}_lr",
        method=f"{_method(words)}; profile likelihood",
        lower=lower,
        upper=upper,
        p=logistic.likelihood_ratio_p(fitted),
    )
    more: dict[str, Any] = {"n": by_wald.n, "events": by_wald.events, "note": by_wald.note}
    return (by_wald, by_likelihood, *_standardised(marginal.standardise(fitted), frame, words, more))


def adjusted_by_wald(fitted: logistic.Fit, frame: Frame, words: str) -> Finding:
    """The adjusted odds ratio alone, with Wald's interval and p."""
    people = sum(stratum.people for stratum in fitted.strata)
    events = sum(stratum.table.events + stratum.table.reference_events for stratum in fitted.strata)
    more = {"n": people, "events": events, "note": note_of_silent(fitted.silent)}
    title, method = f"Odds ratio, adjusted for {words}", f"{_method(words)}; Wald"
    return wald.ratio(frame, PRIMARY, title, method, ODDS, fitted.log_odds_ratio, fitted.se, **more)


def _method(words: str) -> str:
    return f"logistic regression, fixed effects of {words}"


def _standardised(
    risks: marginal.Marginal, frame: Frame, words: str, more: dict[str, Any]
) -> tuple[Finding, ...]:
    method = f"standardised over {words} (g-computation), influence-function SE"
    titles = (f"Risk difference, adjusted for {words}", f"Risk ratio, adjusted for {words}")
    gap = (risks.difference, risks.difference_se)
    ratio = (risks.log_ratio, risks.log_ratio_se)
    return (
        wald.difference(frame, "readmission_rd_marginal", titles[0], method, "risk difference", *gap, **more),
        wald.ratio(frame, "readmission_rr_marginal", titles[1], method, "risk ratio", *ratio, **more),
    )


def note_of_silent(silent: tuple[str, ...]) -> str:
    """What to say of strata where everybody or nobody had the event."""
    if not silent:
        return ""
    return f"Says nothing of the arms, as everybody or nobody had the event: {', '.join(silent)}."


def _crude(population: Population, frame: Frame) -> tuple[Finding, ...]:
    table = two_by_two(population)
    found = counts.findings(table, frame, prefix="crude_")
    a, b, c, d = table.cells
    statistic, p = barnard(a, a + b, c, c + d)
    by_arm = frame.finding(
        "crude_barnard_by_arm",
        "Barnard's exact test",
        "pooled score statistic; the arms' sizes fixed",
        "score statistic",
        estimate=statistic,
        p=p,
        n=found[0].n,
        events=found[0].events,
    )
    return (*found, by_arm)


def _arm(population: Population, arm: ArmName, frame: Frame) -> tuple[Finding, ...]:
    """How many were entered, how many outcomes are known, how many readmitted, and the share."""
    known = [person for person in population.of(arm) if person.readmitted is not None]
    events = sum(person.readmitted or 0 for person in known)
    everyone = dataclasses.replace(frame, population="Everyone as randomised", reference="")
    numbers = (
        ("randomised", "Randomised", "at entry (day 0)", arm.count),
        ("outcome_known", "Outcome known", frame.window, len(known)),
        ("readmitted", "Readmitted", frame.window, events),
    )
    counted = [
        dataclasses.replace(everyone, window=window).finding(
            f"{name}.{arm.code}",
            title,
            "count",
            "people",
            estimate=float(count),
            n=arm.count,
            events=count,
            arm=arm.code,
        )
        for name, title, window, count in numbers
    ]
    return (*counted, _risk(events, len(known), arm, frame))


def _risk(events: int, people: int, arm: ArmName, frame: Frame) -> Finding:
    lower, upper = wilson(events, people, frame.level) if people else (None, None)
    return frame.finding(
        f"readmission_risk.{arm.code}",
        "Share readmitted",
        "Wilson",
        "risk",
        estimate=events / people if people else None,
        lower=lower,
        upper=upper,
        n=people,
        events=events,
        arm=arm.code,
        reference="",
    )
