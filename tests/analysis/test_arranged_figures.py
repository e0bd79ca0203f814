"""What the arrangement steers to by its own small sums, the product's analysis finds as published."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import handrail
from handrail.analysis import logistic, survival
from handrail.analysis.distributions import quantile, two_sided
from handrail.commands.demonstration.arrangement import Arrangement, Plan, arrange
from handrail.exchange import protocol_file
from tests.commands.operating import handrail as handrail_command

CORE = Path(handrail.__file__).parent / "protocols" / "core.toml"
SEEDS = (2, 7, 12)

pytestmark = pytest.mark.slow

PRINTED = {
    "Odds ratio of readmission within a year, adjusted": "0.66 (0.43 to 0.99; p=0.0438)",
    "Hazard ratio of first readmission": "0.71 (0.5",
    "Randomised, with a peer support worker": " 221 ",
    "Randomised, workbook by post": " 220 ",
    "Outcome known, with a peer support worker": " 218 ",
    "Outcome known, workbook by post": " 216 ",
    "Readmitted within a year, with a peer support worker": " 64 ",
    "Readmitted within a year, workbook by post": " 83 ",
    "Mean days to first readmission among those readmitted, with a peer support worker": " 112.00 (",
    "Mean days to first readmission among those readmitted, workbook by post": " 86.00 (",
    "Serious adverse events, with a peer support worker": " 29 ",
    "Serious adverse events, workbook by post": " 42 ",
    "At least three meetings": " 72.4",
}


@cache
def arranged(seed: int) -> Arrangement:
    return arrange(Plan(seed), protocol_file.load(CORE))


def times(arrangement: Arrangement) -> survival.Times:
    lives = arrangement.entered
    fates = [life.fate for life in lives]
    return survival.Times(
        days=np.array([f.readmission_day or f.lost_day or f.died_day or 365 for f in fates]),
        has_event=np.array([fate.readmission_day is not None for fate in fates]),
        is_in_arm=np.array([life.number in arrangement.supported for life in lives]),
        stratum=np.array([life.path.team_code for life in lives]),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_primary_analysis_prints_the_published_ratio_interval_and_p(seed: int) -> None:
    rows = [
        (life.path.team_code, life.number in arranged(seed).supported, life.fate.readmission_day is not None)
        for life in arranged(seed).entered
        if life.fate.lost_day is None
    ]
    fit = logistic.fit(logistic.strata_of(rows))
    limits = [math.exp(fit.log_odds_ratio + side * quantile(0.95) * fit.se) for side in (-1, 1)]
    assert f"{math.exp(fit.log_odds_ratio):.2f} ({limits[0]:.2f} to {limits[1]:.2f})" == "0.66 (0.43 to 0.99)"
    assert f"{two_sided(fit.log_odds_ratio / fit.se):.4f}" == "0.0438"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("by_strata", ["no", "adjusted", "stratified"])
def test_the_hazard_ratio_prints_as_published_whichever_way_teams_are_handled(
    seed: int, by_strata: str
) -> None:
    found = survival.cox(times(arranged(seed)), by_strata=by_strata)
    assert f"{math.exp(found.log_ratio):.2f}" == "0.71"


@pytest.mark.prove
def test_all_441_reach_the_published_figures_through_the_whole_product(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = handrail_command("demo", "--home", home, home=home)
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stdout.splitlines() if "  " in line]
    for title, here in PRINTED.items():
        assert any(line.startswith(title) and here in line for line in said), (title, done.stdout)
