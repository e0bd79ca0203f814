"""A worry that waits, on everybody's pages; who may take it up; the answer, and the talk after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from handrail.domain.ladder import LADDER
from handrail.domain.words import Role
from handrail.exchange.messages import Outgoing
from handrail.journey import deliver, ring
from handrail.records.accounts import actions as accounts
from handrail.records.concern import facts as concerns
from handrail.records.enrolment.facts import EntryFacts
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
PRESSED = {"button": "pressed"}
WORRY = {"urgency": "crisis_team", "words": "Has not slept", "wishes": "", "has_told_person": "yes"}
WAITS = "Nobody has taken it up yet"


class Down:
    """Mail that is down."""

    def send(self, _message: Outgoing) -> None:
        raise ConnectionRefusedError


@dataclass(frozen=True)
class Ward:
    """A worry that was just raised, and a client for each who may hear of it, or may not."""

    entry: EntryFacts
    concern_id: UUID
    clients: dict[Role, Client]
    stranger: Client


@pytest.fixture
def ward(river: River) -> Ward:
    entry = with_sessions(river)
    worker = door.make_staff(Role.PEER_WORKER, team_code="team_1")
    deliver.pair(entry.id, worker.id, under=river.under, by=river.by, at=river.at)
    roles = (Role.DUTY_CLINICIAN, Role.PEER_SUPERVISOR, Role.TRIAL_MANAGER)
    clients = {role: door.let_in(door.make_staff(role)) for role in (*roles, *MASKED)}
    clients[Role.PEER_WORKER] = door.let_in(worker)
    stranger = door.let_in(door.make_staff(Role.PEER_SUPERVISOR, team_code="team_2", number=2))
    later(river, 0)
    sent = clients[Role.PEER_WORKER].post(f"/peer/person/{entry.id}/worry", WORRY)
    assert sent.status_code == 302
    return Ward(entry, concerns.waiting()[0].id, clients, stranger)


MASKED = (Role.SERVICE_MANAGER, Role.RESEARCHER, Role.CRISIS_TEAM)
HOMES = {
    Role.DUTY_CLINICIAN: "/duty/",
    Role.PEER_SUPERVISOR: "/peer/pairs",
    Role.TRIAL_MANAGER: "/office/",
    Role.SERVICE_MANAGER: "/study/",
    Role.RESEARCHER: "/study/",
    Role.CRISIS_TEAM: "/team/",
    Role.PEER_WORKER: "/peer/",
}


def later(river: River, minutes: int) -> None:
    """Set the site's clock so many minutes after the day's beginning."""
    at = river.at + timedelta(days=2, minutes=minutes)
    accounts.set_clock(at - timezone.now(), at=at, agent="test")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def warned(ward: Ward) -> set[Role]:
    """Whose first page says that a worry waits."""
    return {role for role, client in ward.clients.items() if WAITS in page(client, HOMES[role])}


def test_the_page_begins_with_whom_to_call_as_links_from_the_configuration(ward: Ward) -> None:
    shown = page(ward.clients[Role.PEER_WORKER], f"/peer/person/{ward.entry.id}/worry")
    order = [shown.index(part) for part in ('href="tel:999"', 'href="tel:111"', "Peer supervisor 1", "<form")]
    assert order[:3] == sorted(order[:3])


def test_it_stands_on_the_pages_of_each_rung_in_turn_and_of_nobody_masked(river: River, ward: Ward) -> None:
    assert warned(ward) == {Role.DUTY_CLINICIAN}
    later(river, 11)  # the worry may have been raised some seconds after the river began
    assert warned(ward) == {Role.DUTY_CLINICIAN, Role.PEER_SUPERVISOR}
    later(river, 21)
    everybody = {Role.DUTY_CLINICIAN, Role.PEER_SUPERVISOR, Role.TRIAL_MANAGER}
    assert warned(ward) == everybody
    assert WAITS not in page(ward.stranger, "/peer/pairs")
    taken = ward.clients[Role.TRIAL_MANAGER].post(f"/duty/concern/{ward.concern_id}/take-up", PRESSED)
    assert taken.status_code == 302
    assert warned(ward) == set()


def test_an_outage_of_mail_stands_on_every_page_of_everybody_on_the_ladder(river: River, ward: Ward) -> None:
    at = river.at + timedelta(days=2, minutes=1)
    ring.ring_due({"email": Down()}, ladder=LADDER, address="https://x", agent="ring", at=at)
    everybody = {Role.DUTY_CLINICIAN, Role.PEER_SUPERVISOR, Role.TRIAL_MANAGER}
    assert warned(ward) == everybody
    assert "could not be sent" in page(ward.clients[Role.TRIAL_MANAGER], "/office/referrals")
    mine = page(ward.clients[Role.PEER_WORKER], "/peer/worries")
    assert "Nobody has taken it up yet: telephone." in mine
    assert "Duty clinician 1, the message could not be sent" in mine
    assert "Nobody has taken up your worry" in page(ward.clients[Role.PEER_WORKER], "/peer/")


def test_opening_it_is_not_taking_it_up_and_says_nobodys_name(ward: Ward) -> None:
    for role in (Role.DUTY_CLINICIAN, Role.PEER_SUPERVISOR, Role.TRIAL_MANAGER):
        shown = page(ward.clients[role], f"/duty/concern/{ward.concern_id}")
        assert "Has not slept" not in shown
    for role in MASKED:
        assert ward.clients[role].get(f"/duty/concern/{ward.concern_id}").status_code == 404
    assert ward.stranger.get(f"/duty/concern/{ward.concern_id}").status_code == 404


def test_the_answer_reaches_the_worker_and_the_talk_after_it_is_done_by_a_named_person(ward: Ward) -> None:
    clinician, worker = ward.clients[Role.DUTY_CLINICIAN], ward.clients[Role.PEER_WORKER]
    supervisor = ward.clients[Role.PEER_SUPERVISOR]
    address = f"/peer/worries/{ward.concern_id}/talked-over"
    clinician.post(f"/duty/concern/{ward.concern_id}/take-up", PRESSED)
    assert b"Nobody has answered this yet." in worker.post(address, PRESSED).content
    clinician.post(f"/duty/concern/{ward.concern_id}/answer", {"words": "Telephoned at seven"})
    assert "Telephoned at seven" in page(worker, "/peer/worries")
    for client in (worker, supervisor):
        assert "Talk this over on" in page(client, "/peer/worries")
    shown = page(supervisor, "/peer/worries")
    assert "Has not slept" not in shown and "Telephoned at seven" not in shown
    assert ward.stranger.post(address, PRESSED).status_code == 404
    with ledger_lines() as lines:
        assert supervisor.post(address, PRESSED).status_code == 302
    assert [(line.event, line.wing) for line in lines] == [("concern_debriefed", "sealed")]
    for client in (worker, supervisor):
        assert "Talk this over on" not in page(client, "/peer/worries")
        assert "says Peer supervisor 1" in page(client, "/peer/worries")
