"""What must hold of any trial: labels swapped, rows shuffled, harm planted, chance alone."""

from __future__ import annotations

import dataclasses
import math
import random
from pathlib import Path

import numpy as np
import pytest

from handrail.analysis import logistic, readmission, tables, trial
from handrail.analysis.findings import AnalysisResult
from handrail.analysis.populations import population, scrambled_arms, true_arms
from handrail.domain import extract
from handrail.exchange import files
from tests.analysis import synthetic
from tests.analysis.synthetic import ARM, REFERENCE, Rows

SWAP = {ARM: REFERENCE, REFERENCE: ARM}


def swapped(rows: Rows) -> Rows:
    """The same people, with every arm the other one."""
    return rows | {"arms": [(number, SWAP[arm]) for number, arm in rows["arms"]]}


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> AnalysisResult:
    return synthetic.result(tmp_path_factory.mktemp("turned") / "lock", swapped(synthetic.rows()))


@pytest.mark.parametrize(
    "name",
    [
        "readmission_or_adjusted", "readmission_or_adjusted_lr", "readmission_rr_marginal", "crude_or_wald",
        "time_hr_stratified", "time_hr_adjusted", "time_hr_crude", "sae_event_ratio",
    ],
)  # fmt: skip
def test_swapping_the_labels_turns_every_ratio_round(
    result: AnalysisResult, turned: AnalysisResult, name: str
) -> None:
    there, back = result.finding(name), turned.finding(name)
    assert there.estimate * back.estimate == pytest.approx(1, rel=1e-6)
    assert there.lower * back.upper == pytest.approx(1, rel=1e-6)
    assert there.p == pytest.approx(back.p, abs=1e-8)


@pytest.mark.parametrize(
    "name",
    [
        "readmission_rd_marginal",
        "crude_rd_newcombe",
        "nights_difference_welch",
        "score_difference.month_4.csq_8",
    ],
)
def test_swapping_the_labels_turns_the_sign_of_every_difference(
    result: AnalysisResult, turned: AnalysisResult, name: str
) -> None:
    there, back = result.finding(name), turned.finding(name)
    assert there.estimate == pytest.approx(-back.estimate, abs=1e-9)
    assert there.lower == pytest.approx(-back.upper, abs=1e-9)


def test_the_log_rank_statistic_does_not_mind_which_arm_is_which(
    result: AnalysisResult, turned: AnalysisResult
) -> None:
    for name in ("time_logrank", "time_logrank_stratified", "crude_yates"):
        assert result.finding(name).estimate == pytest.approx(turned.finding(name).estimate, rel=1e-9)


def test_the_order_of_the_rows_never_reaches_the_result(result: AnalysisResult, tmp_path: Path) -> None:
    rows, dice = synthetic.rows(), random.Random(5)
    folder = synthetic.write(tmp_path / "lock", rows)
    for name, text in _texts(rows, extract.TABLES, dice).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    synthetic.make_good(folder)
    opened = tables.sealed(_texts(rows, extract.SEALED_TABLES, dice), "lock.arms.age")
    arms = trial.Arms(true_arms(opened), "lock.arms.age", sealed=opened)
    found = trial.analyse(tables.read(folder), arms, synthetic.protocol())
    assert dataclasses.replace(found, lock=result.lock).to_json() == result.to_json()


def _texts(rows: Rows, kinds: tuple[extract.Table, ...], dice: random.Random) -> dict[str, str]:
    """Each table's text, with its rows in another order."""
    texts = {}
    for table in kinds:
        header, *lines = files.csv_text(table, rows[table.name]).splitlines(keepends=True)
        dice.shuffle(lines)
        texts[table.name] = header + "".join(lines)
    return texts


def test_harm_comes_out_as_harm_in_every_sign(tmp_path: Path) -> None:
    rows = synthetic.rows(events=(120, 60))
    rows["outcomes"] = [_sooner(row, dict(rows["arms"])) for row in rows["outcomes"]]
    found = synthetic.result(tmp_path / "lock", rows)
    for name in ("readmission_or_adjusted", "crude_or_wald", "readmission_rr_marginal", "time_hr_stratified"):
        assert found.finding(name).lower > 1
    for name in ("readmission_rd_marginal", "crude_rd_newcombe", "nights_difference"):
        assert found.finding(name).lower > 0
    curve = found.curves[0]
    assert curve.arms[0].arm == ARM
    assert curve.arms[0].survival_at[3] < curve.arms[1].survival_at[3]


def _sooner(row: tuple[object, ...], arms: dict[str, str]) -> tuple[object, ...]:
    """The arm described is readmitted in half the time."""
    if row[3] is None or arms[str(row[0])] == REFERENCE:
        return row
    return (*row[:3], (int(str(row[3])) + 1) // 2, *row[4:])


@pytest.mark.slow
def test_arms_dealt_by_chance_centre_on_no_effect(lock: Path) -> None:
    locked, under = tables.read(lock), synthetic.protocol()
    logs = []
    for seed in range(120):
        dealt = scrambled_arms(locked.tables["entries"], under.arms, seed)
        people = population(locked.tables, dealt, under=under, arm_file="dealt")
        fitted = logistic.fit(readmission.strata(people, under.analysis.adjust_for))
        logs.append(fitted.log_odds_ratio / fitted.se)
    # 120 standard scores: their mean has an error of 0.09, their spread of 0.065.
    assert float(np.mean(logs)) == pytest.approx(0, abs=0.36)
    assert float(np.std(logs)) == pytest.approx(1, abs=0.26)
    assert not math.isnan(sum(logs))
