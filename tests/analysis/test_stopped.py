"""Who stopped the programme, by arm: from the arm file alone, so that a rehearsal cannot tell."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from handrail.analysis.findings import AnalysisResult
from handrail.analysis.populations import scrambled_arms
from handrail.analysis.tables import read
from handrail.analysis.trial import Arms, analyse
from tests.analysis import synthetic
from tests.analysis.synthetic import ARM, REFERENCE, Rows

DAY = synthetic.FIRST_DAY + timedelta(days=30)
PROGRAMME = "Taking part in the programme"


def with_stops() -> Rows:
    """The small trial, in which three people who were offered meetings stopped, and one who was not."""
    rows = synthetic.rows()
    rows["delivery"] = [(*row[:-1], DAY if place < 3 else None) for place, row in enumerate(rows["delivery"])]
    number = next(number for number, arm in rows["arms"] if arm == REFERENCE)
    rows["delivery"].append((number, "", True, 0, 0, None, None, DAY))
    return rows


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> AnalysisResult:
    return synthetic.result(tmp_path_factory.mktemp("stopped") / "lock", with_stops())


def test_those_who_stopped_the_programme_are_counted_by_arm(stopped: AnalysisResult) -> None:
    assert [(arm.arm, arm.stopped) for arm in stopped.flow.arms] == [(ARM, 3), (REFERENCE, 1)]
    assert stopped.table("participation").rows[0] == (PROGRAMME, "3 (1.4%)", "1 (0.5%)")


def test_no_other_number_depends_on_who_stopped(stopped: AnalysisResult, result: AnalysisResult) -> None:
    assert stopped.findings == result.findings
    changed = [new.code for new, old in zip(stopped.tables, result.tables, strict=True) if new != old]
    assert changed == ["participation"]
    received = [(arm.received, arm.received_unknown, arm.analysed) for arm in stopped.flow.arms]
    assert received == [(184, 23, 218), (219, 0, 216)]


def test_a_rehearsal_does_not_show_who_stopped(tmp_path: Path) -> None:
    locked = read(synthetic.write(tmp_path / "lock", with_stops()))
    dealt = scrambled_arms(locked.tables["entries"], synthetic.protocol().arms, 11)
    rehearsed = analyse(locked, Arms(dealt, source="dealt", seed=11), synthetic.protocol())
    hidden = "not shown in a rehearsal"
    assert rehearsed.table("participation").rows[0] == (PROGRAMME, hidden, hidden)
    assert [arm.stopped for arm in rehearsed.flow.arms] == [None, None]


def test_where_nobody_said_no_to_anything_the_table_says_so(tmp_path: Path) -> None:
    rows = synthetic.rows()
    rows["participation"] = []
    table = synthetic.result(tmp_path / "lock", rows).table("participation")
    assert (table.rows, table.note.endswith("There was none.")) == ((), True)


def test_where_people_said_no_to_something_the_table_does_not_say_that_there_was_none(
    stopped: AnalysisResult,
) -> None:
    assert "There was none." not in stopped.table("participation").note


def test_the_steps_from_referral_to_entry_have_their_window_and_say_that_they_are_counts(
    stopped: AnalysisResult,
) -> None:
    note = stopped.table("screening").note
    assert note.startswith("People, from the first referral to the lock. Counts: no interval. Criteria not")
