"""What if the outcomes that are not known had been so? The adjusted odds ratio at each extreme.

No model of the missing is believed: each check gives everybody whose outcome is not known an outcome, and
the main analysis is done again on everybody entered.
"""

from __future__ import annotations

import dataclasses

from handrail.analysis import logistic, readmission, wording
from handrail.analysis.attempts import attempt
from handrail.analysis.findings import DisplayTable, Finding, Frame
from handrail.analysis.populations import Population
from handrail.domain.protocol_words import Adjustment, SensitivityCheck

# The outcome given to the missing: in the arm described, and in the reference arm.
GIVEN: dict[SensitivityCheck, tuple[int, int]] = {
    SensitivityCheck.MISSING_NOT_READMITTED: (0, 0),
    SensitivityCheck.MISSING_READMITTED: (1, 1),
    SensitivityCheck.MISSING_WORST: (1, 0),
    SensitivityCheck.MISSING_BEST: (0, 1),
}


def findings(
    population: Population,
    frame: Frame,
    adjust_for: tuple[Adjustment, ...],
    checks: tuple[SensitivityCheck, ...],
) -> tuple[Finding, ...]:
    """The adjusted odds ratio under each check of the plan that is about missing outcomes."""
    whole = dataclasses.replace(frame, population="Everyone as randomised")
    return tuple(_check(population, whole, adjust_for, check) for check in checks if check in GIVEN)


def _check(
    population: Population, frame: Frame, adjust_for: tuple[Adjustment, ...], check: SensitivityCheck
) -> Finding:
    cells = readmission.strata(with_missing_as(population, *GIVEN[check]), adjust_for)
    words = " and ".join(adjustment.value for adjustment in adjust_for) or "nothing"

    def make() -> Finding:
        found = readmission.adjusted_by_wald(logistic.fit(cells), frame, words)
        return dataclasses.replace(found, id=check.value, title=check.sentence)

    return attempt(frame, check.value, check.sentence, make)


def with_missing_as(population: Population, in_arm: int, in_reference: int) -> Population:
    """The same people, with these outcomes for those whose own is not known."""
    given = {population.arm.code: in_arm, population.reference.code: in_reference}
    people = tuple(
        person if person.readmitted is not None else dataclasses.replace(person, readmitted=given[person.arm])
        for person in population.people
    )
    return dataclasses.replace(population, people=people)


def table(found: tuple[Finding, ...], frame: Frame) -> DisplayTable:
    """The checks side by side."""
    rows = tuple(
        (f.title, str(f.n or wording.NONE), wording.estimate(f), wording.interval(f), wording.p_value(f.p))
        for f in found
    )
    columns = ("Missing outcomes", "People", "Odds ratio", wording.level_name(frame.level), "p")
    words = f"{frame.outcome}. {wording.window(frame)}"
    note = f"{words} Adjusted as the main analysis, on everyone randomised; Wald."
    return DisplayTable("missing_bounds", "What if the missing outcomes were known", columns, rows, note)
