"""Acceptance cases 6 to 9: lung cancer and leukaemia, with the values that R's survival package gave."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from statsmodels.duration.hazard_regression import PHReg

from handrail.analysis.proportional_hazards import slopes
from handrail.analysis.survival import Times, at_risk, cox, kaplan_meier, log_rank

PUBLISHED = Path(__file__).with_name("published")


def _rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _times(rows: list[dict[str, str]], *, day: str, has_event: str, arm: tuple[str, str], by: str) -> Times:
    return Times(
        days=np.array([int(row[day]) for row in rows]),
        has_event=np.array(
            [row["status"] == "2" if has_event == "status" else row[has_event] == "1" for row in rows]
        ),
        is_in_arm=np.array([row[arm[0]] == arm[1] for row in rows]),
        stratum=np.array([row[by] if by else "" for row in rows]),
    )


@pytest.fixture(scope="module")
def lung() -> Times:
    rows = _rows("lung.csv")
    return _times(rows, day="day", has_event="status", arm=("sex", "2"), by="institution")


@pytest.fixture(scope="module")
def leukaemia() -> Times:
    rows = _rows("leukaemia.csv")
    return _times(rows, day="week", has_event="has_event", arm=("treatment", "6-MP"), by="")


def _curve(times: Times, is_in_arm: bool):
    part = times.only(times.is_in_arm == is_in_arm)
    return part, kaplan_meier(part.days, part.has_event, 0.95)


def test_log_rank_of_lung_by_sex(lung: Times) -> None:
    answer = log_rank(lung, is_stratified=False)
    assert answer.statistic == pytest.approx(10.3267419547, abs=1e-8)
    assert answer.p == pytest.approx(0.0013111645, abs=1e-8)


def test_kaplan_meier_of_lung_at_a_year_with_numbers_at_risk_and_medians(lung: Times) -> None:
    answers = {False: (0.3360878346, 35, 270), True: (0.5264630302, 30, 426)}
    for sex, (share, people, median) in answers.items():
        part, curve = _curve(lung, sex)
        assert curve.at(365) == pytest.approx(share, abs=1e-8)
        assert at_risk(part.days, 365) == people
        assert curve.median == median


def test_log_log_limits_of_lung_at_a_year(lung: Times) -> None:
    # R, survfit(conf.type = "log-log"), sex 1: .25273 to .42130.
    _, curve = _curve(lung, False)
    step = max(i for i, day in enumerate(curve.days) if day <= 365)
    assert curve.lower[step] == pytest.approx(0.25273, abs=5e-6)
    assert curve.upper[step] == pytest.approx(0.42130, abs=5e-6)


def test_stratified_log_rank_of_lung_by_institution(lung: Times) -> None:
    known = lung.only(lung.stratum != "")
    assert log_rank(known, is_stratified=True).statistic == pytest.approx(8.5244673634, abs=1e-6)


def test_cox_of_lung_on_age_sex_and_ecog_by_the_fitter_used_here() -> None:
    rows = [row for row in _rows("lung.csv") if row["ecog"]]
    design = np.array([[float(row["age"]), float(row["sex"]), float(row["ecog"])] for row in rows])
    days, status = (
        np.array([float(row["day"]) for row in rows]),
        np.array([row["status"] == "2" for row in rows]),
    )
    efron = PHReg(days, design, status=status, ties="efron").fit(disp=0)
    breslow = PHReg(days, design, status=status, ties="breslow").fit(disp=0)
    assert efron.params == pytest.approx([0.0110667646, -0.5526123957, 0.4637284754], abs=1e-6)
    assert breslow.params == pytest.approx([0.0110411364, -0.5518895698, 0.4629470406], abs=1e-6)
    assert efron.llf == pytest.approx(-729.2301213, abs=1e-6)


def test_proportional_hazards_of_lung_on_age_sex_and_ecog_as_cox_zph_tests_them() -> None:
    rows = [row for row in _rows("lung.csv") if row["ecog"]]
    design = np.array([[float(row["age"]), float(row["sex"]), float(row["ecog"])] for row in rows])
    days = np.array([int(row["day"]) for row in rows])
    status = np.array([row["status"] == "2" for row in rows])
    fitted = PHReg(days.astype(float), design, status=status, ties="efron").fit(disp=0).params
    found = slopes(days, status, design, np.zeros(len(rows), dtype=np.intp), fitted)
    assert [each.statistic for each in found] == pytest.approx([0.187988, 2.305437, 2.054249], abs=2e-6)


def test_log_rank_cox_and_curves_of_leukaemia(leukaemia: Times) -> None:
    assert log_rank(leukaemia, is_stratified=False).statistic == pytest.approx(16.7929409892, abs=1e-6)
    hazard = cox(leukaemia, by_strata="no")
    assert hazard.log_ratio == pytest.approx(-1.5721251490, abs=1e-6)
    assert hazard.se == pytest.approx(0.4123967177, abs=1e-6)
    for treated, shares in ((True, (0.7529412, 0.6274510)), (False, (0.3809524, 0.0952381))):
        _, curve = _curve(leukaemia, treated)
        assert [curve.at(10), curve.at(20)] == pytest.approx(shares, abs=1e-6)


def test_no_limit_is_given_where_the_scale_has_no_value(leukaemia: Times) -> None:
    _, curve = _curve(leukaemia, False)
    assert (curve.survival[0], curve.lower[0]) == (1.0, None)
    assert (curve.survival[-1], curve.upper[-1]) == (pytest.approx(0, abs=1e-12), None)
    assert all(low is None or math.isfinite(low) for low in curve.lower)
