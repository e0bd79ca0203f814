"""An ending from the first meeting on: how far the two are, and how they ended, kept once with a letter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from handrail.domain.dates import in_words, local_date
from handrail.domain.support import SessionPlace
from handrail.domain.words import Because, Role
from handrail.journey import deliver, measure
from handrail.records.accounts import actions as accounts
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.support.models import Ending
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.pages.test_after_lock import note_a_lock
from tests.river import River

pytestmark = pytest.mark.django_db
LETTER = "You found the words for the hard days.\nI will remember the canal."


@dataclass(frozen=True)
class Two:
    """Somebody who met their peer worker once, and everybody who might look."""

    river: River
    entry: EntryFacts
    met_at: datetime
    worker: Client
    colleague: Client
    person: Client
    supervisor: Client

    @property
    def page(self) -> str:
        return f"/peer/person/{self.entry.id}/ending"

    def form(self, **said: str) -> dict[str, str]:
        """What the worker fills in with the person."""
        on, until = local_date(self.met_at), local_date(self.met_at) + timedelta(days=30)
        days = {"held_on": on, "write_until": until}
        parts = {
            f"{name}-{part}": str(getattr(day, part))
            for name, day in days.items()
            for part in ("day", "month", "year")
        }
        return {"how": "last_meeting", "contact": "write", "letter": LETTER, **parts, **said}

    def plan(self, at: datetime) -> None:
        """One more meeting to come."""
        river = self.river
        deliver.plan_session(self.entry.id, planned_at=at, under=river.under, by=river.by, at=river.at)


@pytest.fixture
def two(river: River) -> Two:
    entry = with_sessions(river)
    worker, colleague = (door.make_staff(Role.PEER_WORKER, team_code="team_1", number=n) for n in (1, 2))
    deliver.pair(entry.id, worker.id, under=river.under, by=river.by, at=river.at)
    met_at, now = river.at + timedelta(days=3), river.at + timedelta(days=4)
    planned = {"under": river.under, "by": worker.id, "at": river.at}
    made = deliver.plan_session(entry.id, planned_at=met_at, **planned)
    held = {"minutes": 50, "held_at": met_at, "place": SessionPlace.HOME}
    deliver.hold_session(made, **held, under=river.under, by=worker.id, at=now)
    accounts.set_clock(now - timezone.now(), at=now, agent="test")
    supervisor = door.let_in(door.make_staff(Role.PEER_SUPERVISOR, team_code="team_1"))
    person = door.let_person_in(entry.person_id)
    return Two(river, entry, met_at, door.let_in(worker), door.let_in(colleague), person, supervisor)


def text(client: Client, path: str) -> str:
    return unescape(client.get(path).content.decode())


def test_where_the_two_are_stands_on_three_pages_from_the_first_meeting_on(two: Two) -> None:
    pages = (
        (two.person, "/you/"),
        (two.person, "/you/meetings"),
        (two.worker, f"/peer/person/{two.entry.id}"),
    )
    for number in (1, 2):
        for client, path in pages:
            told = text(client, path)
            assert f"Meeting {number} of up to 10. 16 weeks are left." in told, path
            assert "The last day for meetings is 2 October 2014." in told, path
        if number == 1:
            two.plan(two.met_at + timedelta(days=7))


def test_an_ending_is_kept_once_by_the_worker_of_the_two_and_the_letter_is_encrypted(two: Two) -> None:
    with ledger_lines() as refused:
        assert two.colleague.post(two.page, two.form()).status_code == 404
        for said, why in (
            ({"how": "letter", "letter": " "}, Because.TEXT_MISSING),
            ({"held_on-day": "3"}, Because.NOT_MET_THAT_DAY),
            ({"write_until-year": "2013"}, Because.DAY_GONE),
        ):
            page = unescape(two.worker.post(two.page, two.form(**said)).content.decode())
            assert why.sentence.partition("{about}")[2] in page
    assert refused == [] and not Ending.objects.exists()
    with ledger_lines() as lines:
        assert two.worker.post(two.page, two.form()).status_code == 302
        again = two.worker.post(two.page, two.form(letter="Another"))
    assert Because.ENDING_KEPT.sentence in unescape(again.content.decode())
    assert [(line.event, line.wing, line.about) for line in lines] == [
        ("ending_kept", "sealed", two.entry.id)
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT letter FROM {Ending._meta.db_table}")
        assert b"canal" not in bytes(cursor.fetchone()[0])


def test_the_two_read_the_letter_and_take_it_along_and_a_supervisor_reads_only_that_it_was(two: Two) -> None:
    assert "How your meetings ended" not in text(two.person, "/you/meetings")
    two.worker.post(two.page, two.form())
    until = f"until the day below: {in_words(local_date(two.met_at) + timedelta(days=30))}."
    own, theirs = text(two.person, "/you/meetings"), text(two.worker, two.page)
    for page in (own, theirs):
        assert LETTER in page and until in page and "At a last meeting" in page
    assert "/you/book/endings" in own and "/you/book" not in theirs  # a link for the person, never for them
    log = text(two.supervisor, f"/peer/pairs/{two.entry.id}/log")
    assert "At a last meeting" in log and "canal" not in log
    other = door.let_person_in(with_sessions(two.river, first=20).person_id)
    assert "canal" not in text(other, "/you/meetings") + text(other, "/you/own/copy/text")
    assert LETTER in two.person.get("/you/own/copy/text").content.decode()
    plain = json.loads(two.person.get("/you/own/copy/json").content)
    assert (plain["ending"]["letter"], plain["ending"]["contact"]) == (LETTER, "write")


def test_a_meeting_to_come_is_held_first(two: Two) -> None:
    two.plan(two.met_at + timedelta(days=7))
    page = unescape(two.worker.post(two.page, two.form()).content.decode())
    assert Because.MEETING_TO_COME.sentence in page and not Ending.objects.exists()


@pytest.mark.parametrize("how", ["last_meeting", "not_held"])
def test_managers_count_an_ending_that_was_held_and_not_one_that_could_not_be(two: Two, how: str) -> None:
    assert two.worker.post(two.page, two.form(how=how)).status_code == 302
    as_of = local_date(two.river.at) + timedelta(days=400)
    ended = [one.has_ended for one in measure._courses(as_of, two.river.under) if one.held_count]
    assert ended == [how == "last_meeting"]
    before = measure._courses(local_date(two.met_at) - timedelta(days=1), two.river.under)
    assert not any(one.has_ended for one in before)
    note_a_lock(two.river)
    measure.publish(under=two.river.under, agent="test", at=two.river.at + timedelta(days=400))
