"""The two-by-two against second implementations: scipy, and plain sums over every possible table."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.stats.contingency import odds_ratio

from handrail.analysis import barnard, counts, exact
from handrail.analysis.findings import Frame
from handrail.analysis.proportions import TwoByTwo, log_odds_ratio, profile_limits
from handrail.domain.refusal import Refused

FRAME = Frame("event", "everybody", "as counted", "the other arm", 0.95)


@st.composite
def tables(draw: st.DrawFn, most: int = 40) -> TwoByTwo:
    n, m = draw(st.integers(2, most)), draw(st.integers(2, most))
    return TwoByTwo(draw(st.integers(1, n - 1)), n, draw(st.integers(1, m - 1)), m)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(tables())
def test_fishers_p_and_full_limits_are_scipys(table: TwoByTwo) -> None:
    a, b, c, d = table.cells
    own = exact.fisher(a, a + b, c, c + d, level=0.95)
    their = odds_ratio([[a, b], [c, d]], kind="conditional")
    limits = exact.Conditional(a, a + b, c, c + d).limits(0.95, 1.0)
    assert own.p == pytest.approx(stats.fisher_exact([[a, b], [c, d]]).pvalue, abs=1e-9)
    estimate = exact.Conditional(a, a + b, c, c + d).estimate()
    assert estimate == pytest.approx(their.statistic, rel=1e-6)
    assert limits == pytest.approx(tuple(their.confidence_interval(0.95)), rel=1e-6)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(tables())
def test_limits_as_r_lie_within_rs_own_tolerance_of_the_full_ones(table: TwoByTwo) -> None:
    a, b, c, d = table.cells
    conditional = exact.Conditional(a, a + b, c, c + d)
    as_r, full = conditional.limits_as_r(0.95), conditional.limits(0.95, 1.0)
    # R searches on the odds below 1 and on their inverse above it, to 1.2e-4 either way.
    for r, f in zip(as_r, full, strict=True):
        assert min(r, 1 / r) == pytest.approx(min(f, 1 / f), abs=1.3e-4)


def _barnard_by_every_table(a: int, n: int, b: int, m: int) -> float:
    """Barnard's p by listing every table at each of many risks."""
    x, y = np.arange(n + 1)[:, None], np.arange(m + 1)[None, :]
    pooled = (x + y) / (n + m)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    score = np.divide(x / n - y / m, spread, out=np.zeros((n + 1, m + 1)), where=spread > 0)
    is_as_far = np.abs(score) >= abs(score[a, b]) - 1e-12
    risks = np.linspace(0.0005, 0.9995, 2000)
    first = stats.binom.pmf(np.arange(n + 1)[:, None], n, risks)
    second = stats.binom.pmf(np.arange(m + 1)[:, None], m, risks)
    return float(np.einsum("ir,ij,jr->r", first, is_as_far, second, optimize=True).max())


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(tables(most=15))
def test_barnards_p_is_the_worst_case_over_every_table(table: TwoByTwo) -> None:
    a, b, c, d = table.cells
    own = barnard.barnard(a, a + b, c, c + d)[1]
    assert own == pytest.approx(min(_barnard_by_every_table(a, a + b, c, c + d), 1.0), abs=2e-4)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(tables())
def test_yates_and_the_likelihood_ratio_are_scipys(table: TwoByTwo) -> None:
    a, b, c, d = table.cells
    found = {finding.id: finding for finding in counts.findings(table, FRAME)}
    yates = stats.chi2_contingency([[a, b], [c, d]], correction=True)
    ratio = stats.chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood")
    # scipy lets Yates's half take at most the whole difference, as here.
    assert found["yates"].p == pytest.approx(yates.pvalue, abs=1e-9)
    assert found["or_lr"].p == pytest.approx(ratio.pvalue, abs=1e-9)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(tables())
def test_swapping_the_arms_turns_every_comparison_round(table: TwoByTwo) -> None:
    swapped = TwoByTwo(table.reference_events, table.reference_people, table.events, table.people)
    one = {finding.id: finding for finding in counts.findings(table, FRAME)}
    other = {finding.id: finding for finding in counts.findings(swapped, FRAME)}
    for finding_id in ("or_wald", "or_profile", "mid_p", "rr_log_wald"):
        there, back = one[finding_id], other[finding_id]
        assert there.estimate * back.estimate == pytest.approx(1, rel=1e-6)
        assert there.lower * back.upper == pytest.approx(1, rel=1e-6)
        assert there.p == pytest.approx(back.p, abs=1e-9)
    assert one["rd_newcombe"].lower == pytest.approx(-other["rd_newcombe"].upper, abs=1e-12)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(tables())
def test_the_profile_interval_holds_the_estimate(table: TwoByTwo) -> None:
    lower, upper = profile_limits(table, 0.95)
    assert lower < math.exp(log_odds_ratio(table)[0]) < upper


@pytest.mark.parametrize(
    ("four", "code"),
    [
        ((0, 10, 3, 10), "no_events_in_arm"),
        ((3, 10, 10, 10), "all_events_in_arm"),
        ((0, 0, 3, 10), "arm_empty"),
        ((11, 10, 3, 10), "more_events_than_people"),
    ],
)
def test_counts_that_cannot_be_compared_are_refused(four: tuple[int, int, int, int], code: str) -> None:
    allowed = counts.findings(TwoByTwo(3, 10, 4, 10), FRAME)
    with pytest.raises(Refused) as refused:
        counts.findings(TwoByTwo(*four), FRAME)
    assert allowed
    assert [reason.code for reason in refused.value.reasons] == [code]
