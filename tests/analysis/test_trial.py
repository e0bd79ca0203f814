"""The analysis of a whole lock: what it finds in a trial whose answers are known beforehand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from handrail.analysis import tables, trial
from handrail.analysis.findings import AnalysisResult
from handrail.analysis.populations import scrambled_arms
from tests.analysis import synthetic
from tests.analysis.synthetic import ARM, REFERENCE


def test_the_counts_are_the_published_ones(result: AnalysisResult) -> None:
    counts = {name: [result.finding(f"{name}.{arm}").estimate for arm in (ARM, REFERENCE)]
              for name in ("randomised", "outcome_known", "readmitted")}  # fmt: skip
    assert counts == {"randomised": [221, 220], "outcome_known": [218, 216], "readmitted": [64, 83]}


def test_the_main_answer_is_that_of_a_fit_by_hand_from_the_files(result: AnalysisResult) -> None:
    rows = synthetic.rows()
    arms, teams = dict(rows["arms"]), {row[0]: row[1] for row in rows["entries"]}
    known = [(row[0], row[2]) for row in rows["outcomes"] if row[2] is not None]
    names = sorted(set(teams.values()))
    design = np.array(
        [[arms[n] == ARM, *(teams[n] == name for name in names)] for n, _ in known], dtype=float
    )
    outcome, beta = np.array([float(e) for _, e in known]), np.zeros(1 + len(names))
    for _ in range(40):
        risk = 1 / (1 + np.exp(-design @ beta))
        information = design.T @ ((risk * (1 - risk))[:, None] * design)
        beta += np.linalg.solve(information, design.T @ (outcome - risk))
    primary = result.finding("readmission_or_adjusted")
    assert np.log(primary.estimate) == pytest.approx(beta[0], abs=1e-8)
    assert primary.se == pytest.approx(np.sqrt(np.linalg.inv(information)[0, 0]), abs=1e-8)
    assert (primary.n, primary.events, primary.scale) == (434, 147, "odds ratio")


def test_the_crude_answers_are_those_of_the_four_counts(result: AnalysisResult) -> None:
    assert result.finding("crude_or_wald").estimate == pytest.approx(0.6659364732, abs=1e-6)
    assert result.finding("crude_fisher").p == pytest.approx(0.0539137452, abs=1e-6)
    assert result.finding("crude_barnard_by_arm").p == pytest.approx(0.0489357169, abs=1e-6)


def test_each_extreme_of_the_missing_outcomes_lies_on_its_own_side(result: AnalysisResult) -> None:
    found = {
        name: result.finding(f"missing_{name}").estimate
        for name in ("worst", "best", "readmitted", "not_readmitted")
    }
    assert found["best"] < found["readmitted"] < found["worst"]
    assert found["best"] < found["not_readmitted"] < found["worst"]
    assert result.finding("missing_worst").n == 441


def test_the_flow_adds_up(result: AnalysisResult) -> None:
    flow = result.flow
    assert flow.assessed == 441 + 60
    assert flow.assessed == flow.randomised + sum(count.count for count in flow.excluded) + flow.pending
    for arm in flow.arms:
        assert arm.allocated == arm.analysed + sum(count.count for count in arm.lost)
    assert [(arm.received, arm.analysed) for arm in flow.arms] == [(184, 218), (219, 216)]
    assert [arm.received_unknown for arm in flow.arms] == [23, 0]


def test_the_curve_starts_whole_and_ends_at_the_share_not_readmitted(result: AnalysisResult) -> None:
    (curve,) = result.curves
    for arm in curve.arms:
        assert (arm.days[0], arm.survival[0]) == (0, 1.0)
        assert arm.at_risk[0] == arm.n
        assert arm.events_by[-1] == arm.events
        assert list(arm.survival) == sorted(arm.survival, reverse=True)
    assert curve.risk_days[-1] == 365


def test_the_table_of_the_curve_has_the_limits_of_each_share(result: AnalysisResult) -> None:
    (curve,) = result.curves
    rows = {row[0]: row[1:] for row in result.table("time_at_risk").rows}
    for arm in curve.arms:
        assert rows[f"{arm.title}: day 0"] == (str(arm.n), "0", "100.0%", "–")
        last = rows[f"{arm.title}: day 365"]
        assert last[3] == f"{100 * arm.lower[-1]:.1f} to {100 * arm.upper[-1]:.1f}"
        assert last[1:3] == (str(arm.events), f"{100 * arm.survival[-1]:.1f}%")


def test_meetings_that_are_not_known_are_apart_from_none(result: AnalysisResult) -> None:
    rows = {row[0]: row[1:] for row in result.table("sessions").rows}
    assert rows["None"] == ("14 (6.3%)", "14 (7.1%)")
    assert rows["Not known"] == ("23 (10.4%)", "–")
    assert result.finding(f"sessions_adherent.{ARM}").n == 221
    assert result.finding(f"sessions_adherent_known.{ARM}").n == 198


def test_the_published_figures_stand_beside_our_own(result: AnalysisResult) -> None:
    pairs = {pair.code: pair.finding_id for pair in result.published}
    assert pairs["odds_ratio"] == "readmission_or_adjusted"
    assert pairs["mean_days_peer_supported"] == f"days_to_readmission_mean.{ARM}"
    assert "" not in pairs.values()
    shown = {row[0]: row for row in result.table("published").rows}
    assert shown["Serious adverse events, workbook by post"][1:] == (
        "42",
        "–",
        "a",
        "42",
        "–",
        "220",
        shown["Serious adverse events, with a peer support worker"][-1],
    )


def test_each_of_our_numbers_beside_a_paper_has_its_interval_its_n_and_what_stands_behind_it(
    result: AnalysisResult,
) -> None:
    table = result.table("published")
    by_id = {finding.id: finding for finding in result.findings}
    for pair, row in zip(result.published, table.rows, strict=True):
        ours = by_id[pair.finding_id]
        shown, _, n, how = row[4:]
        assert (" to " in shown) == (ours.lower is not None)
        assert n == str(ours.n)
        behind = re.search(rf"\({how}\) ([^()]*(?:\([^()]*\))?[^()]*)\.", table.note)
        assert behind is not None
        assert ours.window in behind[0]
        assert ours.method.lower() in behind[0].lower()


def test_no_table_gives_a_share_without_its_interval_or_a_word_that_it_has_none(
    result: AnalysisResult,
) -> None:
    for table in result.tables:
        if "%" in str(table.rows) and table.code != "time_at_risk":
            assert "interval" in table.note or "limits" in table.note.lower(), table.code


def test_ours_stands_to_the_places_of_the_paper_but_never_on_the_line(result: AnalysisResult) -> None:
    shown = {row[0]: row for row in result.table("published").rows}
    assert shown["Odds ratio of readmission within a year, adjusted"][3] == "a"
    assert "(a) Lancet 2018;392:409-418, abstract." in result.table("published").note
    crude = {row[0]: row for row in result.table("primary").rows}["Risk ratio (Wald, on the log risk ratio)"]
    assert crude[2:] == ("0.764", "0.585 to 0.997", "0.0476")


def test_shares_and_means_of_meetings_have_their_limits(result: AnalysisResult) -> None:
    adherent, mean = result.finding(f"sessions_adherent.{ARM}"), result.finding(f"sessions_mean.{ARM}")
    # Wilson's formula by hand, z = 1.959963984540054, on the count of the table.
    share, n, z = adherent.events / 221, 221, 1.959963984540054
    middle, half = share + z * z / (2 * n), z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    expected = [100 * (middle + side * half) / (1 + z * z / n) for side in (-1, 1)]
    assert [adherent.lower, adherent.upper] == pytest.approx(expected, abs=1e-9)
    assert "23 whose number is not known count as having had fewer" in adherent.note
    assert mean.lower < mean.estimate < mean.upper
    rows = {row[0]: row[1:] for row in result.table("sessions").rows}
    assert rows["At least 3: 95% CI, per cent"][0] == f"{adherent.lower:.1f} to {adherent.upper:.1f}"


def test_a_total_that_is_no_score_is_described_and_never_compared(result: AnalysisResult) -> None:
    compared = {f.id for f in result.findings if f.id.startswith("score_difference.")}
    assert "score_difference.month_4.eq_vas" in compared
    assert "score_difference.month_4.eq_5d_3l" not in compared
    rows = {row[0]: row for row in result.table("scores").rows}
    assert rows["4 months: EQ-5D-3L, the five questions (5 to 15, higher is worse)"][3:] == ("–", "–", "–")
    assert "Not compared, as its items do not add up to a score: EQ-5D-3L" in result.table("scores").note
    assert "Scoring not yet confirmed for this trial: QPR-15" in result.table("scores").note


def test_people_at_entry_are_told_in_the_words_that_they_were_asked_in(tmp_path: Path) -> None:
    made = synthetic.few()
    made["baseline"] = [(*row[:4], "none", row[5]) for row in made["baseline"]]
    shown = {row[0]: row[1:] for row in synthetic.result(tmp_path / "lock", made).table("baseline").rows}
    assert shown["Housing: No fixed home"] == ("12 (100.0%)", "12 (100.0%)")
    assert "Housing: None" not in shown


def test_the_actual_days_of_recruitment_and_follow_up_are_given(result: AnalysisResult) -> None:
    entered = [row[2] for row in synthetic.rows()["entries"]]
    assert [result.flow.first_entry_on, result.flow.last_entry_on] == [
        min(entered).isoformat(), max(entered).isoformat(),
    ]  # fmt: skip
    rows = {row[0]: row[1:] for row in result.table("dates").rows}
    last = max(entered)
    assert rows["Entry into the trial (day 0)"][1:] == (f"{last.day} {last:%B %Y}", "441")
    held = {row[0] for row in synthetic.rows()["followup"] if row[1] == "month_4" and row[4]}
    assert rows["Interview held: 4 months"][2] == str(len(held))
    assert rows["Interview held: 18 months"] == ("–", "–", "0")
    assert rows["Data locked"][1] == "1 February 2017"


def test_synthetic_people_are_said_to_be_so_and_real_ones_are_not(
    result: AnalysisResult, tmp_path: Path
) -> None:
    real = synthetic.result(tmp_path / "lock", synthetic.few(), label="")
    assert [notice.split(":")[0] for notice in result.notices] == ["SYNTHETIC PEOPLE"]
    assert real.notices == ()


@pytest.fixture(scope="module")
def rehearsal(lock: Path) -> AnalysisResult:
    locked, under = tables.read(lock), synthetic.protocol()
    dealt = scrambled_arms(locked.tables["entries"], under.arms, 3)
    return trial.analyse(locked, trial.Arms(dealt, "dealt", seed=3), under)


def test_a_rehearsal_says_so_on_everything_it_hands_on(rehearsal: AnalysisResult) -> None:
    named = [*rehearsal.findings, *rehearsal.tables, *rehearsal.curves]
    assert all(one.title.startswith("REHEARSAL ON SCRAMBLED ARMS: ") for one in named)
    assert (rehearsal.is_scrambled, rehearsal.seed) == (True, 3)
    assert "REHEARSAL ON SCRAMBLED ARMS" in rehearsal.notices[0]


def test_a_rehearsal_shows_nothing_that_follows_from_the_arm(rehearsal: AnalysisResult) -> None:
    codes = {table.code for table in rehearsal.tables}
    assert codes & {"sessions", "workbook", "relatedness"} == set()
    assert [arm.received for arm in rehearsal.flow.arms] == [None, None]
    assert [f.id for f in rehearsal.findings if f.id.startswith("sessions")] == []


def test_a_rehearsal_has_everything_else(rehearsal: AnalysisResult, result: AnalysisResult) -> None:
    ids = {finding.id for finding in result.findings if not finding.id.startswith("sessions")}
    assert {finding.id for finding in rehearsal.findings} == ids


@pytest.mark.parametrize(
    ("events", "words"),
    [((0, 0), "apart completely"), ((11, 10), "apart completely"), ((0, 5), "apart completely")],
)
def test_a_trial_without_an_answer_says_why_and_still_reports_the_rest(
    tmp_path: Path, events: tuple[int, int], words: str
) -> None:
    rows = synthetic.rows(sizes=(12, 12), known=(11, 10), events=events)
    found = synthetic.result(tmp_path / "lock", rows)
    primary = found.finding("readmission_or_adjusted")
    assert (primary.estimate, primary.p) == (None, None)
    assert words in primary.note
    assert found.finding(f"readmitted.{ARM}").estimate == events[0]
    assert found.to_json()


@pytest.mark.parametrize(
    ("sizes", "known", "events"),
    [
        ((4, 0), (4, 0), (2, 0)),
        ((4, 1), (4, 1), (2, 0)),
        ((5, 5), (0, 0), (0, 0)),
        ((5, 5), (5, 5), (5, 5)),
        ((6, 6), (6, 6), (3, 3)),
    ],
)
def test_the_smallest_trials_are_analysed_and_every_gap_says_why(
    tmp_path: Path, sizes: tuple[int, int], known: tuple[int, int], events: tuple[int, int]
) -> None:
    found = synthetic.result(tmp_path / "lock", synthetic.rows(sizes=sizes, known=known, events=events))
    assert [f.id for f in found.findings if f.estimate is None and not f.note] == []
    assert found.flow.randomised == sum(sizes)
    assert found.to_json()


def test_people_whose_nights_are_not_known_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    made = synthetic.rows()
    places = [i for i, row in enumerate(made["outcomes"]) if row[1] == "readmitted"][:2]
    for i in places:
        made["outcomes"][i] = (*made["outcomes"][i][:5], None, None, made["outcomes"][i][7])
    result = synthetic.result(tmp_path / "lock", made)
    assert result.finding("nights_difference").n == 432
    assert "days in care are both known" in result.finding("nights_difference").population
    assert "not known: 2, of whom 2 were readmitted" in result.table("acute_care").note
