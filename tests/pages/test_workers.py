"""The supervisor's pages about peer workers, and what a worker sees of their own side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handrail.domain.dates import local_date
from handrail.domain.words import Role
from handrail.journey import deliver
from handrail.records.accounts import actions as accounts
from handrail.records.enrolment.facts import EntryFacts
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
PRESSED = {"button": "pressed"}  # a browser always sends something


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
    assert len(asked) <= 18
    assert page.index(str(crew.worker_id)) < page.index(str(crew.colleague_id))
    assert "1 of 10" in page
    assert "0 of 10" in page


def test_a_soft_cap_is_the_supervisors_to_set(crew: Crew) -> None:
    address = f"/peer/workers/{crew.worker_id}/cap"
    assert crew.supervisor.post(address, {"cap": "6"}).status_code == 302
    assert "1 of 6" in crew.supervisor.get("/peer/workers").content.decode()
    assert "1 to 30" in crew.supervisor.post(address, {"cap": "0"}).content.decode()


def test_whoever_covers_sees_the_people_from_the_first_day_to_the_last_and_no_longer(
    river: River, crew: Crew
) -> None:
    mine = f"/peer/person/{crew.entry.id}"
    said = {"cover": str(crew.colleague_id), **day("from_on", river, 1), **day("until_on", river, 2)}
    seen = [crew.colleague.get(mine).status_code]
    assert crew.supervisor.post(f"/peer/workers/{crew.worker_id}/away", said).status_code == 302
    for ahead in (0, 1, 2, 3):
        later(river, ahead)
        seen.append(crew.colleague.get(mine).status_code)
        is_marked = b"Cover for" in crew.colleague.get("/peer/").content
        assert is_marked == (seen[-1] == 200)
        assert crew.worker.get(mine).status_code == 200
    assert seen == [404, 404, 200, 200, 404]


def test_days_taken_back_end_the_cover_at_once(river: River, crew: Crew) -> None:
    mine = f"/peer/person/{crew.entry.id}"
    said = {"cover": str(crew.colleague_id), **day("from_on", river), **day("until_on", river, 9)}
    crew.supervisor.post(f"/peer/workers/{crew.worker_id}/away", said)
    assert crew.colleague.get(mine).status_code == 200
    page = crew.supervisor.get(f"/peer/workers/{crew.worker_id}").content.decode()
    (back,) = re.findall(r"/peer/workers/[0-9a-f-]+/away/[0-9a-f-]+", page)
    assert crew.other_team.post(back, PRESSED).status_code == 404
    assert crew.supervisor.post(back, PRESSED).status_code == 302
    assert crew.colleague.get(mine).status_code == 404


def test_a_note_is_the_workers_alone_and_shown_only_while_they_say_so(crew: Crew) -> None:
    theirs = f"/peer/workers/{crew.worker_id}"
    words = "Synthetic: tired, and proud."
    crew.worker.post("/peer/me/notes", {"words": words})
    (note,) = re.findall(r"/peer/me/notes/[0-9a-f-]+", crew.worker.get("/peer/me").content.decode())
    seen = []
    for what in ("keep", "share", "keep", "share", "throw_away"):
        assert crew.worker.post(note, {"what": what}).status_code == 302
        seen.append(words in crew.supervisor.get(theirs).content.decode())
        assert crew.supervisor.get(note).status_code == 404
        assert crew.colleague.get(note).status_code == 404
    assert seen == [False, True, False, True, False]
    assert crew.worker.get(note).status_code == 404


def test_a_lighter_week_is_dates_that_the_supervisor_sees(river: River, crew: Crew) -> None:
    said = {**day("from_on", river), **day("until_on", river, 4)}
    assert "textarea" not in crew.worker.get("/peer/me/lighter").content.decode()
    assert crew.worker.post("/peer/me/lighter", said).status_code == 302
    assert "A lighter week" in crew.supervisor.get("/peer/workers").content.decode()
    assert "already on record" in crew.worker.post("/peer/me/lighter", said).content.decode()
    (back,) = re.findall(r"/peer/me/lighter/[0-9a-f-]+", crew.worker.get("/peer/me").content.decode())
    assert crew.colleague.post(back, PRESSED).status_code == 404
    assert crew.worker.post(back, PRESSED).status_code == 302
    assert "A lighter week" not in crew.supervisor.get("/peer/workers").content.decode()


def test_wishes_offers_training_and_the_cap_stand_beside_the_choice_and_refuse_nothing(
    river: River, crew: Crew
) -> None:
    page, wish = f"/peer/pairs/{crew.entry.id}", f"/peer/pairs/{crew.entry.id}/wish"
    assert "No preference" in crew.supervisor.get(page).content.decode()
    crew.supervisor.post(wish, {"times": ["evenings"], "languages": ["welsh"], "request_key": ""})
    crew.colleague.post("/peer/me/offer", {"times": ["weekends"], "languages": ["sign"]})
    for number in range(1, 6):
        said = {"what": f"day_{number}", **day("held_on", river)}
        crew.supervisor.post(f"/peer/workers/{crew.worker_id}/training", said)
    crew.supervisor.post(f"/peer/workers/{crew.worker_id}/cap", {"cap": "1"})
    shown = crew.supervisor.get(page).content.decode()
    wished, beside = shown.split("Peer workers, by name")
    assert "Evenings" in wished
    assert "Welsh" in wished
    assert "Weekends" in beside
    assert "At the soft cap of 1." in beside
    assert beside.count("Training is not complete: no record of day 1") == 1
    assert crew.supervisor.post(page, {"worker": str(crew.colleague_id)}).status_code == 302
    assert crew.other_team.post(wish, {"times": ["evenings"]}).status_code == 404


def later(river: River, ahead: int) -> None:
    """Set the site's clock so many days after the river's."""
    at = river.at + timedelta(days=ahead)
    accounts.set_clock(at - timezone.now(), at=at, agent="test")
