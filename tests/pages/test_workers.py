"""The supervisor's pages about peer workers, and what a worker sees of their own side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.domain.dates import local_date
from handrail.domain.words import Role
from handrail.journey import deliver
from handrail.records.enrolment.facts import EntryFacts
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Crew:
    """A worker and somebody they support, a colleague, and the supervisors of two teams."""

    entry: EntryFacts
    worker_id: UUID
    colleague_id: UUID
    worker: Client
    colleague: Client
    supervisor: Client
    other_team: Client


@pytest.fixture
def crew(river: River) -> Crew:
    entry = with_sessions(river)
    worker = door.make_staff(Role.PEER_WORKER, team_code="team_1")
    colleague = door.make_staff(Role.PEER_WORKER, team_code="team_1", number=2)
    deliver.pair(entry.id, worker.id, under=river.under, by=river.by, at=river.at)
    supervisor = door.make_staff(Role.PEER_SUPERVISOR, team_code="team_1")
    other = door.make_staff(Role.PEER_SUPERVISOR, team_code="team_2", number=2)
    clients = (door.let_in(one) for one in (worker, colleague, supervisor, other))
    return Crew(entry, worker.id, colleague.id, *clients)


def day(name: str, river: River, ahead: int = 0) -> dict[str, str]:
    """A date as its three boxes send it."""
    found = local_date(river.at) + timedelta(days=ahead)
    return {f"{name}-{part}": str(getattr(found, part)) for part in ("day", "month", "year")}


def test_what_a_supervisor_logs_is_seen_by_the_two_and_by_nobody_else(river: River, crew: Crew) -> None:
    page = f"/peer/workers/{crew.worker_id}"
    said = {"kind": "case", "themes": ["endings"], "agreed": ["rest"], **day("held_on", river)}
    with ledger_lines() as lines:
        assert crew.supervisor.post(f"{page}/log", said).status_code == 302
        assert (
            crew.supervisor.post(f"{page}/training", {"what": "day_1", **day("held_on", river)}).url == page
        )
    assert [(line.event, line.wing, line.about) for line in lines] == [
        ("supervision_logged", "sealed", crew.worker_id),
        ("training_recorded", "sealed", crew.worker_id),
    ]
    for client, address in ((crew.supervisor, page), (crew.worker, "/peer/me")):
        shown = client.get(address).content.decode()
        assert "Take leave that is due" in shown
        assert "Day 1<" in shown
    assert "Take leave that is due" not in crew.colleague.get("/peer/me").content.decode()
    with ledger_lines() as lines:
        for client in (crew.other_team, crew.worker):
            assert client.get(page).status_code == 404
            assert client.post(f"{page}/log", said).status_code == 404
    assert lines == []
    late = crew.supervisor.post(f"{page}/training", {"what": "day_1", **day("held_on", river)})
    assert "Day 1 is already on record." in late.content.decode()


def test_workers_stand_by_name_with_their_week_in_parts_in_few_questions(crew: Crew) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = crew.supervisor.get("/peer/workers").content.decode()
    assert len(asked) <= 15
    assert page.index(str(crew.worker_id)) < page.index(str(crew.colleague_id))
    assert "1 of 10" in page
    assert "0 of 10" in page


def test_a_soft_cap_is_the_supervisors_to_set(crew: Crew) -> None:
    address = f"/peer/workers/{crew.worker_id}/cap"
    assert crew.supervisor.post(address, {"cap": "6"}).status_code == 302
    assert "1 of 6" in crew.supervisor.get("/peer/workers").content.decode()
    assert "1 to 30" in crew.supervisor.post(address, {"cap": "0"}).content.decode()
