"""One-time codes: used once, dead after ten minutes or five wrong tries, and one answer for every failure."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from handrail.domain.refusal import Refused
from handrail.domain.words import Because, Event
from handrail.records.people import actions, codes
from handrail.records.people.models import SignInCode
from tests.records.told import told
from tests.river import AT, BY
from tests.synthetic import person

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def person_id() -> UUID:
    return actions.register(person(1), by=BY, at=AT)


def issue(person_id: UUID, *, at: datetime = AT, seed: int = 1) -> str:
    return codes.issue_code(person_id, pick=Random(seed).choice, by=BY, at=at)


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
        assert codes.use_code(person_id, f"{code[:4]} {code[4:]}", at=AT + MINUTE) == person_id
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
    assert codes.use_code(person_id, code, at=AT) == person_id


def test_a_new_code_kills_the_one_before(person_id: UUID) -> None:
    first = issue(person_id, seed=1)
    second = issue(person_id, seed=2, at=AT + MINUTE)
    assert first != second
    refusal(person_id, first, at=AT + 2 * MINUTE)
    assert codes.use_code(person_id, second, at=AT + 2 * MINUTE) == person_id


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
    assert kept.partition("$")[2] != codes._hash(code, salt="other").partition("$")[2]
