"""Requests for allocation from four processes at once, on the database of this run; and a fault planted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.proofs import allocation_race
from tests.proofs.allocation_race import Course

SERVER = os.environ.get("HANDRAIL_TEST_DATABASE_URL", "")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Sixty people, each asked for twice: 120 requests."""
    return allocation_race.prepare(tmp_path_factory.mktemp("few") / "course", people=60, server_url=SERVER)


@pytest.mark.slow
def test_requests_from_four_processes_are_each_answered_once(course: Course, tmp_path: Path) -> None:
    here = allocation_race.copy(course, tmp_path / "guarded")
    assert allocation_race.race(here) == {}
    assert allocation_race.repeat(here) == {}


@pytest.mark.slow
def test_without_lock_and_constraints_the_same_race_is_seen_to_fail(course: Course, tmp_path: Path) -> None:
    here = allocation_race.copy(course, tmp_path / "unguarded")
    faults = allocation_race.race(here, is_guarded=False)
    assert faults["slots_drawn_twice"] > 0
    assert faults["people_entered_twice"] > 0


@pytest.mark.prove
def test_nobody_enters_who_was_found_ineligible_meanwhile(course: Course, tmp_path: Path) -> None:
    assert allocation_race.meddle(allocation_race.copy(course, tmp_path / "meddled")) == {}


@pytest.mark.prove
def test_without_lock_somebody_enters_who_was_found_ineligible_meanwhile(
    course: Course, tmp_path: Path
) -> None:
    here = allocation_race.copy(course, tmp_path / "meddled_loose")
    assert allocation_race.meddle(here, is_guarded=False)["entered_though_ineligible"] > 0


@pytest.mark.prove
def test_two_thousand_requests_from_four_processes_are_each_answered_once(tmp_path: Path) -> None:
    here = allocation_race.prepare(tmp_path / "many", people=1000, server_url=SERVER)
    assert allocation_race.race(here) == {}
    assert allocation_race.repeat(here) == {}


@pytest.mark.prove
def test_workers_killed_at_random_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    here = allocation_race.prepare(tmp_path / "killed", people=400, server_url=SERVER)
    assert allocation_race.race(here, kills=25) == {}
    assert allocation_race.repeat(here) == {}
