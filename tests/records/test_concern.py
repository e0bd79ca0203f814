"""Worries as they are kept: raised, taken up by a named person, answered by the same."""

from __future__ import annotations

from uuid import UUID

import pytest

from handrail.domain.concern import NewConcern, Urgency
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Because, Role
from handrail.records.audit.models import Line
from handrail.records.concern import actions, facts
from tests.later import ledger_lines, moment, staff
from tests.river import River

AT = moment(2014, 8, 1)
NEW = NewConcern(Urgency.CRISIS_TEAM, "Synthetic: has not slept.", "A call tonight.", has_told_person=True)


def person(river: River) -> UUID:
    return river.person_of(river.registered(1))


def test_a_worry_goes_from_raised_to_answered_with_a_sealed_line_each(river: River) -> None:
    person_id, clinician = person(river), staff(river, Role.DUTY_CLINICIAN, "Dr Synthetic")
    with ledger_lines() as lines:
        concern_id = actions.raise_concern(person_id, NEW, by=river.by, at=AT)
        actions.acknowledge(concern_id, by=clinician, at=AT)
        actions.answer(concern_id, "Synthetic: telephoned.", by=clinician, at=AT)
    assert [(line.event, line.wing, line.about, line.by) for line in lines] == [
        ("concern_raised", "sealed", person_id, river.by),
        ("concern_acknowledged", "sealed", person_id, clinician),
        ("concern_answered", "sealed", person_id, clinician),
    ]
    kept = facts.concern(concern_id)
    assert (kept.words, kept.wishes, kept.answer) == (
        "Synthetic: has not slept.",
        "A call tonight.",
        "Synthetic: telephoned.",
    )
    assert (kept.acknowledged_name, kept.answered_at) == ("Dr Synthetic", AT)


def test_the_ledger_says_that_taking_it_up_unmasks_that_clinician_for_that_person(river: River) -> None:
    clinician = staff(river, Role.DUTY_CLINICIAN)
    concern_id = actions.raise_concern(person(river), NEW, by=river.by, at=AT)
    actions.acknowledge(concern_id, by=clinician, at=AT)
    line = Line.objects.get(event="concern_acknowledged")
    assert (line.role, line.detail) == ("duty_clinician", {"is_unmasked_for_person": True})


def test_a_second_clinician_is_told_who_took_it_up(river: River) -> None:
    first = staff(river, Role.DUTY_CLINICIAN, "Dr First")
    second = staff(river, Role.DUTY_CLINICIAN, "Dr Second")
    concern_id = actions.raise_concern(person(river), NEW, by=river.by, at=AT)
    actions.acknowledge(concern_id, by=first, at=AT)
    with ledger_lines() as lines, pytest.raises(Refused) as refused:
        actions.acknowledge(concern_id, by=second, at=AT)
    assert [reason.sentence for reason in refused.value.reasons] == ["Dr First has already taken this up."]
    with pytest.raises(Refused) as refused:
        actions.answer(concern_id, "Synthetic.", by=second, at=AT)
    assert [reason.code for reason in refused.value.reasons] == [Because.NOT_YOURS_TO_ANSWER]
    assert lines == []


def test_each_list_shows_what_belongs_in_it(river: River) -> None:
    person_id, clinician = person(river), staff(river, Role.DUTY_CLINICIAN)
    waiting = actions.raise_concern(person_id, NEW, by=river.by, at=AT)
    taken = actions.raise_concern(person_id, NEW, by=river.by, at=moment(2014, 8, 2))
    actions.acknowledge(taken, by=clinician, at=AT)
    assert [(one.id, one.team_code) for one in facts.waiting()] == [(waiting, "team_1")]
    assert facts.waiting(raised_by=river.by) == facts.waiting()
    assert facts.waiting(raised_by=clinician) == ()
    assert [one.id for one in facts.taken_up_by(clinician)] == [taken]
    assert [one.id for one in facts.about(person_id)] == [waiting, taken]
    assert [one.id for one in facts.raised_by(river.by)] == [waiting, taken]
    assert facts.raised_by(clinician) == ()


def test_what_everybody_on_duty_sees_of_a_waiting_worry_does_not_say_who(river: River) -> None:
    person_id = person(river)
    actions.raise_concern(person_id, NEW, by=river.by, at=AT)
    (seen,) = facts.waiting()
    assert (seen.urgency, seen.raised_at) == (Urgency.CRISIS_TEAM, AT)
    assert not any(telling in repr(seen) for telling in (str(person_id), str(river.by), "slept"))


def test_a_worry_about_nobody_or_that_does_not_exist_is_not_found(river: River) -> None:
    with pytest.raises(NotFound):
        actions.raise_concern(UUID(int=404), NEW, by=river.by, at=AT)
    with pytest.raises(NotFound):
        actions.acknowledge(UUID(int=404), by=river.by, at=AT)
