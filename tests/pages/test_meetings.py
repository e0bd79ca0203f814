"""Meetings on the pages of the two: booked, moved, called off, talked about; and Today for any caseload."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handrail.domain.dates import LONDON
from handrail.domain.words import Attendance, Because, Role
from handrail.journey import deliver
from handrail.records.accounts import actions as accounts
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.support import facts as support
from handrail.records.support.models import Change, Writing
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
MARKS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|[0-9a-f-]{36}')
WHEN = datetime(2014, 6, 10, 14, 30, tzinfo=LONDON)


@dataclass(frozen=True)
class Two:
    """Somebody and their peer worker, a meeting that is planned, and another worker."""

    river: River
    entry: EntryFacts
    worker_id: UUID
    session_id: UUID
    worker: Client
    person: Client
    stranger: Client

    def meeting(self) -> tuple[Attendance, datetime]:
        """How the meeting stands."""
        _, found = support.meeting(self.session_id)
        return found.attendance, found.planned_at

    def plan(self, entry: EntryFacts, at: datetime) -> UUID:
        """One more meeting."""
        river = self.river
        return deliver.plan_session(
            entry.id, planned_at=at, under=river.under, by=self.worker_id, at=river.at
        )

    def pair(self, first: int) -> EntryFacts:
        """One more person of this worker's."""
        entry = with_sessions(self.river, first)
        deliver.pair(entry.id, self.worker_id, under=self.river.under, by=self.river.by, at=self.river.at)
        return entry


@pytest.fixture
def two(river: River) -> Two:
    entry, worker = with_sessions(river), door.make_staff(Role.PEER_WORKER, team_code="team_1")
    deliver.pair(entry.id, worker.id, under=river.under, by=river.by, at=river.at)
    accounts.set_clock(river.at - timezone.now(), at=river.at, agent="test")
    stranger = door.let_in(door.make_staff(Role.PEER_WORKER, team_code="team_1", number=2))
    session_id = deliver.plan_session(entry.id, planned_at=WHEN, under=river.under, by=worker.id, at=river.at)
    person = door.let_person_in(entry.person_id)
    return Two(river, entry, worker.id, session_id, door.let_in(worker), person, stranger)


def on(at: datetime, **said: str) -> dict[str, str]:
    """A day and a time as a form sends them."""
    parts = {"day-day": str(at.day), "day-month": str(at.month), "day-year": str(at.year)}
    return {**parts, "clock": f"{at:%H:%M}", **said}


def text(client: Client, path: str) -> str:
    return unescape(client.get(path).content.decode())


def test_a_meeting_is_moved_with_whose_wish_it_was_and_the_old_time_is_kept(two: Two) -> None:
    moved, path = WHEN + timedelta(days=2), f"/peer/meeting/{two.session_id}/move"
    with ledger_lines() as lines:
        assert two.worker.post(path, on(moved, whose="person", reason="unwell")).status_code == 302
    assert [(line.event, line.wing) for line in lines] == [("session_moved", "sealed")]
    assert two.meeting() == (Attendance.PLANNED, moved)
    assert list(Change.objects.values_list("was_at", "now_at", "whose", "reason")) == [
        (WHEN, moved, "person", "unwell")
    ]
    for page in (text(two.worker, f"/peer/person/{two.entry.id}"), text(two.person, "/you/meetings")):
        assert "oved from 10 June 2014 at 2:30pm" in page and "12 June 2014 at 2:30pm" in page


def test_a_worker_calls_a_meeting_off_and_its_time_may_be_booked_again(two: Two) -> None:
    path = f"/peer/meeting/{two.session_id}/off"
    assert "Say whose wish it is" in two.worker.post(path, {"reason": "away"}).content.decode()
    with ledger_lines() as lines:
        assert two.worker.post(path, {"whose": "worker", "reason": "away"}).status_code == 302
    assert [line.event for line in lines] == ["session_marked"]
    assert two.meeting()[0] is Attendance.CANCELLED
    assert two.worker.post(f"/peer/person/{two.entry.id}/plan", on(WHEN)).status_code == 302
    assert "No meeting planned" not in text(two.worker, "/peer/")


def test_a_person_calls_a_meeting_off_at_once_and_the_worker_sees_it_on_today(two: Two) -> None:
    path = f"/you/meetings/{two.session_id}/off"
    with ledger_lines() as lines:
        assert two.person.post(path, {"reason": ""}).status_code == 302
    assert [(line.event, line.by) for line in lines] == [("session_marked", two.entry.person_id)]
    today = text(two.worker, "/peer/")
    assert "called off the meeting on 10 June 2014 at 2:30pm" in today and "No meeting planned" in today
    assert Because.SESSION_SETTLED.sentence in text(two.person, path)
    with ledger_lines() as again:
        assert two.person.post(path, {"reason": ""}).status_code == 200
    assert again == []


def test_a_person_asks_for_another_time_and_the_meeting_stands_until_it_is_moved(two: Two) -> None:
    path = f"/you/meetings/{two.session_id}/other-time"
    with ledger_lines() as lines:
        assert two.person.post(path, {"words": "A Friday"}).status_code == 302
    assert [line.event for line in lines] == ["meeting_words_written"]
    assert two.meeting() == (Attendance.PLANNED, WHEN)
    assert "Asks for another time" in text(two.worker, "/peer/")
    assert "A Friday" in text(two.worker, f"/peer/meeting/{two.session_id}/move")
    two.worker.post(f"/peer/meeting/{two.session_id}/move", on(WHEN + timedelta(days=3), whose="person"))
    assert "Asks for another time" not in text(two.worker, "/peer/")


def test_what_to_talk_about_stands_on_today_and_is_encrypted_where_it_is_kept(two: Two) -> None:
    assert two.person.post("/you/meetings/agenda", {"words": "The letter from work"}).status_code == 302
    assert "The letter from work" in text(two.worker, "/peer/")
    assert "The letter from work" in text(two.person, "/you/meetings")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT words FROM {Writing._meta.db_table}")
        assert b"letter" not in bytes(cursor.fetchone()[0])


def test_time_that_is_booked_twice_is_said_plainly_and_may_be_meant(two: Two) -> None:
    other, close = two.pair(50), WHEN + timedelta(minutes=30)
    path = f"/peer/person/{other.id}/plan"
    with ledger_lines() as lines:
        page = unescape(two.worker.post(path, on(close)).content.decode())
    assert "You already meet" in page and "Book it all the same" in page and lines == []
    assert two.worker.post(path, on(close, is_meant="on")).status_code == 302
    assert text(two.worker, "/peer/").count("You have two meetings at about that time") == 2


def test_somebody_elses_meeting_is_not_there_for_worker_or_person(two: Two) -> None:
    neighbour = door.let_person_in(with_sessions(two.river, 50).person_id)
    with ledger_lines() as lines:
        for name in ("move", "off"):
            path = f"/peer/meeting/{two.session_id}/{name}"
            assert two.stranger.post(path, on(WHEN, whose="worker")).status_code == 404
        for name in ("off", "other-time"):
            assert neighbour.post(f"/you/meetings/{two.session_id}/{name}", {}).status_code == 404
    assert lines == []
    assert neighbour.get("/you/meetings").status_code == 200


def held(two: Two) -> str:
    """The meeting took place and was said to have. Returns: the address of its page."""
    accounts.set_clock(WHEN + timedelta(hours=2) - timezone.now(), at=two.river.at, agent="test")
    said = {"attendance": "held", "minutes": "50", "place": "community"}
    answer = two.worker.post(f"/peer/meeting/{two.session_id}", said)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_a_first_meeting_begins_with_two_people_and_no_form(two: Two) -> None:
    page = text(two.worker, f"/peer/meeting/{two.session_id}/together")
    assert "Meeting 1 with" in page and "A first meeting." in page and "until 2 October 2014" in page
    assert "<textarea" not in page and "Say how it went" in page


def test_what_two_people_write_is_read_by_both_with_parts_and_promises(two: Two) -> None:
    path, both = held(two), {"worker_will": "Find times", "person_will": "Ring"}
    assert "A guess, or anything that you would not read aloud to them" in text(two.worker, path)
    with ledger_lines() as lines:
        said = {"parts": ["recovery", "goals"], "line": "We walked", **both}
        assert two.worker.post(path, said).status_code == 302
    assert [(line.event, line.wing) for line in lines] == [("meeting_written_up", "sealed")]
    assert support.meeting(two.session_id)[1].parts == ("recovery", "goals")
    for page in (text(two.worker, path), text(two.person, f"/you/meetings/{two.session_id}")):
        assert all(words in page for words in ("We walked", "Find times", "Ring"))
    assert "You said: Find times" in text(two.worker, "/peer/")
    assert Because.TEXT_MISSING.sentence in unescape(two.worker.post(path, {"line": " "}).content.decode())


def test_what_a_person_sees_differently_stands_beside_the_line_and_over_nothing(two: Two) -> None:
    path, own = held(two), f"/you/meetings/{two.session_id}"
    two.worker.post(path, {"line": "A good talk"})
    assert two.person.post(own, {"kind": "differs", "words": "It was short"}).status_code == 302
    two.worker.post(path, {"line": "We mean to meet for longer"})
    for page in (text(two.worker, path), text(two.person, own)):
        assert all(words in page for words in ("A good talk", "It was short", "We mean to meet for longer"))
        assert "it differently: “It was short”" in page


def test_a_promise_is_open_until_it_is_said_what_came_of_it(two: Two) -> None:
    two.worker.post(held(two), {"worker_will": "Find times", "person_will": "Ring"})
    mine, theirs = (Writing.objects.get(kind=kind).pk for kind in ("worker_will", "person_will"))
    assert two.person.get(f"/you/meetings/promise/{mine}").status_code == 404
    with ledger_lines() as lines:
        assert two.person.post(f"/you/meetings/promise/{theirs}", {"outcome": "not_now"}).status_code == 302
        assert two.worker.post(f"/peer/promise/{mine}", {"outcome": "kept"}).status_code == 302
        assert two.stranger.post(f"/peer/promise/{theirs}", {"outcome": "kept"}).status_code == 404
    assert [line.event for line in lines] == ["promise_settled", "promise_settled"]
    assert "said: " not in text(two.worker, "/peer/")
    assert "(not now)" in text(two.person, f"/you/meetings/{two.session_id}")


def test_what_two_people_agreed_is_read_by_both_and_may_change(two: Two) -> None:
    path = f"/peer/person/{two.entry.id}/agreement"
    for words in ("Texts, nine to five", "Calls only"):
        assert two.worker.post(path, {"how_contact": words, "in_town": "A nod"}).status_code == 302
    together = text(two.worker, f"/peer/meeting/{two.session_id}/together")
    for page in (together, text(two.person, "/you/meetings")):
        assert "Calls only" in page and "A nod" in page and "nine to five" not in page
    assert Writing.objects.filter(kind="how_contact").count() == 2


def test_a_supervisor_reads_the_log_of_their_team_and_cannot_write_in_it(two: Two) -> None:
    path = held(two)
    two.worker.post(path, {"line": "We walked"})
    own, other = (
        door.let_in(door.make_staff(Role.PEER_SUPERVISOR, team_code=f"team_{n}", number=n)) for n in (1, 2)
    )
    address = f"/peer/pairs/{two.entry.id}/log"
    assert "We walked" in text(own, address)
    assert (own.post(address, {}).status_code, own.get(path).status_code) == (405, 404)
    assert other.get(address).status_code == 404


def test_whatever_is_written_the_answers_are_the_same_but_for_the_echo(two: Two) -> None:
    path, shown = held(two), []
    for words in ("Fine", "I want to die tonight <b>999</b>"):
        sent = (
            (two.worker, path, {"line": words, "worker_will": words}),
            (two.person, f"/you/meetings/{two.session_id}", {"kind": "adds", "words": words}),
            (two.person, "/you/meetings/agenda", {"words": words}),
        )
        with transaction.atomic():
            assert {client.post(where, said).status_code for client, where, said in sent} == {302}
            pages = [text(two.worker, "/peer/"), text(two.person, "/you/meetings")]
            shown.append([MARKS.sub("", page).replace(words, "…") for page in pages])
            transaction.set_rollback(True)
    assert shown[0] == shown[1] and "Would like to talk about: “…”" in shown[0][0]


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(page).status_code == 200
    return len(found)


def test_today_and_a_persons_page_ask_at_most_twelve_questions_whatever_the_caseload(two: Two) -> None:
    pages = ("/peer/", f"/peer/person/{two.entry.id}", "/you/meetings")
    clients = (two.worker, two.worker, two.person)

    def counts() -> list[int]:
        return [queries(client, page) for client, page in zip(clients, pages, strict=True)]

    counts()
    small = counts()
    for first in (40, 60, 80):
        two.plan(two.pair(first), WHEN + timedelta(days=first))
    assert counts() == small
    assert max(small) <= 12, small
