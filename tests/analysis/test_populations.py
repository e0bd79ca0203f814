"""What the tables, the arms and the protocol say of one person must agree; shuffled arms keep the ratio."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from handrail.analysis.populations import population, scrambled_arms, why_not_two_arms
from handrail.analysis.tables import read
from handrail.domain.refusal import BadFile
from tests.analysis import synthetic
from tests.analysis.synthetic import ARM, REFERENCE, Rows

PROTOCOL = synthetic.protocol()


def arms_of(rows: Rows) -> dict[str, str]:
    return {str(number): str(arm) for number, arm in rows["arms"]}


def problems(tmp_path: Path, rows: Rows, arms: dict[str, str]) -> list[tuple[str, str, str]]:
    """File, column and problem of every fault; none if the people are accepted."""
    lock = read(synthetic.write(tmp_path / "lock", rows))
    try:
        population(lock.tables, arms, under=PROTOCOL, arm_file="lock.arms.age")
    except BadFile as bad:
        return [(fault.file, fault.column, fault.problem) for fault in bad.faults]
    return []


def with_outcome(rows: Rows, *outcome: object) -> Rows:
    """The same rows, with another outcome for the first person."""
    number = rows["outcomes"][0][0]
    rows["outcomes"][0] = (number, *outcome)
    return rows


def test_everybody_entered_is_in_the_population_with_arm_and_outcome(lock: Path) -> None:
    arms = arms_of(synthetic.rows())
    people = population(read(lock).tables, arms, under=PROTOCOL, arm_file="lock.arms.age")
    assert len(people.people) == 441
    assert [(arm.code, arm.count) for arm in people.arms] == [(ARM, 221), (REFERENCE, 220)]
    assert len(people.known) == 434


def test_a_person_without_an_arm_or_with_a_strange_one_is_refused(tmp_path: Path) -> None:
    rows = synthetic.few()
    arms = arms_of(rows)
    first, second = sorted(arms)[:2]
    del arms[first]
    arms[second] = "another"
    arms["HR-1"] = ARM
    found = problems(tmp_path, rows, arms)
    assert [problem for _, _, problem in found] == [
        f"{first} of entries.csv has no arm",
        "HR-1 is not in entries.csv",
        f'{second} has "another", which is no arm of the protocol',
    ]


def test_a_person_without_an_outcome_row_is_refused(tmp_path: Path) -> None:
    rows = synthetic.few()
    gone = rows["outcomes"].pop()[0]
    found = problems(tmp_path, rows, arms_of(rows))
    assert found == [("outcomes.csv", "study_number", f"{gone} of entries.csv is missing")]


def test_a_row_about_somebody_who_did_not_enter_is_refused(tmp_path: Path) -> None:
    rows = synthetic.few()
    rows["baseline"].append(("HR-1", 40, "man", "", "", True))
    found = problems(tmp_path, rows, arms_of(rows))
    assert found == [("baseline.csv", "study_number", "HR-1 is not in entries.csv")]


def test_a_deviation_before_entry_is_accepted(tmp_path: Path) -> None:
    rows = synthetic.few()
    rows["deviations"].append((3, "HR-1", "team_1", synthetic.FIRST_DAY, "other"))
    assert problems(tmp_path, rows, arms_of(rows)) == []


def test_a_team_that_the_protocol_does_not_name_is_refused(tmp_path: Path) -> None:
    rows = synthetic.few()
    number, _, *rest = rows["entries"][0]
    rows["entries"][0] = (number, "team_9", *rest)
    assert problems(tmp_path, rows, arms_of(rows)) == [
        ("entries.csv", "team", '"team_9" is not a team of the protocol')
    ]


@pytest.mark.parametrize(
    ("outcome", "column", "words"),
    [
        (("readmitted", True, 0, "ward", 1, 1, 365), "day", "The clock starts at day 1"),
        (("readmitted", True, 366, "ward", 1, 1, 365), "day", "after the window of 365 days"),
        (("readmitted", True, None, "ward", 1, 1, 365), "day", "must be there"),
        (("readmitted", None, 5, "ward", 1, 1, 365), "readmitted", "does not agree"),
        (("not_readmitted", True, None, "", 0, 0, 365), "readmitted", "does not agree"),
        (("not_readmitted", False, 5, "", 0, 0, 365), "day", "for nobody else"),
        (("censored", False, None, "", 0, 0, 100), "readmitted", "does not agree"),
        (("moved", None, None, "", 0, 0, 100), "status", "is not an outcome status"),
    ],
)
def test_an_outcome_that_contradicts_itself_is_refused_at_its_column(
    tmp_path: Path, outcome: tuple[object, ...], column: str, words: str
) -> None:
    rows = with_outcome(synthetic.few(), *outcome)
    ((file, where, problem),) = problems(tmp_path, rows, arms_of(rows))
    assert (file, where) == ("outcomes.csv", column)
    assert words in problem


@pytest.mark.parametrize(
    "outcome", [("died", False, None, "", 0, 0, 90), ("no_records", None, None, "", None, None, None)]
)
def test_death_and_missing_records_are_accepted(tmp_path: Path, outcome: tuple[object, ...]) -> None:
    rows = with_outcome(synthetic.few(), *outcome)
    assert problems(tmp_path, rows, arms_of(rows)) == []


def test_a_rehearsal_deals_the_same_arms_from_the_same_seed_and_others_from_another(lock: Path) -> None:
    entries = read(lock).tables["entries"]
    first, again, other = (scrambled_arms(entries, PROTOCOL.arms, seed) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_a_rehearsal_keeps_the_ratio_in_every_stratum(lock: Path) -> None:
    entries = read(lock).tables["entries"]
    dealt = scrambled_arms(entries, PROTOCOL.arms, 7)
    strata = zip(entries.texts("study_number"), entries.texts("stratum"), strict=True)
    counted = Counter((stratum, dealt[number]) for number, stratum in strata)
    for stratum in sorted({stratum for stratum, _ in counted}):
        assert abs(counted[stratum, ARM] - counted[stratum, REFERENCE]) <= 1


@pytest.mark.slow
def test_a_rehearsal_has_nothing_to_do_with_the_true_arms(lock: Path) -> None:
    true, entries = arms_of(synthetic.rows()), read(lock).tables["entries"]
    agree = [
        sum(dealt[number] == arm for number, arm in true.items()) / len(true)
        for dealt in (scrambled_arms(entries, PROTOCOL.arms, seed) for seed in range(100))
    ]
    # Each share is 0.5 with an error of about 0.024; the mean of 100 of about 0.0024.
    assert sum(agree) / len(agree) == pytest.approx(0.5, abs=0.0096)


def test_only_a_protocol_with_two_arms_is_compared() -> None:
    assert why_not_two_arms(PROTOCOL.arms) == ()
    assert [reason.code for reason in why_not_two_arms(PROTOCOL.arms * 2)] == ["not_two_arms"]


def test_a_lock_with_nobody_in_it_is_refused(tmp_path: Path) -> None:
    rows: Rows = {name: [] for name in synthetic.few()}
    assert problems(tmp_path, rows, {}) == [("entries.csv", "", "has nobody in it")]
