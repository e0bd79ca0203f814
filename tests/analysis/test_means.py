"""Means, Welch's test and the bootstrap, against scipy and against theory."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from handrail.analysis import means
from handrail.domain.refusal import Refused

OWN = [0, 0, 0, 3, 8, 21, 40, 0, 2, 5, 0, 13]
REFERENCE = [0, 1, 0, 9, 30, 44, 60, 0, 7, 12, 0, 0, 25]


def test_welchs_answer_is_scipys() -> None:
    own = means.welch(OWN, REFERENCE, 0.95)
    theirs = stats.ttest_ind(OWN, REFERENCE, equal_var=False)
    limits = theirs.confidence_interval(0.95)
    assert (own.p, own.freedom) == pytest.approx((theirs.pvalue, theirs.df), rel=1e-10)
    assert (own.lower, own.upper) == pytest.approx((limits.low, limits.high), rel=1e-10)


@pytest.mark.parametrize(
    ("count", "ranks"), [(5, None), (6, (1, 6)), (10, (2, 9)), (20, (6, 15)), (50, (18, 33))]
)
def test_the_limits_of_a_median_are_the_ranks_that_sign_test_tables_print(
    count: int, ranks: tuple[int, int] | None
) -> None:
    # Ranks of the sign-test interval at 95%, as the usual binomial tables give them.
    assert means.median_limits(range(1, count + 1), 0.95) == (ranks or (None, None))


@pytest.mark.parametrize("count", [7, 13, 64, 83])
def test_the_limits_of_a_median_cover_as_promised_and_the_next_ones_in_do_not(count: int) -> None:
    lower, _ = means.median_limits(range(1, count + 1), 0.95)
    assert lower is not None
    outside = [2 * stats.binom.cdf(k - 1, count, 0.5) for k in (int(lower), int(lower) + 1)]
    assert outside[0] <= 0.05 < outside[1]


def test_a_means_own_limits_are_students() -> None:
    se = means.spread(OWN) / len(OWN) ** 0.5
    limits = means.t_limits(means.mean(OWN), se, len(OWN) - 1, 0.95)
    assert limits == pytest.approx(stats.t.interval(0.95, len(OWN) - 1, np.mean(OWN), se), rel=1e-10)


def test_the_bootstrap_is_the_same_each_time_and_whatever_the_order() -> None:
    assert means.bootstrap(OWN, REFERENCE, 0.95) == means.bootstrap(OWN[::-1], REFERENCE[::-1], 0.95)


def test_the_bootstraps_standard_error_is_the_one_that_theory_gives() -> None:
    se, lower, upper = means.bootstrap(OWN, REFERENCE, 0.95)
    theory = (np.var(OWN) / len(OWN) + np.var(REFERENCE) / len(REFERENCE)) ** 0.5
    assert se == pytest.approx(theory, rel=0.03)  # 10,000 resamples: an error of 0.7%
    assert lower < np.mean(OWN) - np.mean(REFERENCE) < upper


def test_a_bootstrap_in_pieces_is_the_same_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = means.bootstrap(OWN, REFERENCE, 0.95)
    monkeypatch.setattr(means, "CHUNK", 5_000)
    assert means.bootstrap(OWN, REFERENCE, 0.95) == pytest.approx(whole, rel=0.05)


@pytest.mark.parametrize(
    ("own", "reference", "codes"),
    [
        ([1], [1, 2], ["too_few_people"]),
        ([], [1], ["too_few_people", "too_few_people"]),
        ([0, 0], [0, 0], ["nobody_differs"]),
    ],
)
def test_means_that_cannot_be_compared_are_refused(
    own: list[int], reference: list[int], codes: list[str]
) -> None:
    allowed = means.welch([1, 2], [1, 2], 0.95)
    with pytest.raises(Refused) as refused:
        means.welch(own, reference, 0.95)
    assert allowed.estimate == 0
    assert [reason.code for reason in refused.value.reasons] == codes


def test_there_is_no_mean_of_nothing_and_no_spread_of_one() -> None:
    assert (means.mean([]), means.spread([4]), means.t_limits(None, None, 0, 0.95)) == (
        None,
        None,
        (None, None),
    )
