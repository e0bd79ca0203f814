"""From entry and spells to an outcome, for one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handrail.domain.acutecare import Spell, clean
from handrail.domain.readmission import Outcome, episodes_of, outcome
from handrail.domain.words import OutcomeStatus, Setting
from tests.rules.fixture_readmission import CORE, CUT_OFF, ENTRY, Case, cases, spell


def told(*spells: str, observed_until: date = CUT_OFF, **more) -> Outcome:
    rows = [spell(text, row) for row, text in enumerate(spells)]
    return outcome(ENTRY, rows, under=more.pop("under", CORE), observed_until=observed_until, **more)


def cleaned(*spells: str) -> tuple[Spell, ...]:
    rows = [spell(text, row) for row, text in enumerate(spells)]
    return clean(rows, settings=CORE.settings, observed_until=CUT_OFF, died_on=None).spells


def as_text(found: Outcome) -> tuple[str, ...]:
    readmitted = "" if found.readmitted is None else str(int(found.readmitted))
    numbers = (found.nights, found.calendar_days, found.followed_days)
    day = "" if found.day is None else str(found.day)
    return (readmitted, day, found.first_service, *("" if n is None else str(n) for n in numbers))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_fixture_comes_out_exactly(case: Case) -> None:
    found = outcome(ENTRY, case.spells, under=CORE, observed_until=CUT_OFF, died_on=case.died_on)
    assert (found.status.value, as_text(found)) == (case.status, case.answers)


def test_a_person_who_did_not_consent_has_no_outcome_whatever_the_records_say() -> None:
    assert told("W/A 2024-03-01..2024-03-11", has_consent=False) == Outcome(OutcomeStatus.NOT_CONSENTED)
    assert told("W/A 2024-03-01..2024-03-11").status is OutcomeStatus.READMITTED


def test_a_missing_end_before_entry_does_not_swallow_a_later_readmission() -> None:
    found = told("C/A 2024-01-05..open", "W/A 2024-06-01..2024-06-10")
    assert found == Outcome(OutcomeStatus.INDEX_END_UNKNOWN, followed_days=365)
    assert told("C/A 2024-01-05..2024-01-20", "W/A 2024-06-01..2024-06-10").day == 138


def test_a_missing_end_with_nothing_after_entry_is_a_long_index_episode() -> None:
    found = told("C/A 2024-01-05..open")
    assert (found.status, found.nights) == (OutcomeStatus.NOT_READMITTED, 365)


def test_an_end_learnt_in_a_later_submission_mends_the_missing_one() -> None:
    found = told("C/A 2024-01-05..open", "C/A 2024-01-05..2024-01-20", "W/A 2024-06-01..2024-06-10")
    assert (found.status, found.day) == (OutcomeStatus.READMITTED, 138)


def test_a_death_before_a_readmission_gives_0_and_after_it_leaves_1() -> None:
    ward = "W/A 2024-03-01..2024-03-11"
    before = told(ward, died_on=date(2024, 2, 1))
    assert (before.status, before.readmitted, before.followed_days) == (OutcomeStatus.DIED, False, 17)
    after = told(ward, died_on=date(2024, 3, 1))
    assert (after.status, after.day, after.nights, after.calendar_days) == (
        OutcomeStatus.READMITTED,
        46,
        0,
        1,
    )


@pytest.mark.parametrize(("died", "status"), [(365, "died"), (366, "not_readmitted"), (0, "died")])
def test_a_death_counts_from_entry_to_the_last_day_of_the_window(died: int, status: str) -> None:
    found = told("C/A 2023-12-20..2024-01-10", died_on=ENTRY + timedelta(days=died))
    assert (found.status.value, found.readmitted) == (status, False)


def test_a_death_that_the_records_did_not_reach_leaves_the_outcome_blank() -> None:
    seen = date(2024, 4, 1)
    found = told("C/A 2023-12-20..2024-01-10", observed_until=seen, died_on=date(2024, 5, 1))
    assert (found.status, found.readmitted, found.followed_days) == (OutcomeStatus.CENSORED, None, 77)
    reached = told("C/A 2023-12-20..2024-01-10", observed_until=seen, died_on=seen)
    assert (reached.status, reached.readmitted, reached.followed_days) == (OutcomeStatus.DIED, False, 77)


@pytest.mark.parametrize(("days", "status"), [(364, "censored"), (365, "not_readmitted")])
def test_records_that_end_before_the_window_leave_the_outcome_blank(days: int, status: str) -> None:
    found = told("C/A 2023-12-20..2024-01-10", observed_until=ENTRY + timedelta(days=days))
    assert (found.status.value, found.readmitted, found.followed_days) == (
        status,
        None if days < 365 else False,
        days,
    )


def test_a_readmission_seen_before_the_records_end_is_known() -> None:
    found = told("W/A 2024-03-01..2024-03-11", observed_until=date(2024, 3, 5))
    assert (found.readmitted, found.day, found.nights, found.calendar_days) == (True, 46, 4, 5)
    assert found.followed_days == 50


def test_records_that_end_before_entry_say_nothing_after_it() -> None:
    found = told("C/A 2023-12-20..2024-01-10", observed_until=date(2024, 1, 1))
    assert (found.status, found.followed_days, found.nights) == (OutcomeStatus.CENSORED, 0, 0)


def test_no_row_at_all_is_not_the_same_as_not_readmitted() -> None:
    assert told() == Outcome(OutcomeStatus.NO_RECORDS)
    assert told(has_other_rows=True).status is OutcomeStatus.NOT_READMITTED
    assert told("W/A 2024-05-10..2024-05-01").status is OutcomeStatus.NOT_READMITTED


def test_a_service_that_the_protocol_does_not_count_is_a_row_but_no_readmission() -> None:
    without = replace(CORE, settings=(Setting.WARD, Setting.CRISIS_TEAM))
    found = told("D/A 2024-10-01..2024-10-15", under=without)
    assert (found.status, found.nights) == (OutcomeStatus.NOT_READMITTED, 0)


def test_services_that_start_on_the_same_day_are_joined_in_alphabetical_order() -> None:
    rows = ("W/A 2024-03-01..2024-03-11", "C/B 2024-03-01..2024-03-04", "H/A 2024-03-02..2024-03-03")
    assert told(*rows).first_service == "crisis-team+ward"


@pytest.mark.parametrize(("start", "day"), [("2024-01-25", None), ("2024-01-26", None), ("2024-01-27", 12)])
def test_a_step_up_within_the_gap_is_the_index_episode_and_beyond_it_a_readmission(
    start: str, day: int | None
) -> None:
    found = told("C/A 2024-01-05..2024-01-25", f"W/A {start}..2024-02-05")
    assert found.day == day
    assert found.day_from_index_end == (2 if day else None)


def test_the_second_clock_runs_only_where_the_index_episode_was_open_at_entry() -> None:
    assert told("C/A 2023-12-20..2024-01-15", "W/A 2024-03-01..2024-03-11").day_from_index_end == 46
    assert told("C/A 2023-12-20..2024-01-14", "W/A 2024-03-01..2024-03-11").day_from_index_end is None


def test_the_wider_the_gap_the_fewer_the_readmissions() -> None:
    rows = ("C/A 2024-01-05..2024-01-25", "W/A 2024-01-27..2024-02-05")
    assert told(*rows, under=replace(CORE, merge_gap_days=2)).readmitted is False
    assert told(*rows, under=replace(CORE, merge_gap_days=0)).readmitted is True


@pytest.mark.parametrize(("start", "day"), [("2024-01-26", None), ("2024-02-08", None), ("2024-02-09", 25)])
def test_a_gap_of_its_own_lets_somebody_come_back_soon_without_being_readmitted(
    start: str, day: int | None
) -> None:
    rows = ("C/A 2024-01-05..2024-01-25", f"W/A {start}..2024-02-20")
    assert told(*rows, under=replace(CORE, index_gap_days=14)).day == day


def test_what_came_back_soon_is_index_episode_and_counts_its_own_days_on() -> None:
    wide = replace(CORE, index_gap_days=14)
    rows = ("C/A 2024-01-05..2024-01-25", "H/A 2024-02-01..2024-02-05", "W/A 2024-02-19..2024-02-20")
    assert (told(*rows, under=wide).day, told(*rows).day) == (None, 17)
    later = (*rows, "D/A 2024-03-06..2024-03-10")  # fifteen days after the ward
    assert told(*later, under=wide).day == 51


def test_the_index_episodes_gap_is_not_that_between_later_episodes() -> None:
    wide = replace(CORE, index_gap_days=14)
    rows = ("W/A 2024-03-01..2024-03-11", "W/A 2024-03-20..2024-03-25")  # nobody was in care by entry
    assert told(*rows, under=wide) == told(*rows)
    assert len(episodes_of(cleaned(*rows), ENTRY, under=wide, close_on=CUT_OFF)) == 2


def test_an_episode_that_ended_before_entry_has_the_same_gap() -> None:
    rows = ("C/A 2023-12-20..2024-01-10", "W/A 2024-01-20..2024-01-22")
    assert told(*rows).day == 5
    assert told(*rows, under=replace(CORE, index_gap_days=10)).readmitted is False


def test_a_shorter_window_ends_sooner() -> None:
    rows = ("W/A 2024-03-01..2024-03-11",)
    assert told(*rows, under=replace(CORE, horizon_days=46)).day == 46
    short = told(*rows, under=replace(CORE, horizon_days=45))
    assert (short.readmitted, short.nights, short.followed_days) == (False, 0, 45)
