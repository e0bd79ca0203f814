"""Staff accounts: invited, moved, closed; and what the installation is."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock
from uuid import UUID

import pytest

from handrail.domain.protocol import Programme
from handrail.domain.refusal import Conflict, NotFound, Refused
from handrail.domain.words import Because, Event, Role
from handrail.records.accounts import actions, facts
from handrail.records.accounts.models import Account
from tests.records.told import told
from tests.river import AT, BY, core

pytestmark = pytest.mark.django_db
NOBODY = UUID(int=0)


@pytest.fixture
def programme() -> Programme:
    return core().programme


def invite(programme: Programme, email: str, role: Role, team_code: str = "") -> UUID:
    return actions.invite(email, "A Name", role, team_code, under=programme, by=BY, at=AT)


def change(programme: Programme, account_id: UUID, role: Role, team_code: str = "") -> None:
    actions.change(account_id, role, team_code, under=programme, by=BY, at=AT)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[Because]:
    return [reason.code for reason in refused.value.reasons]


def test_an_invited_account_is_active_and_has_no_password_yet(programme: Programme) -> None:
    with told(Event.ACCOUNT_INVITED):
        account_id = invite(programme, " Ann@Example.org ".strip(), Role.CRISIS_TEAM, "team_2")
    known = facts.account(account_id)
    assert (known.email, known.role, known.team_code) == ("ann@example.org", Role.CRISIS_TEAM, "team_2")
    assert known.is_active
    assert not Account.objects.get(id=account_id).has_usable_password()


def test_one_address_has_one_account_in_any_case(programme: Programme) -> None:
    invite(programme, "ann@example.org", Role.RESEARCHER)
    with pytest.raises(Refused) as refused, told():
        invite(programme, "ANN@example.org", Role.DATA_DESK)
    assert codes(refused) == [Because.EMAIL_TAKEN]
    assert facts.has_account("Ann@Example.ORG")


def test_an_address_taken_meanwhile_is_a_conflict(programme: Programme) -> None:
    invite(programme, "ann@example.org", Role.RESEARCHER)
    with mock.patch.object(facts, "has_account", return_value=False), pytest.raises(Conflict), told():
        invite(programme, "ann@example.org", Role.DATA_DESK)


def test_the_first_administrator_is_made_by_an_agent(programme: Programme) -> None:
    with told(Event.ACCOUNT_INVITED):
        actions.invite(
            "root@example.org", "Root", Role.ADMINISTRATOR, under=programme, by=None, agent="setup", at=AT
        )
    with pytest.raises(RuntimeError, match="actor"):
        actions.invite("b@example.org", "B", Role.RESEARCHER, under=programme, by=None, at=AT)
    assert not facts.has_account("b@example.org")


def test_a_role_and_a_team_are_changed_together(programme: Programme) -> None:
    account_id = invite(programme, "ann@example.org", Role.CRISIS_TEAM, "team_2")
    with told(Event.ACCOUNT_CHANGED):
        change(programme, account_id, Role.RESEARCHER)
    assert (facts.account(account_id).role, facts.account(account_id).team_code) == (Role.RESEARCHER, "")


def test_who_signed_in_where_arms_are_known_never_becomes_masked_even_by_a_detour(
    programme: Programme,
) -> None:
    account_id = invite(programme, "ann@example.org", Role.PEER_WORKER)
    change(programme, account_id, Role.RESEARCHER)  # never signed in as a peer worker: a slip of the pen
    change(programme, account_id, Role.PEER_WORKER)
    Account.objects.filter(id=account_id).update(last_login=AT)
    with pytest.raises(Refused) as refused, told():
        change(programme, account_id, Role.RESEARCHER)
    assert codes(refused) == [Because.KNOWS_ARMS]
    change(programme, account_id, Role.ADMINISTRATOR)
    with pytest.raises(Refused) as detour:
        change(programme, account_id, Role.RESEARCHER)
    assert Because.KNOWS_ARMS in codes(detour)


def test_somebody_who_leaves_is_dead_at_once_and_stays_for_the_ledger(programme: Programme) -> None:
    account_id = invite(programme, "ann@example.org", Role.RESEARCHER)
    with told(Event.ACCOUNT_LEFT):
        actions.leave(account_id, AT.date(), by=BY, at=AT)
    assert not facts.account(account_id).is_active
    with pytest.raises(Refused) as refused:
        actions.leave(account_id, AT.date(), by=BY, at=AT)
    assert codes(refused) == [Because.ACCOUNT_HAS_LEFT]


def test_the_last_administrator_neither_leaves_nor_moves(programme: Programme) -> None:
    first = invite(programme, "one@example.org", Role.ADMINISTRATOR)
    second = invite(programme, "two@example.org", Role.ADMINISTRATOR)
    actions.leave(first, AT.date(), by=BY, at=AT)
    for act in (lambda: change(programme, second, Role.RESEARCHER),
                lambda: actions.leave(second, AT.date(), by=BY, at=AT)):  # fmt: skip
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == [Because.LAST_ADMINISTRATOR]


def test_nobody_by_that_id_is_not_found(programme: Programme) -> None:
    for act in (lambda: change(programme, NOBODY, Role.RESEARCHER), lambda: facts.account(NOBODY),
                lambda: actions.leave(NOBODY, AT.date(), by=BY, at=AT)):  # fmt: skip
        with pytest.raises(NotFound):
            act()


def test_accounts_are_listed_by_name_role_and_standing(programme: Programme) -> None:
    ann = invite(programme, "ann@example.org", Role.RESEARCHER)
    bob = invite(programme, "bob@example.org", Role.DATA_DESK)
    actions.leave(bob, AT.date(), by=BY, at=AT)
    assert {account.id for account in facts.accounts()} == {ann, bob}
    assert [account.id for account in facts.accounts(role=Role.DATA_DESK)] == [bob]
    assert [account.id for account in facts.accounts(is_active=True)] == [ann]


def test_an_installation_is_marked_once_and_counts_as_real_until_then() -> None:
    assert facts.installation() is None
    assert not facts.is_synthetic()
    with told(Event.SET_UP):
        actions.install(is_synthetic=True, protocol_hash="ab", at=AT)
    assert facts.is_synthetic()
    with pytest.raises(Refused) as refused, told():
        actions.install(is_synthetic=False, protocol_hash="ab", at=AT)
    assert codes(refused) == [Because.INSTALLED_ALREADY]
    assert facts.is_synthetic()


@pytest.mark.parametrize("is_synthetic", [True, False])
def test_only_a_demonstrations_clock_is_set(is_synthetic: bool) -> None:
    actions.install(is_synthetic=is_synthetic, protocol_hash="ab", at=AT)
    ahead = timedelta(days=9)
    if is_synthetic:
        with told(Event.CLOCK_SET):
            actions.set_clock(ahead, at=AT, agent="demonstration")
        assert facts.clock_ahead() == ahead
        return
    with pytest.raises(Refused) as refused, told():
        actions.set_clock(ahead, at=AT, agent="demonstration")
    assert codes(refused) == [Because.CLOCK_IS_REAL]
    assert facts.clock_ahead() == timedelta(0)
