"""Masked staff give people sign-in codes, and so read them: coming in with one must not tell an arm."""

from __future__ import annotations

import re
import secrets
from uuid import UUID

import pytest
from django.test import Client

from handrail.domain.person import Contact
from handrail.domain.words import MASKED_ROLES, Role
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import actions as people
from handrail.records.people import codes
from handrail.web.shared import clock
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
PAGES = ("/you/", "/you/choices", "/you/stop", "/you/book", "/you/book/recovery", "/you/choices/interviews")


@pytest.fixture
def manager(river: River) -> UUID:
    """The trial manager, who may know what everybody is offered."""
    return door.make_staff(Role.TRIAL_MANAGER).id


@pytest.fixture
def one_of_each(river: River) -> list[UUID]:
    """The entries of one person in each arm."""
    found: dict[str, UUID] = {}
    for serial in range(6):
        entry_id = river.entered(serial)
        found.setdefault(allocation.arm_of(entry_id), entry_id)
    assert len(found) == 2
    return list(found.values())


def confirm(entry_id: UUID, by: UUID) -> None:
    """Somebody of staff confirms, or sets, where the person's codes go."""
    entry = enrolment.entry(entry_id)
    where = Contact(email=f"{entry.study_number}@example.org".lower())
    people.change_contact(entry.person_id, where, by=by, at=clock.now())


def come_in(entry_id: UUID, *, given_by: UUID | None = None) -> Client:
    """A client that typed a person's study number and a code: their own, or one from a member of staff."""
    entry = enrolment.entry(entry_id)
    by = given_by or entry.person_id
    code = codes.issue_code(entry.person_id, pick=secrets.choice, by=by, at=clock.now())
    client = Client()
    assert client.post("/code/enter", {"contact": entry.study_number, "code": code}).status_code == 302
    return client


def seen(client: Client) -> list[tuple[int, bytes]]:
    """Every page, without the person's name and what is new at each visit."""
    answers = [client.get(page) for page in PAGES]
    texts = [re.sub(rb'name="request_key" value="[^"]+"', b"", door.plain(one.content)) for one in answers]
    return [
        (answer.status_code, re.sub(rb"Hello [^<]+", b"Hello", text))
        for answer, text in zip(answers, texts, strict=True)
    ]


@pytest.mark.parametrize("role", sorted({*MASKED_ROLES, Role.ADMINISTRATOR}))
def test_a_code_read_by_masked_staff_opens_the_same_pages_in_every_arm(
    role: Role, one_of_each: list[UUID]
) -> None:
    giver = door.make_staff(role)
    one, other = (seen(come_in(entry_id, given_by=giver.id)) for entry_id in one_of_each)
    assert one == other
    assert one[0][0] == one[1][0] == 200
    assert [status for status, _ in one[2:5]] == [404, 404, 404]


def test_a_code_that_the_person_asked_for_opens_what_they_are_offered(
    one_of_each: list[UUID], manager: UUID
) -> None:
    for entry_id in one_of_each:
        confirm(entry_id, manager)
    one, other = (seen(come_in(entry_id)) for entry_id in one_of_each)
    assert one != other
    assert sorted([one[3][0], other[3][0]]) == [200, 404]


def test_a_code_given_by_a_peer_worker_opens_what_the_person_is_offered(one_of_each: list[UUID]) -> None:
    worker = door.make_staff(Role.PEER_WORKER)
    one, other = (seen(come_in(entry_id, given_by=worker.id)) for entry_id in one_of_each)
    assert sorted([one[3][0], other[3][0]]) == [200, 404]


def test_a_person_whose_offer_is_hidden_is_led_to_the_trial_office(
    one_of_each: list[UUID], manager: UUID
) -> None:
    entry_id, researcher = one_of_each[0], door.make_staff(Role.RESEARCHER).id
    confirm(entry_id, researcher)
    for given_by in (None, researcher):
        page = come_in(entry_id, given_by=given_by).get("/you/").content.decode()
        assert "phone the trial office" in page
        assert "colleague" not in page
    confirm(entry_id, manager)
    assert "phone the trial office" not in come_in(entry_id).get("/you/").content.decode()


@pytest.mark.parametrize("role", sorted({*MASKED_ROLES, Role.ADMINISTRATOR}))
def test_a_code_sent_where_masked_staff_said_opens_the_same_pages_in_every_arm(
    role: Role, one_of_each: list[UUID], manager: UUID
) -> None:
    giver = door.make_staff(role)
    for entry_id in one_of_each:
        confirm(entry_id, manager)
        people.change_contact(
            enrolment.entry(entry_id).person_id,
            Contact(email="my.own.mailbox@example.org"),
            by=giver.id,
            at=clock.now(),
        )
    one, other = (seen(come_in(entry_id)) for entry_id in one_of_each)
    assert one == other
    assert [status for status, _ in one[2:5]] == [404, 404, 404]
