"""Calendars and reminders on the pages: a worker's secret address, and the person's own wishes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from handrail.domain.words import Attendance, Role
from handrail.journey import deliver
from handrail.records.accounts.models import Account
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.visit import reminders
from tests.later import ledger_lines, with_post, with_sessions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
PRESSED = {"button": "pressed"}


@dataclass(frozen=True)
class Pair:
    """Somebody and their peer worker, with a meeting in three days."""

    entry: EntryFacts
    worker_id: UUID
    worker: Client
    person: Client
    session_id: UUID

    def make(self) -> str:
        """A new address, as the page shows it once."""
        page = self.worker.post("/peer/calendar", PRESSED).content.decode()
        found = re.search(r"<code>http://[^/]+(/calendar/[\w-]+)</code>", page)
        assert found
        return found[1]


@pytest.fixture
def pair(river: River) -> Pair:
    entry = with_sessions(river)
    worker = door.make_staff(Role.PEER_WORKER, team_code="team_1")
    deliver.pair(entry.id, worker.id, under=river.under, by=river.by, at=river.at)
    given = {"under": river.under, "by": worker.id, "at": river.at}
    session = deliver.plan_session(entry.id, planned_at=river.at + timedelta(days=3), **given)
    return Pair(entry, worker.id, door.let_in(worker), door.let_person_in(entry.person_id), session)


def test_a_calendar_says_when_and_nothing_else_and_follows_the_meetings(pair: Pair, river: River) -> None:
    address = pair.make()
    answer = Client().get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert f"UID:{pair.session_id}" in text and "STATUS:CONFIRMED" in text and "SUMMARY:Appointment" in text
    assert re.search("synthetic|peer|example|person", text, re.IGNORECASE) is None
    given = {"under": river.under, "by": pair.worker_id, "at": river.at}
    deliver.mark_session(pair.session_id, Attendance.CANCELLED, **given)
    text = Client().get(address).content.decode()
    assert "STATUS:CANCELLED" in text and "SEQUENCE:0" not in text


def test_a_new_address_ends_the_one_before_and_a_wrong_one_is_a_page_that_is_not_there(pair: Pair) -> None:
    with ledger_lines() as lines:
        first, second = pair.make(), pair.make()
    assert [line.event for line in lines] == ["calendar_address_made"] * 2
    assert second.rpartition("/")[2] not in pair.worker.get("/peer/calendar").content.decode()
    absent = Client().get("/calendar-that-is-not-there")
    for wrong in (first, second.swapcase(), "/calendar/x"):
        answer = Client().get(wrong)
        assert answer.status_code == absent.status_code == 404
        assert door.plain(answer.content) == door.plain(absent.content)
    assert Client().get(second).status_code == 200
    Account.objects.filter(pk=pair.worker_id).update(is_active=False)
    assert Client().get(second).status_code == 404


def test_a_person_asks_for_reminders_pauses_them_by_one_tap_and_takes_the_times_along(pair: Pair) -> None:
    said = {"part_of_day": "evening", "telling": "nothing"}
    assert "You get none now" in pair.person.get("/you/meetings/reminders").content.decode()
    assert pair.person.post("/you/meetings/reminders", said).status_code == 302
    assert reminders.wanting() == (pair.entry.id,)
    assert "Pause my reminders" in pair.person.get("/you/meetings/reminders").content.decode()
    assert pair.person.post("/you/meetings/reminders/pause", PRESSED).status_code == 302
    assert reminders.wanting() == ()
    assert reminders.wish(pair.entry.id).part_of_day == "evening"
    taken = pair.person.get("/you/meetings/calendar")
    assert taken.headers["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    assert f"UID:{pair.session_id}".encode() in taken.content


def test_whoever_is_offered_no_meetings_has_none_of_these_pages(river: River) -> None:
    client = door.let_person_in(with_post(river).person_id)
    for page in ("reminders", "reminders/pause", "calendar"):
        assert client.get(f"/you/meetings/{page}").status_code == 404
    assert client.post("/you/meetings/reminders/pause", PRESSED).status_code == 404
