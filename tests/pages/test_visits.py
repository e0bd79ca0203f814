"""A visit alone, on the pages: started, "I'm OK", overdue, and closed by a named person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from handrail.domain.words import Role
from handrail.exchange.messages import FolderSender, Outgoing
from handrail.journey import deliver
from handrail.records.accounts import actions as accounts
from handrail.records.accounts.models import Account
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.visit import facts
from tests.later import with_sessions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
LATE = "was expected by"


@dataclass(frozen=True)
class Team:
    """A worker out alone, their buddy, two supervisors of two teams, and one of the worker's people."""

    entry: EntryFacts
    worker: Client
    buddy: Client
    supervisor: Client
    other_team: Client
    buddy_id: str


class Outage:
    """A mail server that is down."""

    def send(self, message: Outgoing) -> None:
        raise OSError("down")


@pytest.fixture
def team(river: River) -> Team:
    entry = with_sessions(river)
    worker, buddy = (door.make_staff(Role.PEER_WORKER, team_code="team_1", number=n) for n in (1, 2))
    deliver.pair(entry.id, worker.id, under=river.under, by=river.by, at=river.at)
    own, other = (door.make_staff(Role.PEER_SUPERVISOR, team_code=f"team_{n}", number=n) for n in (1, 2))
    clients = [door.let_in(one) for one in (worker, buddy, own, other)]
    minutes_pass(river, 0)
    return Team(entry, *clients, buddy_id=str(buddy.id))


def minutes_pass(river: River, minutes: int) -> None:
    """Set the site's clock so many minutes after the river's."""
    at = river.at + timedelta(minutes=minutes)
    accounts.set_clock(at - timezone.now(), at=at, agent="test")


def start(team: Team, **changes: str) -> str:
    """The worker starts a visit of an hour; the address of its page."""
    said = {"place": "home", "minutes": "60", "person": str(team.entry.id), "buddy": team.buddy_id}
    key = str(uuid4())
    answer = team.worker.post("/peer/visits/start", {**said, "request_key": key, **changes})
    assert answer.status_code == 302
    return f"/peer/visits/{key}"


def has_banner(client: Client, address: str = "/peer/visits") -> bool:
    return LATE in client.get(address).content.decode().partition("<h1")[0]


def test_a_phone_that_dies_rings_the_buddy_then_the_supervisor_though_no_message_goes(
    river: River, team: Team, settings: object
) -> None:
    settings.SENDERS = {"email": Outage()}  # type: ignore[attr-defined]
    page = start(team)
    minutes_pass(river, 74)
    assert [has_banner(one) for one in (team.buddy, team.supervisor)] == [False, False]
    minutes_pass(river, 76)
    assert [has_banner(one) for one in (team.buddy, team.supervisor)] == [True, False]
    minutes_pass(river, 91)
    call_command("ring")
    for address in ("/peer/pairs", "/help", "/security"):
        assert has_banner(team.supervisor, address)
    shown = team.supervisor.get(page).content.decode()
    assert shown.count("No message has reached") == 2
    assert "Call 999" in shown
    assert not has_banner(team.other_team, "/peer/pairs")
    assert team.other_team.get(page).status_code == 404


def test_each_is_told_once_by_a_message_that_names_nobody(
    river: River, team: Team, settings: object, tmp_path: Path
) -> None:
    settings.SENDERS = {"email": FolderSender(tmp_path)}  # type: ignore[attr-defined]
    page = start(team)
    told = []
    for minutes in (70, 76, 77, 91, 106, 107):
        minutes_pass(river, minutes)
        call_command("ring")
        told.append(len(list(tmp_path.iterdir())))
    assert told == [0, 1, 1, 2, 3, 3]
    text = next(tmp_path.iterdir()).read_text()
    assert not re.search("visit|worker|at home|overdue", text.partition("\n")[2], re.IGNORECASE)
    assert "No message has reached" not in team.supervisor.get(page).content.decode()


def test_a_supervisor_stays_asked_until_a_named_person_closes_it(river: River, team: Team) -> None:
    page = start(team)
    minutes_pass(river, 92)
    assert b"Call them" in team.supervisor.get(page).content
    team.worker.post(f"{page}/ok", {"minutes": "over", "request_key": str(uuid4())})
    shown = team.supervisor.get("/peer/pairs").content.decode()
    assert "said OK late" in shown
    assert not has_banner(team.buddy)
    assert team.buddy.post(f"{page}/close", {"how": "spoken"}).status_code == 404
    assert team.other_team.post(f"{page}/close", {"how": "spoken"}).status_code == 404
    assert team.supervisor.post(f"{page}/call", {"rang": "worker", "was_answered": "yes"}).status_code == 302
    assert team.supervisor.post(f"{page}/close", {"how": "spoken"}).status_code == 302
    assert "said OK late" not in team.supervisor.get("/peer/pairs").content.decode()
    shown = team.supervisor.get(page).content.decode()
    assert shown.count("Peer supervisor 1 called: The worker. Answered") == 1
    assert "by Peer supervisor 1" in shown


def test_ok_in_time_asks_nobody_and_more_time_moves_the_end(river: River, team: Team) -> None:
    page = start(team)
    minutes_pass(river, 55)
    team.worker.post(f"{page}/ok", {"minutes": "30", "request_key": str(uuid4())})
    minutes_pass(river, 80)
    assert not has_banner(team.buddy)
    minutes_pass(river, 101)
    assert has_banner(team.buddy)
    team.worker.post(f"{page}/ok", {"minutes": "over", "request_key": str(uuid4())})
    minutes_pass(river, 1000)
    assert not has_banner(team.buddy)
    assert "There is nothing to close" in team.supervisor.get(page).content.decode()
    assert facts.to_watch() == ()


def test_a_visit_is_its_workers_and_a_first_one_is_made_by_two(team: Team) -> None:
    asked = team.worker.get("/peer/visits/start").content.decode()
    assert "(a first visit: two of you go)" in asked
    page = start(team)
    assert team.buddy.post(f"{page}/ok", {"minutes": "over"}).status_code == 404
    assert team.buddy.get(page).status_code == 200
    Account.objects.filter(id=team.buddy_id).update(role=Role.RESEARCHER.value)
    assert team.buddy.get(page).status_code == 404
