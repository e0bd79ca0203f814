"""Deviations as they are kept."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from handrail.domain.conduct import NewDeviation
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Because, DeviationKind
from handrail.records.conduct import actions, facts
from handrail.records.conduct.models import Deviation
from handrail.records.enrolment import facts as enrolment
from tests.later import day, ledger_lines, moment
from tests.river import River

AT = moment(2014, 8, 1)
NEW = NewDeviation(DeviationKind.UNMASKED, day("2014-07-30"), "Synthetic: said so at the door.")


def test_a_deviation_about_a_person_takes_their_team_and_leaves_one_line(river: River) -> None:
    registration_id = river.registered(1, "team_2")
    with ledger_lines() as lines:
        made = actions.record_deviation(NEW, registration_id=registration_id, by=river.by, at=AT)
    assert [(line.event, line.wing, line.about) for line in lines] == [
        ("deviation_recorded", "masked", registration_id)
    ]
    (kept,) = facts.deviations()
    number = enrolment.registration(registration_id).study_number
    assert (kept.study_number, kept.team_code, kept.kind) == (number, "team_2", DeviationKind.UNMASKED)
    assert facts.note(made) == "Synthetic: said so at the door."


def test_a_deviation_that_names_another_team_than_the_persons_is_refused(river: River) -> None:
    registration_id = river.registered(1, "team_2")
    given = {"registration_id": registration_id, "by": river.by, "at": AT}
    with ledger_lines() as lines, pytest.raises(Refused) as refused:
        actions.record_deviation(NEW, team_code="team_3", **given)
    assert [reason.code for reason in refused.value.reasons] == [Because.TEAM_DIFFERS]
    assert lines == [] and facts.deviations() == ()
    actions.record_deviation(NEW, team_code="team_2", **given)
    assert [one.team_code for one in facts.deviations()] == ["team_2"]


def test_a_deviation_about_a_team_names_nobody(river: River) -> None:
    actions.record_deviation(NEW, team_code="team_3", by=river.by, at=AT)
    assert [(one.study_number, one.team_code) for one in facts.deviations()] == [("", "team_3")]
    assert facts.deviations(team_code="team_4") == ()


def test_a_deviation_about_nothing_is_refused(river: River) -> None:
    with ledger_lines() as lines, pytest.raises(Refused):
        actions.record_deviation(NEW, by=river.by, at=AT)
    with pytest.raises(NotFound):
        actions.record_deviation(NEW, registration_id=UUID(int=404), by=river.by, at=AT)
    with pytest.raises(NotFound):
        facts.note(UUID(int=404))
    assert lines == [] and facts.deviations() == ()


def test_what_masked_staff_see_of_a_deviation_has_no_note(river: River) -> None:
    actions.record_deviation(NEW, team_code="team_3", by=river.by, at=AT)
    assert "door" not in repr(facts.deviations())


def test_deviations_are_never_changed_or_removed(river: River) -> None:
    actions.record_deviation(NEW, team_code="team_3", by=river.by, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deviation.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Deviation.objects.update(team_code="team_1")
