"""Follow-up as a journey: deviations, reminders, and messages that quietly stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings as live

from handrail.domain.death import DeathPutRight
from handrail.domain.followup import Characteristics, ContactResult, InterviewMode, due_list
from handrail.domain.messages import Channel
from handrail.domain.person import Contact
from handrail.domain.refusal import Refused
from handrail.domain.safe_contact import SafeContact, Way
from handrail.domain.words import DeviationKind, Scope
from handrail.exchange.messages import Outgoing
from handrail.journey import consent, follow
from handrail.journey.follow import Sent
from handrail.records.conduct import facts as conduct
from handrail.records.enrolment import facts as enrolment
from handrail.records.followup import facts as followup
from handrail.records.messages import actions as outbox
from handrail.records.messages import facts as messages
from handrail.records.messages.models import Message
from handrail.records.people import actions as people
from tests.later import ledger_lines, moment
from tests.river import River

IN_WINDOW = moment(2014, 10, 2)
AGENT = "reminders"


@dataclass
class Box:
    """A sender that keeps what it is given, and may be told to fail."""

    sent: list[Outgoing] = field(default_factory=list)
    fails: bool = False

    def send(self, message: Outgoing) -> None:
        """Keep it."""
        if self.fails:
            raise OSError("the mail server is away")
        self.sent.append(message)


def entered(river: River) -> UUID:
    return enrolment.entry(river.entered(1)).registration_id


def book(river: River, registration_id: UUID, planned: datetime, at: datetime = IN_WINDOW) -> None:
    follow.book(
        registration_id,
        "month_4",
        planned_on=planned.date(),
        mode=InterviewMode.VISIT,
        under=river.under.schedule,
        by=river.by,
        at=at,
    )


def record(river: River, registration_id: UUID, at: datetime) -> None:
    follow.record(
        registration_id,
        "month_4",
        {"lsns_6": [1, 2, 3, 4, 5, 0]},
        mode=InterviewMode.TELEPHONE,
        under=river.under.schedule,
        by=river.by,
        at=at,
    )


def send(box: Box, at: datetime, texts: Box | None = None) -> Sent:
    return send_by({"email": box, "text": texts or Box(fails=True)}, at)


def send_by(senders: Mapping[str, Box], at: datetime) -> Sent:
    return follow.send_due(senders, under=live.PROTOCOL.schedule, agent=AGENT, at=at)


def test_an_interview_inside_its_window_is_one_act(river: River) -> None:
    registration_id = entered(river)
    with ledger_lines() as lines:
        record(river, registration_id, IN_WINDOW)
    assert [line.event for line in lines] == ["interview_recorded"]
    assert conduct.deviations() == ()


def test_an_interview_outside_its_window_is_kept_and_is_a_deviation_too(river: River) -> None:
    registration_id = entered(river)
    with ledger_lines() as lines:
        record(river, registration_id, moment(2014, 12, 1))
    assert [line.event for line in lines] == ["interview_recorded", "deviation_recorded"]
    assert [one.kind for one in conduct.deviations()] == [DeviationKind.OUT_OF_WINDOW]
    held = [one for one in followup.interviews(registration_id) if one.point == "month_4"]
    assert [one.is_in_window for one in held] == [False]


def test_an_interview_entered_later_keeps_its_own_day(river: River) -> None:
    registration_id = entered(river)
    follow.record(
        registration_id,
        "month_4",
        {},
        mode=InterviewMode.POST,
        held_on=IN_WINDOW.date(),
        under=river.under.schedule,
        by=river.by,
        at=moment(2015, 3, 1),
    )
    held = [one for one in followup.interviews(registration_id) if one.point == "month_4"]
    assert [(one.held_on, one.is_in_window) for one in held] == [(IN_WINDOW.date(), True)]


def test_the_baseline_and_an_attempt_go_through_with_one_line_each(river: River) -> None:
    registration_id = river.registered(1)
    given = {"under": river.under.schedule, "by": river.by}
    with ledger_lines() as lines:
        said = Characteristics("man", "white", "supported", is_first_crisis=False)
        follow.record_baseline(registration_id, said, {}, at=river.at, **given)
    river.randomise(registration_id)
    with ledger_lines() as more:
        how, result = InterviewMode.TELEPHONE, ContactResult.MESSAGE_LEFT
        follow.note_attempt(registration_id, "month_4", how=how, result=result, at=IN_WINDOW, **given)
        follow.miss(registration_id, "month_4", at=IN_WINDOW, **given)
    assert [line.event for line in lines + more] == [
        "baseline_recorded",
        "contact_tried",
        "interview_missed",
    ]


def test_an_invitation_is_made_once_and_sent_once(river: River) -> None:
    entered(river)
    box = Box()
    assert follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW) == 1
    assert follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW) == 0
    assert send(box, IN_WINDOW) == Sent(sent_count=1)
    assert send(box, IN_WINDOW) == Sent()
    (message,) = box.sent
    assert (message.to, message.subject) == ("person1@example.org", "Time for a chat")
    assert message.body.startswith("Hello Synthetic,\n")


def test_each_message_leaves_one_masked_line_by_the_job(river: River) -> None:
    registration_id = entered(river)
    person_id = river.person_of(registration_id)
    with ledger_lines() as lines:
        follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
        send(Box(), IN_WINDOW)
    assert [(line.event, line.wing, line.agent, line.about) for line in lines] == [
        ("messages_made", "masked", AGENT, registration_id),
        ("message_sent", "masked", AGENT, person_id),
    ]


def test_a_reminder_goes_on_the_morning_before_and_says_the_day(river: River) -> None:
    registration_id = entered(river)
    book(river, registration_id, moment(2014, 10, 9))
    box = Box()
    assert send(box, moment(2014, 10, 8, 8)) == Sent()  # nine in the morning in London
    assert send(box, moment(2014, 10, 8, 9)) == Sent(sent_count=1)
    assert "on Thursday 9 October." in box.sent[0].body


def test_an_interview_booked_for_the_same_day_needs_no_reminder(river: River) -> None:
    registration_id = entered(river)
    with ledger_lines() as lines:
        book(river, registration_id, IN_WINDOW)
    assert [line.event for line in lines] == ["interview_booked"]
    assert not Message.objects.exists()


def test_a_moved_interview_is_reminded_of_once_for_its_new_day(river: River) -> None:
    registration_id = entered(river)
    book(river, registration_id, moment(2014, 10, 9))
    book(river, registration_id, moment(2014, 10, 16))
    box = Box()
    assert send(box, moment(2014, 10, 8, 9)) == Sent(called_off_count=1)
    assert send(box, moment(2014, 10, 15, 9)) == Sent(sent_count=1)
    assert "on Thursday 16 October." in box.sent[0].body


@pytest.mark.parametrize("because", ["withdrawal", "done"])
def test_a_message_quietly_stops_after_a_withdrawal_or_the_interview(river: River, because: str) -> None:
    registration_id = entered(river)
    person_id = river.person_of(registration_id)
    book(river, registration_id, moment(2014, 10, 9))
    if because == "withdrawal":
        scope, at = Scope.INTERVIEWS, moment(2014, 10, 4)
        consent.change(person_id, scope, is_open=False, words="", by=person_id, at=at)
    else:
        record(river, registration_id, moment(2014, 10, 4))
    box = Box()
    with ledger_lines() as lines:
        assert send(box, moment(2014, 10, 8, 9)) == Sent(called_off_count=1)
        assert send(box, moment(2014, 10, 8, 9)) == Sent()
    assert box.sent == []
    assert [line.event for line in lines] == ["message_called_off"]


def test_what_a_mistaken_death_held_back_goes_once_the_death_is_taken_back(river: River) -> None:
    registration_id = entered(river)
    person_id = river.person_of(registration_id)
    follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
    people.record_death(person_id, IN_WINDOW.date(), by=river.by, at=IN_WINDOW)
    box, later = Box(), IN_WINDOW + timedelta(days=1)
    with ledger_lines() as lines:
        assert [send(box, at) for at in (IN_WINDOW, later)] == [Sent(), Sent()]
    assert (box.sent, lines) == ([], [])
    people.take_back_death(person_id, why=DeathPutRight.ANOTHER_PERSON, by=river.by, at=later)
    follow.invite(under=river.under.schedule, agent=AGENT, at=later)
    assert send(box, later) == Sent(sent_count=1)


def test_a_death_recorded_while_a_message_is_taken_up_holds_it_back(
    river: River, monkeypatch: pytest.MonkeyPatch
) -> None:
    registration_id = entered(river)
    person_id = river.person_of(registration_id)
    follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
    people.record_death(person_id, IN_WINDOW.date(), by=river.by, at=IN_WINDOW)
    box = Box()
    with monkeypatch.context() as before:
        before.setattr(follow.people, "deaths", lambda _people: {})  # what was asked a moment ago
        assert send(box, IN_WINDOW) == Sent()
    people.take_back_death(person_id, why=DeathPutRight.ANOTHER_PERSON, by=river.by, at=IN_WINDOW)
    assert send(box, IN_WINDOW + timedelta(minutes=16)) == Sent(sent_count=1)


def test_a_message_that_could_not_go_is_tried_again_after_the_claim_lapses(river: River) -> None:
    entered(river)
    follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
    box = Box(fails=True)
    assert send(box, IN_WINDOW) == Sent(failed_count=1)
    box.fails = False
    assert send(box, IN_WINDOW + timedelta(minutes=5)) == Sent()
    assert send(box, IN_WINDOW + timedelta(minutes=16)) == Sent(sent_count=1)


def test_two_jobs_at_once_cannot_both_take_a_message(river: River) -> None:
    entered(river)
    follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
    (message,) = messages.due(at=IN_WINDOW)
    assert outbox.claim(message.id, at=IN_WINDOW) is True
    assert outbox.claim(message.id, at=IN_WINDOW) is False


def test_a_job_gives_back_its_own_claim_and_no_later_jobs(river: River) -> None:
    entered(river)
    follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
    (message,) = messages.due(at=IN_WINDOW)
    later = IN_WINDOW + timedelta(minutes=16)  # the first claim has lapsed
    assert outbox.claim(message.id, at=IN_WINDOW) and outbox.claim(message.id, at=later)
    outbox.let_go(message.id, at=IN_WINDOW)
    assert outbox.claim(message.id, at=later) is False
    outbox.let_go(message.id, at=later)
    assert outbox.claim(message.id, at=later) is True


def test_a_message_once_sent_is_neither_sent_again_nor_called_off(river: River) -> None:
    entered(river)
    follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
    (message,) = messages.due(at=IN_WINDOW)
    outbox.mark_sent(message.id, channel=Channel.EMAIL, agent=AGENT, at=IN_WINDOW)
    with ledger_lines() as lines:
        outbox.mark_sent(message.id, channel=Channel.EMAIL, agent=AGENT, at=IN_WINDOW + timedelta(days=1))
        outbox.call_off(message.id, agent=AGENT, at=IN_WINDOW)
    assert lines == []
    kept = Message.objects.get()
    assert (kept.sent_at, kept.cancelled_at) == (IN_WINDOW, None)


@pytest.mark.parametrize(
    ("contact", "mails", "texts", "sent"),
    [
        (Contact("sam@example.org", "020 7946 0001"), ["sam@example.org"], [], Sent(sent_count=1)),
        (Contact("", "020 7946 0001"), [], ["020 7946 0001"], Sent(sent_count=1)),
        (Contact("", "", "1 Sample Street", "ZZ99 9ZZ"), [], [], Sent(waiting_count=1)),
    ],
)
def test_a_message_goes_by_mail_or_else_by_text_or_waits(
    river: River, contact: Contact, mails: list[str], texts: list[str], sent: Sent
) -> None:
    registration_id = entered(river)
    people.change_contact(river.person_of(registration_id), contact, by=river.by, at=river.at)
    follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
    by_mail, by_text = Box(), Box()
    assert send(by_mail, IN_WINDOW, by_text) == sent
    assert [one.to for one in by_mail.sent] == mails
    assert [one.to for one in by_text.sent] == texts
    assert Message.objects.get().channel == ("email" if mails else "text" if texts else "")


@pytest.mark.parametrize("senders", [{}, {"email": Box()}])
def test_a_text_message_that_nothing_can_send_waits_and_goes_once_there_is_a_sender(
    river: River, senders: dict[str, Box]
) -> None:
    registration_id = entered(river)
    only_telephone = Contact("", "020 7946 0001")
    people.change_contact(river.person_of(registration_id), only_telephone, by=river.by, at=river.at)
    follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
    with ledger_lines() as lines:
        assert send_by(senders, IN_WINDOW) == Sent(waiting_count=1)
    assert lines == []
    assert follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW) == 0
    texts = Box()
    assert send_by({**senders, "text": texts}, IN_WINDOW) == Sent(sent_count=1)
    assert [one.to for one in texts.sent] == ["020 7946 0001"]


def test_what_waits_for_an_address_goes_once_there_is_one(river: River) -> None:
    registration_id = entered(river)
    person_id = river.person_of(registration_id)
    people.change_contact(person_id, Contact("", "", "1 Sample Street"), by=river.by, at=river.at)
    book(river, registration_id, moment(2014, 10, 9))
    box, morning = Box(), moment(2014, 10, 8, 9)
    assert send(box, morning) == Sent(waiting_count=1)
    people.change_contact(person_id, Contact("sam@example.org", ""), by=river.by, at=morning)
    assert send(box, morning) == Sent(sent_count=1)
    assert [one.to for one in box.sent] == ["sam@example.org"]


@pytest.mark.parametrize(("days", "became"), [(0, Sent(sent_count=1)), (1, Sent(called_off_count=1))])
def test_an_invitation_that_waited_until_its_window_closed_does_not_go_any_more(
    river: River, days: int, became: Sent
) -> None:
    registration_id = entered(river)
    follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
    assert send_by({}, IN_WINDOW) == Sent(waiting_count=1)
    (due,) = due_list(
        [followup.followed(registration_id, on=IN_WINDOW.date())],
        under=river.under.schedule,
        on=IN_WINDOW.date(),
    )
    last = due.window.closes_on + timedelta(days=days)
    assert send(Box(), moment(last.year, last.month, last.day)) == became


def test_a_refused_booking_makes_no_reminder(river: River) -> None:
    registration_id = entered(river)
    with pytest.raises(Refused):
        book(river, registration_id, moment(2014, 10, 1))
    assert not Message.objects.exists()


def test_a_way_that_is_not_safe_is_never_used_and_a_change_holds_for_what_waits(river: River) -> None:
    person_id = river.person_of(entered(river))
    both = Contact("sam@example.org", "020 7946 0001")
    people.change_contact(person_id, both, by=river.by, at=river.at)
    follow.invite(under=river.under.schedule, agent=AGENT, at=IN_WINDOW)
    by_mail, by_text = Box(), Box()
    for ways, became in ((set(), Sent(waiting_count=1)), ({Way.TEXT}, Sent(sent_count=1))):
        people.keep_safe_contact(person_id, SafeContact(frozenset(ways)), by=person_id, at=IN_WINDOW)
        assert send(by_mail, IN_WINDOW, by_text) == became
    assert (by_mail.sent, [one.to for one in by_text.sent]) == ([], ["020 7946 0001"])


def test_no_message_of_fifty_goes_once_a_death_is_on_record(river: River) -> None:
    person_id = river.person_of(entered(river))
    Message.objects.bulk_create(
        Message(person_id=person_id, template=template, occasion=f"month_4 {day}", due_at=IN_WINDOW)
        for template in ("interview_open", "interview_booked")
        for day in range(25)
    )
    assert len(messages.due(at=IN_WINDOW)) == 50
    people.record_death(person_id, IN_WINDOW.date(), by=river.by, at=IN_WINDOW)
    box = Box()
    assert send(box, IN_WINDOW) == Sent()
    assert box.sent == []
