"""Curves, log-rank and hazard ratio against plain loops over people, and against statsmodels."""

from __future__ import annotations

import math

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from handrail.analysis.proportional_hazards import slope_of_arm
from handrail.analysis.survival import Times, at_risk, cox, kaplan_meier, log_rank
from handrail.domain.refusal import Refused


def made_up(seed: int, people: int = 120) -> Times:
    """People in three strata with whole-day ties and some censored."""
    stream = np.random.default_rng(seed)
    arm = stream.random(people) < 0.5
    stratum = stream.integers(0, 3, people)
    waits = stream.exponential(100 + 60 * arm + 30 * stratum)
    days = np.minimum(np.ceil(waits / 10) * 10, 200).astype(np.int64)
    return Times(days, waits <= 200, arm, np.array([f"s{i}" for i in stratum]))


def _log_rank_by_loops(times: Times, by_strata: bool) -> float:
    observed = expected = variance = 0.0
    rows = list(zip(times.days, times.has_event, times.is_in_arm, times.stratum, strict=True))
    for stratum in sorted(set(times.stratum)) if by_strata else [None]:
        own = [(d, e, a) for d, e, a, s in rows if stratum is None or s == stratum]
        for day in sorted({d for d, e, _ in own if e}):
            n = sum(d >= day for d, _, _ in own)
            n_arm = sum(d >= day and a for d, _, a in own)
            events = sum(d == day and e for d, e, _ in own)
            observed += sum(d == day and e and a for d, e, a in own)
            expected += events * n_arm / n
            if n > 1:
                variance += events * (n_arm / n) * (1 - n_arm / n) * (n - events) / (n - 1)
    return (observed - expected) ** 2 / variance


def _cox_by_loops(times: Times, strata: list[str | None]) -> tuple[float, float]:
    """Efron's partial likelihood for one coefficient, by Newton's method."""
    beta = 0.0
    for _ in range(30):
        slope = information = 0.0
        for stratum in strata:
            keep = np.ones(len(times.days), bool) if stratum is None else times.stratum == stratum
            one = times.only(keep)
            weight = np.exp(beta * one.is_in_arm)
            for day in sorted(set(one.days[one.has_event])):
                risk, tied = one.days >= day, (one.days == day) & one.has_event
                m = int(tied.sum())
                slope += one.is_in_arm[tied].sum()
                for k in range(m):
                    s0 = weight[risk].sum() - k / m * weight[tied].sum()
                    s1 = (weight * one.is_in_arm)[risk].sum() - k / m * (weight * one.is_in_arm)[tied].sum()
                    slope -= s1 / s0
                    information += s1 / s0 - (s1 / s0) ** 2
        beta += slope / information
    return beta, 1 / math.sqrt(information)


def _clock_by_loops(times: Times) -> dict[int, float]:
    """1 minus everybody's Kaplan–Meier curve just before each event day, centred over the events."""
    left, before = 1.0, {}
    for day in sorted(set(times.days[times.has_event])):
        before[day] = 1 - left
        events, risk = sum((times.days == day) & times.has_event), sum(times.days >= day)
        left *= 1 - events / risk
    middle = sum(before[day] for day in times.days[times.has_event]) / int(times.has_event.sum())
    return {day: place - middle for day, place in before.items()}


def _likelihood_by_loops(times: Times, clock: dict[int, float], beta: float, slope: float) -> float:
    """The log partial likelihood (Efron) where the arm's log hazard ratio is beta + slope x clock."""
    total = 0.0
    for stratum in sorted(set(times.stratum)):
        own = times.only(times.stratum == stratum)
        for day in sorted(set(own.days[own.has_event])):
            arm = own.is_in_arm * (beta + slope * clock[day])
            tied = own.has_event & (own.days == day)
            count, weight = int(tied.sum()), np.exp(arm)
            total += arm[tied].sum()
            for k in range(count):
                total -= math.log(weight[own.days >= day].sum() - k / count * weight[tied].sum())
    return total


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_proportional_hazards_by_the_slopes_of_a_likelihood_written_out(seed: int) -> None:
    times = made_up(seed)
    fitted, clock, step = cox(times, by_strata="stratified"), _clock_by_loops(times), 1e-3
    b = fitted.log_ratio

    def at(i: int, j: int) -> float:
        return _likelihood_by_loops(times, clock, b + i * step, j * step)

    score = (at(0, 1) - at(0, -1)) / (2 * step)
    flat = -(at(1, 0) - 2 * at(0, 0) + at(-1, 0)) / step**2
    steep = -(at(0, 1) - 2 * at(0, 0) + at(0, -1)) / step**2
    crossed = -(at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * step**2)
    found = slope_of_arm(times, fitted)
    assert found.statistic == pytest.approx(score**2 / (steep - crossed**2 / flat), rel=1e-4)


def test_crossing_curves_are_seen_and_one_day_of_events_says_nothing() -> None:
    days = np.array([*range(1, 16), *range(90, 105), *range(40, 70)])
    times = Times(days, np.ones(60, bool), np.arange(60) < 30, np.array(["s"] * 60))
    assert slope_of_arm(times, cox(times, by_strata="stratified")).p < 0.001
    once = _simple([5, 5, 9, 9], [True, True, False, False], [True, False, True, False])
    with pytest.raises(Refused, match="no_change_seen"):
        slope_of_arm(once, cox(once, by_strata="stratified"))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("by_strata", [True, False])
def test_log_rank_by_loops(seed: int, by_strata: bool) -> None:
    times = made_up(seed)
    own = log_rank(times, is_stratified=by_strata).statistic
    assert own == pytest.approx(_log_rank_by_loops(times, by_strata), rel=1e-10)


@pytest.mark.parametrize("seed", range(2))
def test_log_rank_by_statsmodels(seed: int) -> None:
    times = made_up(seed)
    for strata in (None, times.stratum):
        their, p = survdiff(times.days, times.has_event, times.is_in_arm, strata=strata)
        own = log_rank(times, is_stratified=strata is not None)
        assert (own.statistic, own.p) == pytest.approx((their, p), rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_cox_by_loops(seed: int) -> None:
    times = made_up(seed)
    for by_strata, strata in (("no", [None]), ("stratified", sorted(set(times.stratum)))):
        own = cox(times, by_strata=by_strata)
        assert (own.log_ratio, own.se) == pytest.approx(_cox_by_loops(times, strata), abs=1e-7)


def test_curve_by_loops_and_by_statsmodels() -> None:
    times = made_up(5)
    curve = kaplan_meier(times.days, times.has_event, 0.95)
    share = 1.0
    for day in sorted(set(times.days[times.has_event].tolist())):
        share *= 1 - (times.has_event & (times.days == day)).sum() / (times.days >= day).sum()
        assert curve.at(day) == pytest.approx(share, abs=1e-12)
    theirs = SurvfuncRight(times.days, times.has_event)
    assert curve.survival[1:] == pytest.approx(tuple(theirs.surv_prob), abs=1e-12)


def test_limits_hold_the_curve_and_are_the_log_log_ones() -> None:
    times = made_up(5)
    curve = kaplan_meier(times.days, times.has_event, 0.95)
    theirs = SurvfuncRight(times.days, times.has_event)
    for i in range(1, len(curve.days)):
        s, se = curve.survival[i], theirs.surv_prob_se[i - 1]
        reach = 1.959963984540054 * se / (s * abs(math.log(s)))
        assert curve.lower[i] == pytest.approx(s ** math.exp(reach), abs=1e-10)
        assert curve.upper[i] == pytest.approx(s ** math.exp(-reach), abs=1e-10)


def test_numbers_at_risk_count_those_followed_to_the_start_of_the_day() -> None:
    days = np.array([1, 5, 5, 9])
    assert [at_risk(days, day) for day in (0, 1, 5, 6, 9, 10)] == [4, 4, 3, 1, 1, 0]


def test_a_stratum_without_events_says_nothing() -> None:
    times = made_up(1)
    quiet = Times(
        np.concatenate([times.days, [200] * 6]),
        np.concatenate([times.has_event, [False] * 6]),
        np.concatenate([times.is_in_arm, [True, False] * 3]),
        np.concatenate([times.stratum, ["quiet"] * 6]),
    )
    for by_strata in ("adjusted", "stratified"):
        with_it, without = cox(quiet, by_strata=by_strata), cox(times, by_strata=by_strata)
        assert with_it.silent == ("quiet",)
        assert with_it.log_ratio == pytest.approx(without.log_ratio, abs=1e-12)


def _simple(days: list[int], events: list[bool], arm: list[bool]) -> Times:
    return Times(np.array(days), np.array(events), np.array(arm), np.array(["s"] * len(days)))


@pytest.mark.parametrize(
    ("days", "events", "arm", "code"),
    [
        ([5, 6, 7, 8], [True] * 4, [True] * 4, "arm_empty"),
        ([0, 6, 7, 8], [True] * 4, [True, False] * 2, "event_on_day_zero"),
        ([5, 6, 7, 8], [False] * 4, [True, False] * 2, "no_event_seen"),
        ([5, 6, 7, 8], [True, False, True, False], [True, False] * 2, "separated"),
    ],
)
def test_times_that_cannot_be_compared_are_refused(days, events, arm, code: str) -> None:
    allowed = cox(_simple([5, 6, 7, 8], [True] * 4, [True, False, False, True]), by_strata="no")
    with pytest.raises(Refused) as refused:
        cox(_simple(days, events, arm), by_strata="no")
    assert math.isfinite(allowed.log_ratio)
    assert [reason.code for reason in refused.value.reasons] == [code]
