"""The pages of those who meet people: codes, lost attendance, pairs, and whose people are whose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from handrail.domain.concern import NewConcern, Urgency
from handrail.domain.words import Because, Role
from handrail.journey import deliver
from handrail.records.accounts import actions as accounts
from handrail.records.accounts.models import Account
from handrail.records.concern import actions as concerns
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.support import facts as support
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
SURE = {"is_sure": "on"}
PRESSED = {"button": "pressed"}  # a browser always sends something


@dataclass(frozen=True)
class Pair:
    """Somebody and their peer worker, another worker, and the supervisors of two teams."""

    entry: EntryFacts
    worker: Client
    stranger: Client
    supervisor: Client
    other_team: Client


@pytest.fixture
def pair(river: River) -> Pair:
    entry = with_sessions(river)
    worker = door.make_staff(Role.PEER_WORKER, team_code="team_1")
    deliver.pair(entry.id, worker.id, under=river.under, by=river.by, at=river.at)
    stranger = door.make_staff(Role.PEER_WORKER, team_code="team_1", number=2)
    supervisor = door.make_staff(Role.PEER_SUPERVISOR, team_code="team_1")
    other = door.make_staff(Role.PEER_SUPERVISOR, team_code="team_2", number=2)
    return Pair(entry, *(door.let_in(one) for one in (worker, stranger, supervisor, other)))


def later(river: River, days: int) -> None:
    """Set the site's clock so many days after the river's."""
    at = river.at + timedelta(days=days)
    accounts.set_clock(at - timezone.now(), at=at, agent="test")


def test_a_code_is_shown_once_with_its_end_and_opens_what_the_person_is_offered(pair: Pair) -> None:
    address = f"/peer/person/{pair.entry.id}/code"
    with ledger_lines() as lines:
        page = pair.worker.post(address, PRESSED).content.decode()
    assert [(line.event, line.wing) for line in lines] == [("code_given_by_worker", "sealed")]
    found = re.search(r"<strong>(\d{4}) (\d{4})</strong>", page)
    assert found and re.search(r"until \d{1,2}:\d\d[ap]m", page)
    code = "".join(found.groups())
    assert found[0] not in pair.worker.get(address).content.decode()
    visitor = Client()
    visitor.post("/code/enter", {"contact": pair.entry.study_number, "code": code})
    assert visitor.get("/you/book").status_code == 200


def test_only_the_persons_own_worker_gives_a_code_and_only_while_the_two_meet(
    river: River, pair: Pair
) -> None:
    address = f"/peer/person/{pair.entry.id}/code"
    with ledger_lines() as lines:
        assert pair.stranger.post(address, PRESSED).status_code == 404
        assert pair.supervisor.post(address, PRESSED).status_code == 404
    later(river, 130)
    with ledger_lines() as late:
        page = pair.worker.post(address, PRESSED).content.decode()
    assert Because.SUPPORT_OVER.sentence.partition(" {about}")[0] in page
    assert not re.search(r"\d{4} \d{4}</strong>", page)
    assert lines == late == []


@pytest.mark.parametrize("who", ["worker", "supervisor"])
def test_attendance_is_lost_once_by_the_worker_or_the_supervisor(pair: Pair, who: str) -> None:
    client = getattr(pair, who)
    address = {"worker": "/peer/person/{}/attendance", "supervisor": "/peer/pairs/{}/attendance"}[who]
    address = address.format(pair.entry.id)
    assert b"tick the box" in client.post(address, PRESSED).content
    assert support.attendance_unknown() == frozenset()
    with ledger_lines() as lines:
        assert client.post(address, SURE).status_code == 302
    assert [(line.event, line.wing) for line in lines] == [("attendance_unknown", "sealed")]
    assert support.attendance_unknown() == {pair.entry.id}
    assert Because.ATTENDANCE_LOST.sentence in unescape(client.get(address).content.decode())
    assert b"Not known" in pair.worker.get(f"/peer/person/{pair.entry.id}").content
    assert b"to write up" not in pair.worker.get("/peer/").content


def test_nobody_elses_attendance_is_there_to_be_lost(pair: Pair) -> None:
    with ledger_lines() as lines:
        for client in (pair.stranger, pair.supervisor):
            assert client.post(f"/peer/person/{pair.entry.id}/attendance", SURE).status_code == 404
        for client in (pair.other_team, pair.worker):
            assert client.post(f"/peer/pairs/{pair.entry.id}/attendance", SURE).status_code == 404
    assert lines == []


def test_pairs_are_listed_as_current_until_they_finish(river: River, pair: Pair) -> None:
    def parts() -> tuple[bool, bool]:
        page = pair.supervisor.get("/peer/pairs").content.decode()
        now, _, finished = page.partition("Finished")
        link = f"/peer/pairs/{pair.entry.id}"
        return link in now, link in finished

    assert parts() == (True, False)
    deliver.stop(pair.entry.id, under=river.under, by=river.by, at=river.at)
    assert parts() == (False, True)
    page = pair.supervisor.get(f"/peer/pairs/{pair.entry.id}").content.decode()
    assert Because.PROGRAMME_STOPPED.sentence in page
    assert "Pair the two" not in page


def test_a_pair_whose_time_has_passed_is_finished_and_not_paired_anew(river: River, pair: Pair) -> None:
    address, mine = f"/peer/pairs/{pair.entry.id}", f"/peer/person/{pair.entry.id}"
    most = {arm.peer_sessions.maximum_count for arm in river.under.arms if arm.peer_sessions}
    assert {to_plan(pair.worker.get(mine).content.decode())} == most
    assert "Pair the two" in pair.supervisor.get(address).content.decode()
    other = Account.objects.filter(role=Role.PEER_WORKER.value).latest("email").pk
    later(river, 130)
    page = pair.supervisor.get(address).content.decode()
    assert "The time with the peer worker ended on 2 October 2014." in page
    assert "Pair the two" not in page
    with ledger_lines() as lines:
        refused = pair.supervisor.post(address, {"worker": str(other)})
    assert (refused.status_code, lines) == (200, [])
    assert to_plan(pair.worker.get(mine).content.decode()) == 0


def to_plan(page: str) -> int:
    """How many meetings a worker's page says are still to plan."""
    return int(page.partition("Still to plan</dt>")[2].partition("</dd>")[0].rpartition(">")[2])


def test_a_persons_first_page_heads_what_it_says_of_their_meetings(river: River, pair: Pair) -> None:
    own = door.let_person_in(pair.entry.person_id)
    before = own.get("/you/").content.decode()
    deliver.stop(pair.entry.id, under=river.under, by=river.by, at=river.at)
    after = own.get("/you/").content.decode()
    assert [">Your next meeting<" in page for page in (before, after)] == [True, False]
    assert [">Your meetings<" in page for page in (before, after)] == [False, True]
    assert "Your meetings have ended." in after


def test_a_supervisor_sees_the_pairs_of_their_own_team_and_without_a_team_none(pair: Pair) -> None:
    address = f"/peer/pairs/{pair.entry.id}"
    assert pair.supervisor.get(address).status_code == 200
    assert pair.other_team.get(address).status_code == 404
    assert address not in pair.other_team.get("/peer/pairs").content.decode()
    Account.objects.filter(role=Role.PEER_SUPERVISOR.value).update(team_code="")  # past every rule
    assert pair.supervisor.get(address).status_code == 404
    assert address not in pair.supervisor.get("/peer/pairs").content.decode()


def test_a_duty_clinician_sees_worries_about_their_own_team_and_without_a_team_none(
    river: River, pair: Pair
) -> None:
    words = NewConcern(Urgency.SUPERVISOR, "Synthetic: low.", "", has_told_person=True)
    made = concerns.raise_concern(pair.entry.person_id, words, by=river.by, at=river.at)
    own, other = (
        door.let_in(door.make_staff(Role.DUTY_CLINICIAN, team_code=f"team_{n}", number=n)) for n in (1, 2)
    )
    assert _answers(own, made) == (True, 200)
    assert _answers(other, made) == (False, 404)
    with ledger_lines() as lines:
        assert other.post(f"/duty/concern/{made}/take-up", PRESSED).status_code == 404
        Account.objects.filter(role=Role.DUTY_CLINICIAN.value).update(team_code="")
        assert _answers(own, made) == (False, 404)
        assert own.post(f"/duty/concern/{made}/take-up", PRESSED).status_code == 404
    assert lines == []
    Account.objects.filter(role=Role.DUTY_CLINICIAN.value).update(team_code="team_1")
    assert own.post(f"/duty/concern/{made}/take-up", PRESSED).status_code == 302


def _answers(client: Client, concern_id: UUID) -> tuple[bool, int]:
    """Whether a worry is on the list, and the status of its page."""
    listed = str(concern_id) in client.get("/duty/").content.decode()
    return listed, client.get(f"/duty/concern/{concern_id}").status_code


def test_the_administrator_is_told_of_teams_whose_worries_nobody_would_see(site: None) -> None:
    client = door.let_in(door.make_staff(Role.ADMINISTRATOR))
    names = [team.name for team in River().under.programme.teams]
    door.make_staff(Role.DUTY_CLINICIAN, team_code="team_2")
    page = client.get("/accounts/").content.decode().partition("Nobody sees worries")[2].partition("</p>")[0]
    assert [name in page for name in names[:3]] == [True, False, True]
