"""The safe-contact card on the pages of those who contact people, and on the person's own."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from uuid import UUID

import pytest
from django.test import Client

from handrail.domain.safe_contact import SafeContact, Way
from handrail.domain.words import Role
from handrail.journey import deliver
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import actions, safe_contact
from handrail.records.referral import facts as referrals
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
ASKED = {
    "ways": ["telephone", "text"],
    "may_leave_voicemail": "no",
    "safe_times": "Weekday mornings",
    "language": "Welsh",
    "needs": "Speak slowly",
    "not_to": "My brother-in-law",
    "is_right": "on",
}
CARD = SafeContact(
    frozenset({Way.TELEPHONE, Way.TEXT}),
    False,
    "Weekday mornings",
    "Welsh",
    "Speak slowly",
    "My brother-in-law",
)


@dataclass(frozen=True)
class Home:
    """One person and everybody who contacts them, each at the person's page."""

    person_id: UUID
    clients: dict[Role, Client]
    pages: dict[Role, str]

    def reads(self, role: Role, more: str = "") -> str:
        return unescape(self.clients[role].get(self.pages[role] + more).content.decode())

    def send(self, role: Role, **changes: object) -> int:
        said = {name: value for name, value in {**ASKED, **changes}.items() if value is not None}
        where = "/you/contact" if role is Role.PERSON else f"{self.pages[role]}/safe-contact"
        return self.clients[role].post(where, said).status_code


@pytest.fixture
def home(river: River) -> Home:
    entry = enrolment.entry(with_sessions(river).id)
    worker = door.make_staff(Role.PEER_WORKER, team_code="team_1")
    deliver.pair(entry.id, worker.id, under=river.under, by=river.by, at=river.at)
    clients = {Role.PEER_WORKER: door.let_in(worker), Role.PERSON: door.let_person_in(entry.person_id)}
    for role in (Role.RESEARCHER, Role.TRIAL_MANAGER):
        clients[role] = door.let_in(door.make_staff(role))
    referral = referrals.latest_of(entry.person_id)
    assert referral is not None
    pages = {
        Role.PEER_WORKER: f"/peer/person/{entry.id}",
        Role.RESEARCHER: f"/study/people/{entry.registration_id}",
        Role.TRIAL_MANAGER: f"/office/referral/{referral.id}",
        Role.PERSON: "/you/contact",
    }
    return Home(entry.person_id, clients, pages)


@pytest.mark.parametrize("role", [Role.PEER_WORKER, Role.RESEARCHER, Role.TRIAL_MANAGER])
def test_a_card_is_kept_at_one_desk_and_read_at_every_other(home: Home, role: Role) -> None:
    others = (Role.PEER_WORKER, Role.RESEARCHER, Role.TRIAL_MANAGER)
    assert all("Nobody has asked yet" in home.reads(one) for one in others)
    with ledger_lines() as lines:
        assert [home.send(role), home.send(role)] == [302, 302]
    assert [(line.event, line.wing, line.about) for line in lines] == [
        ("safe_contact_kept", "sealed", home.person_id),
        ("safe_contact_confirmed", "sealed", home.person_id),
    ]
    assert safe_contact.card(home.person_id) == CARD
    for one in others:
        page = home.reads(one)
        assert "Phone call, Text message" in page
        assert all(
            words in page for words in ("Weekday mornings", "Welsh", "Speak slowly", "My brother-in-law")
        )


def test_a_card_says_what_is_safe_and_is_right_or_is_not_kept(home: Home) -> None:
    wrong: list[dict[str, object]] = [
        {"is_right": None},
        {"ways": []},
        {"ways": ["none", "text"]},
        {"ways": ["text"], "may_leave_voicemail": "yes"},
    ]
    assert [home.send(Role.RESEARCHER, **one) for one in wrong] == [200] * 4
    assert safe_contact.card(home.person_id) is None
    assert home.send(Role.RESEARCHER, ways=["none"]) == 302
    assert "None: face to face only" in home.reads(Role.RESEARCHER)


def test_masked_staff_read_the_card_and_not_that_a_peer_worker_went_through_it(home: Home) -> None:
    home.send(Role.RESEARCHER)
    home.reads(Role.RESEARCHER)  # says once that the card is kept
    before = home.reads(Role.RESEARCHER)
    assert "A researcher last went through it on" in before
    home.send(Role.PEER_WORKER)
    after = home.reads(Role.RESEARCHER)
    assert door.plain(after.encode()) == door.plain(before.encode())
    assert "Peer support worker" in home.reads(Role.TRIAL_MANAGER)


def test_the_person_changes_it_and_their_page_never_shows_an_address_or_whom_not_to_speak_to(
    home: Home,
) -> None:
    home.send(Role.PEER_WORKER)
    page = home.reads(Role.PERSON)
    assert "Weekday mornings" in page and "We hold a note" in page
    assert "brother" not in page and "person1@example.org" not in page
    assert home.send(Role.PERSON, ways=["email"], not_to="") == 302
    kept = safe_contact.card(home.person_id)
    assert kept is not None and (kept.ways, kept.not_to) == (frozenset({Way.EMAIL}), "My brother-in-law")
    home.send(Role.PERSON, ways=["email"], not_to="", forgets_note="on")
    assert "We hold a note" not in home.reads(Role.PERSON)
    assert len(safe_contact.history(home.person_id)) == 3


def test_what_one_person_says_is_no_other_persons(home: Home, river: River) -> None:
    other = river.person_of(river.registered(9))
    home.send(Role.PERSON)
    assert safe_contact.card(other) is None
    assert set(safe_contact.cards([other, home.person_id])) == {home.person_id}
    assert actions.keep_safe_contact(other, SafeContact(), by=river.by, at=river.at) is None
    assert safe_contact.card(home.person_id) == CARD
