"""The ladder: whom a worry that waits calls, and when; from the clock, the urgency and the rota alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from handrail.domain.account import Appointment
from handrail.domain.concern import Urgency
from handrail.domain.ladder import (
    LADDER,
    Ladder,
    Post,
    Ring,
    RingOutcome,
    Waiting,
    called,
    due,
    empty_rungs,
    is_called,
    should_ring,
)
from handrail.domain.words import MASKED_ROLES, Role

RAISED = datetime(2014, 6, 2, 18, 5, tzinfo=UTC)


def waiting(urgency: Urgency = Urgency.CRISIS_TEAM, *, has_trouble: bool = False) -> Waiting:
    return Waiting(UUID(int=1), urgency, RAISED, "north", has_trouble)


def post(role: Role, team: str = "north") -> Post:
    return Post(UUID(int=len(role.value)), role.sentence, "x@example.org", Appointment(role, team))


EVERYBODY = tuple(post(role) for role in Role if role is not Role.PERSON)


@pytest.mark.parametrize(
    ("urgency", "minutes", "rings"),
    [
        (Urgency.EMERGENCY, 0, (1,)),
        (Urgency.EMERGENCY, 5, (1, 2)),
        (Urgency.CRISIS_TEAM, 9, (1,)),
        (Urgency.CRISIS_TEAM, 10, (1, 2)),
        (Urgency.CRISIS_TEAM, 20, (1, 2, 3)),
        (Urgency.CRISIS_TEAM, 49, (1, 2, 3)),
        (Urgency.CRISIS_TEAM, 50, (1, 2, 3, 4)),
        (Urgency.CRISIS_TEAM, 80, (1, 2, 3, 5)),
        (Urgency.SUPERVISOR, 89, (1, 2)),
        (Urgency.SUPERVISOR, 90, (1, 2, 3)),
    ],
)
def test_the_minutes_decide_who_is_due(urgency: Urgency, minutes: int, rings: tuple[int, ...]) -> None:
    assert due(waiting(urgency), at=RAISED + timedelta(minutes=minutes)) == rings


def test_an_installation_may_name_other_minutes() -> None:
    at = RAISED + timedelta(minutes=3)
    assert due(waiting(), at=at, ladder=Ladder(crisis_team=(0, 1, 2), again_minutes=1)) == (1, 2, 3, 4)
    assert due(waiting(), at=at, ladder=LADDER) == (1,)


def test_a_rung_where_nobody_stands_costs_no_time() -> None:
    staff = [one for one in EVERYBODY if one.appointment.role is not Role.DUTY_CLINICIAN]
    empty = empty_rungs(staff, team_code="north", is_locked=False)
    assert empty == {1}
    assert due(waiting(), at=RAISED, empty=empty) == (1, 2)
    assert due(waiting(), at=RAISED, empty={1, 2}) == (1, 2, 3)
    assert due(waiting(), at=RAISED + timedelta(minutes=10), empty={2}) == (1, 2, 3)


def test_each_rung_calls_its_own_people_of_that_team_and_then_everybody_is_called() -> None:
    def roles(number: int, team: str = "north") -> set[Role]:
        return {one.appointment.role for one in called(number, EVERYBODY, team_code=team, is_locked=False)}

    assert [roles(number) for number in (1, 2, 3)] == [
        {Role.DUTY_CLINICIAN},
        {Role.PEER_SUPERVISOR},
        {Role.TRIAL_MANAGER},
    ]
    assert roles(4) == {Role.DUTY_CLINICIAN, Role.PEER_SUPERVISOR, Role.TRIAL_MANAGER}
    assert roles(4, "south") == set()


def test_whoever_is_masked_is_never_called() -> None:
    for number in range(1, 6):
        for is_locked in (False, True):
            found = {
                one.appointment.role
                for one in called(number, EVERYBODY, team_code="north", is_locked=is_locked)
            }
            still = MASKED_ROLES - ({Role.SERVICE_MANAGER} if is_locked else set())
            assert found and not found & still
            assert (Role.SERVICE_MANAGER in found) == (is_locked and number >= 3)


def test_a_call_that_went_is_made_once_and_one_that_failed_again_after_some_minutes() -> None:
    who = UUID(int=7)
    sent = Ring(1, who, "A", RingOutcome.SENT, RAISED)
    failed = Ring(1, who, "A", RingOutcome.FAILED, RAISED)
    nobody = Ring(2, None, "", RingOutcome.NOBODY, RAISED)
    soon, later = RAISED + timedelta(minutes=4), RAISED + timedelta(minutes=5)
    assert should_ring(1, who, (), at=soon)
    assert not should_ring(1, who, (failed,), at=soon)
    assert should_ring(1, who, (failed,), at=later)
    assert not should_ring(1, who, (failed, sent), at=later)
    assert should_ring(2, who, (sent,), at=later)
    assert not should_ring(2, None, (nobody,), at=later)


def test_a_page_tells_of_it_once_a_rung_is_due_and_at_once_where_a_message_failed() -> None:
    def told(role: Role, minutes: int, *, has_trouble: bool = False) -> bool:
        at = RAISED + timedelta(minutes=minutes)
        return is_called(waiting(has_trouble=has_trouble), role, at=at)

    assert [told(Role.DUTY_CLINICIAN, 0), told(Role.PEER_SUPERVISOR, 9), told(Role.PEER_SUPERVISOR, 10)] == [
        True,
        False,
        True,
    ]
    assert told(Role.TRIAL_MANAGER, 0, has_trouble=True)
    assert not told(Role.RESEARCHER, 999, has_trouble=True)
