"""The adjusted odds ratio and standardised risks against second implementations, person by person."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handrail.analysis import logistic, marginal
from handrail.domain.refusal import Refused

Rows = list[tuple[str, bool, bool]]


def _rows(*cells: tuple[str, int, int, int, int]) -> Rows:
    """People from counts: stratum, with and without the event in the arm, with and without it outside."""
    people: Rows = []
    for name, a, b, c, d in cells:
        people += [(name, True, True)] * a + [(name, True, False)] * b
        people += [(name, False, True)] * c + [(name, False, False)] * d
    return people


SIX_TEAMS = _rows(
    ("a", 12, 24, 16, 20), ("b", 8, 28, 13, 23), ("c", 10, 27, 12, 24),
    ("d", 15, 21, 17, 19), ("e", 6, 30, 9, 27), ("f", 13, 24, 16, 20),
)  # fmt: skip


def _irls(people: Rows) -> tuple[np.ndarray, np.ndarray]:
    """Iteratively reweighted least squares by hand, on one row a person: coefficients and covariance."""
    names = sorted({name for name, _, _ in people})
    design = np.array([[float(arm), *(float(name == n) for n in names)] for name, arm, _ in people])
    outcome = np.array([float(event) for _, _, event in people])
    beta = np.zeros(design.shape[1])
    for _ in range(60):
        risk = 1 / (1 + np.exp(-design @ beta))
        weight = risk * (1 - risk)
        working = design @ beta + (outcome - risk) / weight
        beta = np.linalg.solve(design.T @ (weight[:, None] * design), design.T @ (weight * working))
    risk = 1 / (1 + np.exp(-design @ beta))
    information = design.T @ ((risk * (1 - risk))[:, None] * design)
    return beta, np.linalg.inv(information)


def test_the_adjusted_odds_ratio_is_that_of_a_fit_by_hand() -> None:
    fitted = logistic.fit(logistic.strata_of(SIX_TEAMS))
    beta, covariance = _irls(SIX_TEAMS)
    assert fitted.log_odds_ratio == pytest.approx(beta[0], abs=1e-10)
    assert fitted.se == pytest.approx(math.sqrt(covariance[0, 0]), abs=1e-10)


counts = st.integers(0, 9)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(counts, counts, counts, counts), min_size=1, max_size=5))
def test_a_fit_by_hand_agrees_on_any_counts_that_can_be_fitted(
    cells: list[tuple[int, int, int, int]],
) -> None:
    people = _rows(*((str(i), *cell) for i, cell in enumerate(cells)))
    strata = logistic.strata_of(people)
    assume(people and not logistic.why_not_fit(strata))
    speaking = {stratum.name for stratum in strata if stratum.is_informative}
    beta, covariance = _irls([row for row in people if row[0] in speaking])
    fitted = logistic.fit(strata)
    assert fitted.log_odds_ratio == pytest.approx(beta[0], abs=1e-7)
    assert fitted.se == pytest.approx(math.sqrt(covariance[0, 0]), rel=1e-6)


def test_the_profile_limits_lie_where_the_likelihood_has_fallen_by_the_quantile() -> None:
    fitted = logistic.fit(logistic.strata_of(SIX_TEAMS))
    for limit in logistic.profile_limits(fitted, 0.95):
        fallen = 2 * (_best(SIX_TEAMS, fitted.log_odds_ratio) - _best(SIX_TEAMS, math.log(limit)))
        assert fallen == pytest.approx(1.959963984540054**2, abs=1e-6)


def _best(people: Rows, log_odds: float) -> float:
    """The log likelihood at this odds ratio with every intercept found by Newton's method."""
    total = 0.0
    for name in sorted({name for name, _, _ in people}):
        own = [(arm, event) for n, arm, event in people if n == name]
        intercept = 0.0
        for _ in range(50):
            risks = [1 / (1 + math.exp(-(intercept + log_odds * arm))) for arm, _ in own]
            slope = sum(event - risk for (_, event), risk in zip(own, risks, strict=True))
            intercept += slope / sum(risk * (1 - risk) for risk in risks)
        for arm, event in own:
            risk = 1 / (1 + math.exp(-(intercept + log_odds * arm)))
            total += math.log(risk if event else 1 - risk)
    return total


def test_the_likelihood_ratio_p_is_the_fall_from_the_peak_to_no_effect() -> None:
    fitted = logistic.fit(logistic.strata_of(SIX_TEAMS))
    fallen = 2 * (_best(SIX_TEAMS, fitted.log_odds_ratio) - _best(SIX_TEAMS, 0.0))
    assert logistic.likelihood_ratio_p(fitted) == pytest.approx(math.erfc(math.sqrt(fallen / 2)), abs=1e-8)


def test_unadjusted_standardised_risks_are_the_two_proportions_case_4() -> None:
    risks = marginal.standardise(logistic.fit(logistic.strata_of(_rows(("all", 64, 154, 83, 133)))))
    assert risks.difference == pytest.approx(-0.0906812776, abs=1e-8)
    assert risks.difference_se == pytest.approx(0.0452406820, abs=1e-8)
    assert math.exp(risks.log_ratio) == pytest.approx(0.7640101691, abs=1e-8)
    assert risks.log_ratio_se == pytest.approx(0.1358543602, abs=1e-8)


def test_standardised_risks_are_the_means_of_everybodys_two_risks() -> None:
    beta, _ = _irls(SIX_TEAMS)
    names = sorted({name for name, _, _ in SIX_TEAMS})
    intercepts = [beta[1 + names.index(name)] for name, _, _ in SIX_TEAMS]
    treated = np.mean([1 / (1 + math.exp(-(i + beta[0]))) for i in intercepts])
    not_treated = np.mean([1 / (1 + math.exp(-i)) for i in intercepts])
    risks = marginal.standardise(logistic.fit(logistic.strata_of(SIX_TEAMS)))
    assert (risks.risk, risks.reference_risk) == pytest.approx((treated, not_treated), abs=1e-9)


def test_the_standard_error_is_the_sandwich_of_the_stacked_equations() -> None:
    """M-estimation on one row a person, with the derivative taken numerically."""
    names = sorted({name for name, _, _ in SIX_TEAMS})
    arm = np.array([float(a) for _, a, _ in SIX_TEAMS])
    outcome = np.array([float(e) for _, _, e in SIX_TEAMS])
    intercepts = np.array([[float(name == n) for n in names] for name, _, _ in SIX_TEAMS])

    def equations(theta: np.ndarray) -> np.ndarray:
        base = intercepts @ theta[1:-2]
        risk, treated, not_treated = (
            1 / (1 + np.exp(-x)) for x in (base + theta[0] * arm, base + theta[0], base)
        )
        scores = np.column_stack([arm, intercepts]) * (outcome - risk)[:, None]
        return np.column_stack([scores, treated - theta[-2], not_treated - theta[-1]])

    beta, _ = _irls(SIX_TEAMS)
    risks = marginal.standardise(logistic.fit(logistic.strata_of(SIX_TEAMS)))
    theta = np.array([*beta, risks.risk, risks.reference_risk])
    assert np.abs(equations(theta).sum(axis=0)).max() < 1e-6
    step = 1e-5
    slope = np.column_stack([
        (equations(theta + step * e) - equations(theta - step * e)).mean(axis=0) / (2 * step)
        for e in np.eye(len(theta))
    ])  # fmt: skip
    bread = np.linalg.inv(slope)
    values = equations(theta)
    covariance = bread @ (values.T @ values / len(values)) @ bread.T / len(values)
    contrast = np.zeros(len(theta))
    contrast[-2:] = 1, -1
    assert risks.difference_se == pytest.approx(math.sqrt(contrast @ covariance @ contrast), rel=1e-6)


def test_a_team_where_nobody_was_readmitted_says_nothing_but_keeps_its_weight() -> None:
    silent = _rows(("g", 0, 20, 0, 20))
    without, with_it = (logistic.fit(logistic.strata_of(p)) for p in (SIX_TEAMS, SIX_TEAMS + silent))
    assert with_it.silent == ("g",)
    assert with_it.log_odds_ratio == pytest.approx(without.log_odds_ratio, abs=1e-12)
    share = len(SIX_TEAMS) / (len(SIX_TEAMS) + len(silent))
    difference = marginal.standardise(without).difference
    assert marginal.standardise(with_it).difference == pytest.approx(share * difference, abs=1e-10)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ([("a", 0, 10, 4, 6)], "separated"),
        ([("a", 10, 0, 4, 6)], "separated"),
        ([("a", 0, 10, 0, 10)], "separated"),
        ([("a", 5, 5, 5, 0), ("b", 0, 5, 0, 5)], "separated"),
        ([("a", 3, 7, 0, 0)], "arm_empty"),
    ],
)
def test_an_odds_ratio_without_a_finite_estimate_is_refused(
    cells: list[tuple[str, int, int, int, int]], code: str
) -> None:
    allowed = logistic.fit(logistic.strata_of(_rows(("a", 3, 7, 4, 6))))
    with pytest.raises(Refused) as refused:
        logistic.fit(logistic.strata_of(_rows(*cells)))
    assert math.isfinite(allowed.log_odds_ratio)
    assert [reason.code for reason in refused.value.reasons] == [code]
