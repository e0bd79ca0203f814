"""Who may have which account."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handrail.domain.account import (
    ONE_TEAM_ROLES,
    UNMASKED_ROLES,
    Appointment,
    Holder,
    sees_team,
    teams_without,
    why_not_invite,
    why_not_leave,
    why_not_move,
    why_not_reset,
    works_unmasked,
)
from handrail.domain.words import MASKED_ROLES, UNMASKED_BY_LOCK, Because, Role

TEAMS = frozenset({"team_1", "team_2"})
RESEARCHER = Holder(Role.RESEARCHER, is_active=True, has_known_arms=False, is_last_administrator=False)


def invited(email: str = "a@example.org", name: str = "A B", **changes: object) -> list[Because]:
    facts = {"appointment": Appointment(Role.RESEARCHER), "is_taken": False, **changes}
    appointment = facts.pop("appointment")
    return [reason.code for reason in why_not_invite(email, name, appointment, teams=TEAMS, **facts)]


def moved(holder: Holder, role: Role, team_code: str = "") -> list[Because]:
    return [reason.code for reason in why_not_move(holder, Appointment(role, team_code), teams=TEAMS)]


def test_somebody_may_be_invited_to_any_staff_role() -> None:
    for role in Role:
        team = "team_1" if role in ONE_TEAM_ROLES else ""
        refused = invited(appointment=Appointment(role, team))
        assert refused == ([Because.ROLE_NOT_FOR_STAFF] if role is Role.PERSON else [])


@pytest.mark.parametrize(
    ("facts", "because"),
    [
        ({"email": "nobody"}, Because.EMAIL_WRONG),
        ({"is_taken": True}, Because.EMAIL_TAKEN),
        ({"name": "  "}, Because.NAME_MISSING),
        ({"name": "x" * 81}, Because.TEXT_TOO_LONG),
        ({"name": "a\x00b"}, Because.TEXT_ODD),
        ({"appointment": Appointment(Role.CRISIS_TEAM)}, Because.TEAM_MISSING),
        ({"appointment": Appointment(Role.PEER_SUPERVISOR)}, Because.TEAM_MISSING),
        ({"appointment": Appointment(Role.DUTY_CLINICIAN)}, Because.TEAM_MISSING),
        ({"appointment": Appointment(Role.CRISIS_TEAM, "team_9")}, Because.TEAM_UNKNOWN),
    ],
)
def test_each_fault_of_an_invitation_is_named(facts: dict, because: Because) -> None:
    assert invited(**facts) == [because]


def test_who_has_worked_where_arms_are_known_never_becomes_masked() -> None:
    knows = replace(RESEARCHER, role=Role.PEER_WORKER, has_known_arms=True)
    for role in MASKED_ROLES:
        assert moved(knows, role, "team_1") == [Because.KNOWS_ARMS]
        assert moved(replace(knows, has_known_arms=False), role, "team_1") == []
    for role in UNMASKED_ROLES:
        assert moved(knows, role, "team_1") == []


def test_no_role_is_both_masked_and_unmasked() -> None:
    assert not UNMASKED_ROLES & MASKED_ROLES
    assert set(Role) - UNMASKED_ROLES - MASKED_ROLES == {Role.PERSON, Role.ADMINISTRATOR}


def test_nobody_gives_themselves_another_role() -> None:
    holder = replace(RESEARCHER, role=Role.ADMINISTRATOR)
    for role in set(Role) - {Role.PERSON}:
        post = Appointment(role, "team_1")
        refused = [reason.code for reason in why_not_move(holder, post, is_self=True, teams=TEAMS)]
        assert refused == ([] if role is Role.ADMINISTRATOR else [Because.NOT_YOUR_OWN_ROLE])
        assert why_not_move(holder, post, is_self=False, teams=TEAMS) == ()


def test_the_last_administrator_stays_one() -> None:
    last = replace(RESEARCHER, role=Role.ADMINISTRATOR, is_last_administrator=True)
    assert moved(last, Role.RESEARCHER) == [Because.LAST_ADMINISTRATOR]
    assert moved(last, Role.ADMINISTRATOR) == []
    assert [reason.code for reason in why_not_leave(last)] == [Because.LAST_ADMINISTRATOR]
    assert why_not_leave(replace(last, is_last_administrator=False)) == ()


def test_an_account_that_left_is_neither_changed_nor_closed_again() -> None:
    left = replace(RESEARCHER, is_active=False)
    assert moved(left, Role.DATA_DESK) == [Because.ACCOUNT_HAS_LEFT]
    assert [reason.code for reason in why_not_leave(left)] == [Because.ACCOUNT_HAS_LEFT]


def test_nobody_takes_away_their_own_second_factor() -> None:
    assert why_not_reset(RESEARCHER, is_self=False) == ()
    assert [reason.code for reason in why_not_reset(RESEARCHER, is_self=True)] == [Because.NOT_YOURSELF]
    left = replace(RESEARCHER, is_active=False)
    assert [reason.code for reason in why_not_reset(left, is_self=False)] == [Because.ACCOUNT_HAS_LEFT]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PERSON}))
def test_an_account_of_a_team_sees_that_team_and_one_without_sees_all_or_nobody(role: Role) -> None:
    assert sees_team(Appointment(role, "team_1"), "team_1")
    assert not sees_team(Appointment(role, "team_1"), "team_2")
    assert sees_team(Appointment(role), "team_1") == (role not in ONE_TEAM_ROLES)


@pytest.mark.parametrize("role", sorted(ONE_TEAM_ROLES))
def test_nobody_is_moved_into_a_role_of_one_team_without_a_team(role: Role) -> None:
    assert moved(RESEARCHER, role, "team_2") == []
    assert moved(RESEARCHER, role) == [Because.TEAM_MISSING]


def test_teams_for_which_nobody_is_in_a_role_are_named() -> None:
    posts = [Appointment(Role.DUTY_CLINICIAN, "team_2"), Appointment(Role.RESEARCHER, "team_3")]
    teams = ["team_1", "team_2", "team_3"]
    assert teams_without(Role.DUTY_CLINICIAN, posts, teams=teams) == ("team_1", "team_3")


@pytest.mark.parametrize("role", sorted(Role))
def test_a_lock_unmasks_service_managers_and_nobody_else(role: Role) -> None:
    assert works_unmasked(role, is_locked=False) == (role in UNMASKED_ROLES)
    assert works_unmasked(role, is_locked=True) == (role in UNMASKED_ROLES or role is Role.SERVICE_MANAGER)
    assert UNMASKED_BY_LOCK < MASKED_ROLES


def test_an_unmasked_service_manager_changes_team_but_never_becomes_another_masked_role() -> None:
    knows = replace(RESEARCHER, role=Role.SERVICE_MANAGER, has_known_arms=True)
    assert moved(knows, Role.SERVICE_MANAGER, "team_2") == []
    for role in MASKED_ROLES - {Role.SERVICE_MANAGER}:
        assert moved(knows, role, "team_1") == [Because.KNOWS_ARMS]
