"""One-time codes: used once, dead after ten minutes or five wrong tries, and one answer for every failure."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from handrail.domain.person import Contact
from handrail.domain.refusal import Refused
from handrail.domain.words import Because, Event, Role
from handrail.records.encryption import hash_code
from handrail.records.people import actions, codes
from handrail.records.people.models import SignInCode
from tests.records.told import told
from tests.river import AT, BY
from tests.synthetic import person

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
GIVERS = (Role.RESEARCHER, Role.PEER_WORKER)


@pytest.fixture
def person_id() -> UUID:
    return actions.register(person(1), by=BY, at=AT)


def issue(person_id: UUID, *, at: datetime = AT, seed: int = 1, by: UUID = BY) -> str:
    return codes.issue_code(person_id, pick=Random(seed).choice, by=by, at=at)


def used(person_id: UUID, code: str, *, at: datetime = AT + MINUTE) -> bool:
    """Whether a code that works opens what the person is offered."""
    came_in = codes.use_code(person_id, code, at=at)
    assert came_in.person_id == person_id
    return came_in.opens_offer


def member(role: Role) -> UUID:
    from tests.pages import door

    return door.make_staff(role).id


def confirm(person_id: UUID, by: UUID, *, at: datetime = AT, email: str = "own@example.org") -> None:
    actions.change_contact(person_id, Contact(email=email), by=by, at=at)


def refusal(person_id: UUID | None, code: str, *, at: datetime = AT) -> tuple:
    with pytest.raises(Refused) as refused, told(Event.SIGN_IN_FAILED):
        codes.use_code(person_id, code, at=at)
    return refused.value.reasons


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"


def test_a_code_signs_its_person_in_once(person_id: UUID) -> None:
    with told(Event.CODE_ISSUED):
        code = issue(person_id)
    with told(Event.SIGNED_IN):
        assert codes.use_code(person_id, f"{code[:4]} {code[4:]}", at=AT + MINUTE).person_id == person_id
    assert refusal(person_id, code)


def test_every_failure_has_the_same_answer(person_id: UUID) -> None:
    other = actions.register(person(2), by=BY, at=AT)
    code = issue(person_id)
    answers = {
        refusal(None, code),
        refusal(UUID(int=0), code),
        refusal(other, code),
        refusal(person_id, wrong(code)),
        refusal(person_id, ""),
        refusal(person_id, code, at=AT + 10 * MINUTE),
    }
    assert [[reason.code for reason in answer] for answer in answers] == [[Because.CODE_WRONG]]


def test_five_wrong_tries_kill_a_code_and_are_remembered_though_refused(person_id: UUID) -> None:
    code = issue(person_id)
    for _ in range(4):
        refusal(person_id, wrong(code))
    assert SignInCode.objects.get().wrong_count == 4
    refusal(person_id, wrong(code))
    assert refusal(person_id, code)


def test_four_wrong_tries_do_not(person_id: UUID) -> None:
    code = issue(person_id)
    for _ in range(4):
        refusal(person_id, wrong(code))
    assert codes.use_code(person_id, code, at=AT).person_id == person_id


def test_a_new_code_kills_the_one_before(person_id: UUID) -> None:
    first = issue(person_id, seed=1)
    second = issue(person_id, seed=2, at=AT + MINUTE)
    assert first != second
    refusal(person_id, first, at=AT + 2 * MINUTE)
    assert codes.use_code(person_id, second, at=AT + 2 * MINUTE).person_id == person_id


def test_a_code_of_one_person_does_not_open_another(person_id: UUID) -> None:
    other = actions.register(person(2), by=BY, at=AT)
    mine = issue(person_id, seed=1)
    issue(other, seed=2)
    refusal(other, mine)


def test_no_more_than_five_codes_an_hour_and_none_for_the_dead(person_id: UUID) -> None:
    for n in range(5):
        issue(person_id, at=AT + n * MINUTE)
    with pytest.raises(Refused) as refused, told():
        issue(person_id, at=AT + 6 * MINUTE)
    assert refused.value.reasons[0].code is Because.TOO_MANY_CODES
    issue(person_id, at=AT + 61 * MINUTE)
    actions.record_death(person_id, AT.date(), by=BY, at=AT)
    with pytest.raises(Refused) as dead:
        issue(person_id, at=AT + 200 * MINUTE)
    assert dead.value.reasons[0].code is Because.HAS_DIED


def test_a_code_is_kept_neither_in_the_clear_nor_as_the_same_hash_twice(person_id: UUID) -> None:
    code = issue(person_id, seed=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT code_hash FROM people_signincode")
        ((kept,),) = cursor.fetchall()
    assert code not in kept
    assert kept.partition("$")[2] != hash_code(code, salt="other").partition("$")[2]


def test_a_code_sent_to_a_borrowed_mailbox_opens_nothing_once_the_true_one_is_confirmed(
    person_id: UUID,
) -> None:
    researcher, manager = member(Role.RESEARCHER), member(Role.TRIAL_MANAGER)
    confirm(person_id, researcher, email="my.own.mailbox@example.org")
    borrowed = issue(person_id, by=person_id, at=AT + MINUTE)
    confirm(person_id, researcher, at=AT + 2 * MINUTE)
    confirm(person_id, manager, at=AT + 3 * MINUTE)
    refusal(person_id, borrowed, at=AT + 4 * MINUTE)
    fresh = issue(person_id, by=person_id, at=AT + 4 * MINUTE, seed=2)
    assert used(person_id, fresh, at=AT + 5 * MINUTE)


def test_what_a_code_opens_is_settled_when_it_is_issued(person_id: UUID) -> None:
    from handrail.records.people.models import Person

    confirm(person_id, member(Role.RESEARCHER))
    code = issue(person_id, by=person_id)
    Person.objects.update(is_contact_confirmed_unmasked=True, contact_confirmed_by=member(Role.TRIAL_MANAGER))
    assert not used(person_id, code)


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.TRIAL_MANAGER])
def test_a_code_on_its_way_dies_when_the_contact_is_confirmed_again(person_id: UUID, role: Role) -> None:
    by = member(role)
    confirm(person_id, by)
    code = issue(person_id, by=person_id)
    confirm(person_id, by, at=AT + MINUTE)
    refusal(person_id, code, at=AT + MINUTE)


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_later_change_of_role_takes_nothing_away_and_gives_nothing(person_id: UUID, is_sent: bool) -> None:
    from handrail.records.accounts.models import Account

    manager, researcher = member(Role.TRIAL_MANAGER), member(Role.RESEARCHER)

    def opened(by: UUID, become: Role, *, at: datetime) -> bool:
        confirm(person_id, by, at=at, email=f"{become}@example.org")
        code = "" if is_sent else issue(person_id, by=by, at=at)
        Account.objects.filter(id=by).update(role=become.value)
        return used(person_id, code or issue(person_id, by=person_id, at=at), at=at + MINUTE)

    assert opened(manager, Role.ADMINISTRATOR, at=AT)
    assert not opened(researcher, Role.TRIAL_MANAGER, at=AT + 2 * MINUTE)


def test_masked_staff_learn_nothing_of_a_peer_workers_codes_and_end_none(person_id: UUID) -> None:
    researcher, worker = member(Role.RESEARCHER), member(Role.PEER_WORKER)
    confirm(person_id, researcher)
    hers = [issue(person_id, by=worker, seed=n) for n in range(5)][-1]
    his = [issue(person_id, by=researcher, seed=10 + n) for n in range(5)][-1]
    sent = [issue(person_id, by=person_id, seed=20 + n) for n in range(5)][-1]
    assert [used(person_id, code) for code in (hers, his, sent)] == [True, False, False]
    for by in (worker, researcher, person_id):
        with pytest.raises(Refused):
            issue(person_id, by=by, at=AT + MINUTE)


def test_five_wrong_tries_kill_every_living_code_of_a_person(person_id: UUID) -> None:
    given = [issue(person_id, by=member(role), seed=n) for n, role in enumerate(GIVERS)]
    for _ in range(5):
        refusal(person_id, "no code")
    for code in given:
        refusal(person_id, code)
