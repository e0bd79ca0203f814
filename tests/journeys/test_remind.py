"""Reminders of meetings: sent once, by a safe way, and stopped at once by whatever stops them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.death import DeathPutRight
from handrail.domain.person import Contact
from handrail.domain.refusal import Refused
from handrail.domain.reminder import Telling, Wish
from handrail.domain.safe_contact import SafeContact, Way
from handrail.domain.words import Attendance, Role
from handrail.journey import deliver, remind
from handrail.journey.remind import Reminded
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.messages.models import Message
from handrail.records.people import actions as people
from handrail.records.support.models import Session
from handrail.records.visit.models import MeetingReminder
from tests.later import ledger_lines, staff, with_sessions
from tests.river import River

pytestmark = pytest.mark.django_db
AGENT = "remind"
DAY = timedelta(days=1)


@dataclass
class Somebody:
    """Somebody who wishes for reminders, has a meeting tomorrow, and it is the hour."""

    river: River
    entry: EntryFacts
    session_id: UUID
    at: datetime
    sent: list[Any]
    fails: bool = False

    def send(self, message: Any) -> None:
        if self.fails:
            raise OSError
        self.sent.append(message)

    def remind(self, **senders: Any) -> Reminded:
        ways = senders or {"email": self}
        return remind.send_due(ways, under=self.river.under, agent=AGENT, at=self.at)

    def wish(self, wish: Wish) -> None:
        remind.choose(self.entry.id, wish, under=self.river.under, by=self.entry.person_id, at=self.at)


@pytest.fixture
def one(river: River) -> Somebody:
    entry = with_sessions(river)
    worker = staff(river, Role.PEER_WORKER)
    deliver.pair(entry.id, worker, under=river.under, by=river.by, at=river.at)
    meets_at = (river.at + 7 * DAY).replace(hour=13, minute=30)
    session = deliver.plan_session(entry.id, planned_at=meets_at, under=river.under, by=worker, at=river.at)
    contact = Contact("sam@example.org", "07700 900123")
    people.change_contact(entry.person_id, contact, by=river.by, at=river.at)
    found = Somebody(river, entry, session, (meets_at - DAY).replace(hour=10), [])
    found.wish(Wish(is_on=True))
    return found


def test_a_reminder_goes_once_says_nothing_and_leaves_one_sealed_line(one: Somebody) -> None:
    with ledger_lines() as lines:
        assert [one.remind(), one.remind()] == [Reminded(sent_count=1), Reminded()]
    assert [(line.event, line.wing) for line in lines] == [("meeting_reminder_sent", "sealed")]
    (message,) = one.sent
    assert (message.to, message.subject) == ("sam@example.org", "You have a reminder")
    assert message.body.startswith("You have a reminder. It is the one that you asked for.\n")
    assert "http" not in message.body
    assert not Message.objects.exists()


def test_it_says_the_day_and_time_where_the_person_chose_so(one: Somebody) -> None:
    one.wish(Wish(is_on=True, telling=Telling.WHEN))
    one.remind()
    assert "for Monday 9 June at 2:30pm." in one.sent[0].body


def die(one: Somebody) -> None:
    people.record_death(one.entry.person_id, one.at.date(), by=one.river.by, at=one.at)


def stop(one: Somebody) -> None:
    deliver.stop(one.entry.id, under=one.river.under, by=one.entry.person_id, at=one.at)


def pause(one: Somebody) -> None:
    one.wish(Wish(is_on=False))


def call_off(one: Somebody) -> None:
    given = {"under": one.river.under, "by": one.river.by, "at": one.at}
    deliver.mark_session(one.session_id, Attendance.CANCELLED, **given)


def move(one: Somebody) -> None:
    Session.objects.filter(id=one.session_id).update(planned_at=one.at + 9 * DAY)


@pytest.mark.parametrize("happens", [die, stop, pause, call_off, move])
@pytest.mark.parametrize("is_late", [False, True])
def test_whatever_stops_a_reminder_stops_it_at_once(
    one: Somebody, happens: Callable[[Somebody], None], is_late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_late:  # only after it was found due, as in the middle of a long run
        honest = remind.reminders.due_now
        found = honest(one.entry.id, offer=remind._offer(one.entry.id, one.river.under), at=one.at)
        assert len(found) == 1
        monkeypatch.setattr(remind.reminders, "wanting", lambda: (one.entry.id,))
        claim = remind.reminders.claim

        def late(*args: Any, **kwargs: Any) -> Any:
            happens(one)
            return claim(*args, **kwargs)

        monkeypatch.setattr(remind.reminders, "claim", late)
    else:
        happens(one)
    assert one.remind() == Reminded()
    assert (one.sent, MeetingReminder.objects.count()) == ([], 0)


def test_a_mistaken_death_that_is_taken_back_lets_it_go(one: Somebody) -> None:
    die(one)
    assert one.remind() == Reminded()
    why = DeathPutRight.ANOTHER_PERSON
    people.take_back_death(one.entry.person_id, why=why, by=one.river.by, at=one.at)
    assert one.remind() == Reminded(sent_count=1)


def test_it_takes_a_safe_way_or_waits_for_one(one: Somebody) -> None:
    person_id = one.entry.person_id
    people.keep_safe_contact(person_id, SafeContact(frozenset({Way.POST})), by=person_id, at=one.at)
    assert one.remind(email=one, text=one) == Reminded(waiting_count=1)
    people.keep_safe_contact(person_id, SafeContact(frozenset({Way.TEXT})), by=person_id, at=one.at)
    assert one.remind(email=one, text=one) == Reminded(sent_count=1)
    assert [message.to for message in one.sent] == ["07700 900123"]


def test_what_could_not_go_is_tried_again_as_the_same_message(one: Somebody) -> None:
    one.fails = True
    assert one.remind() == Reminded(failed_count=1)
    one.fails, made = False, MeetingReminder.objects.get().id
    assert one.remind() == Reminded()  # whoever claimed it may still be sending
    one.at += timedelta(minutes=16)
    assert one.remind() == Reminded(sent_count=1)
    assert one.sent[0].id == made


def test_nobody_is_reminded_unless_they_asked_and_nobody_asks_once_it_is_over(one: Somebody) -> None:
    stop(one)
    with pytest.raises(Refused):
        one.wish(Wish(is_on=True))
    one.wish(Wish(is_on=False))  # to pause is always allowed
    assert remind.reminders.wanting() == ()
