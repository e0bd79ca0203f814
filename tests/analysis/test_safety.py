"""Serious adverse events: the exact comparison of rates, and who had one."""

from __future__ import annotations

import pytest
from scipy import stats

from handrail.analysis.findings import AnalysisResult
from handrail.analysis.safety import rate_ratio
from handrail.domain.refusal import Refused


def test_twenty_nine_against_forty_two_is_the_published_comparison() -> None:
    # records-and-statistics: conditional exact rate test, p 0.124
    assert rate_ratio(29, 221, 42, 220, 0.95).p == pytest.approx(0.124, abs=5e-4)


@pytest.mark.parametrize(
    ("a", "n", "b", "m"), [(29, 221, 42, 220), (3, 50, 9, 40), (0, 20, 5, 20), (7, 10, 7, 30)]
)
def test_the_rate_ratio_is_scipys_binomial_turned_into_rates(a: int, n: int, b: int, m: int) -> None:
    own = rate_ratio(a, n, b, m, 0.95)
    theirs = stats.binomtest(a, a + b, n / (n + m))
    limits = theirs.proportion_ci(0.95, method="exact")
    assert own.p == pytest.approx(theirs.pvalue, abs=1e-9)
    assert own.lower == pytest.approx(limits.low / (1 - limits.low) * m / n, rel=1e-8)
    assert own.upper == pytest.approx(limits.high / (1 - limits.high) * m / n, rel=1e-8)


def test_a_rate_of_nought_in_the_reference_arm_leaves_no_ratio_but_a_lower_limit() -> None:
    answer = rate_ratio(5, 20, 0, 20, 0.95)
    assert (answer.estimate, answer.upper) == (None, None)
    assert answer.lower > 0


def test_no_event_at_all_is_refused() -> None:
    assert rate_ratio(1, 20, 1, 20, 0.95).estimate == 1
    with pytest.raises(Refused) as refused:
        rate_ratio(0, 20, 0, 20, 0.95)
    assert [reason.code for reason in refused.value.reasons] == ["no_event_seen"]


def test_events_and_people_are_counted_apart(result: AnalysisResult) -> None:
    table = {row[0]: row[1:] for row in result.table("serious_adverse_events").rows}
    assert table["Events"] == ("29", "42")
    assert table["People with at least one"] == ("25 (11.3%)", "38 (17.3%)")
    assert result.finding("sae_events.peer_supported").estimate == 29
    assert result.finding("sae_people.postal_workbook").estimate == 38


def test_the_relatedness_of_events_is_shown_by_arm(result: AnalysisResult) -> None:
    assert result.table("relatedness").rows == (("Unrelated", "29", "42"),)
