"""Study numbers and entries, as masked eyes may read them."""

from __future__ import annotations

from uuid import UUID

import pytest

from handrail.domain.identifiers import why_not_study_number
from handrail.domain.refusal import NotFound
from handrail.records.enrolment import facts
from tests.river import River


def test_a_registration_is_found_by_id_by_number_and_by_person(river: River) -> None:
    registration_id = river.registered(1)
    known = facts.registration(registration_id)
    assert why_not_study_number(known.study_number) == ()
    assert facts.by_study_number(f" {known.study_number.lower()} ") == known
    assert facts.of_person(known.person_id) == known
    assert known.study_number in facts.NumbersTaken()
    assert "HR-00000-0" not in facts.NumbersTaken()


def test_an_entry_is_known_only_once_there_is_one(river: River) -> None:
    registration_id = river.ready(1)
    person_id = river.person_of(registration_id)
    assert facts.entry_of(registration_id) is None
    assert not facts.has_entered(person_id)
    entry_id = river.randomise(registration_id)
    entry = facts.entry(entry_id)
    assert facts.entry_of(registration_id) == entry
    assert facts.has_entered(person_id)
    assert (entry.entered_on, entry.stratum, entry.person_id) == (river.at.date(), "team_1", person_id)
    assert entry.protocol_version == river.under.programme.version


def test_lists_are_by_number_and_by_team(river: River) -> None:
    for serial, team in enumerate(("team_1", "team_2", "team_1")):
        river.entered(serial, team)
    numbers = [row.study_number for row in facts.registrations()]
    assert numbers == sorted(numbers) and len(numbers) == 3
    assert [entry.study_number for entry in facts.entries()] == numbers
    assert {entry.team_code for entry in facts.entries(team_code="team_1")} == {"team_1"}
    wanted = facts.registrations(team_code="team_2")
    assert facts.registrations(ids=[wanted[0].id]) == wanted


def test_nobody_by_that_id_or_number_is_not_found(river: River) -> None:
    assert facts.of_person(UUID(int=0)) is None
    for look_up in (facts.registration, facts.entry):
        with pytest.raises(NotFound):
            look_up(UUID(int=0))
    with pytest.raises(NotFound):
        facts.by_study_number("HR-00000-0")
