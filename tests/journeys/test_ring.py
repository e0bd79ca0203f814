"""Nobody takes a worry up: it rings on, whatever was written, and an outage of mail is seen by everybody."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

import pytest

from handrail.domain.concern import NewConcern, Urgency
from handrail.domain.ladder import LADDER, RingOutcome
from handrail.domain.words import Role
from handrail.exchange.messages import Outgoing, Sender
from handrail.journey import ring
from handrail.journey.ring import Calls
from handrail.records.concern import actions, facts
from tests.later import ledger_lines, moment, staff
from tests.river import River

AT = moment(2014, 8, 1)
NEW = NewConcern(Urgency.CRISIS_TEAM, "Synthetic: has not slept.", "A call.", has_told_person=True)


@dataclass
class Kept:
    """A sender that keeps what it is handed, and fails while mail is down."""

    is_down: bool = False
    sent: list[Outgoing] = field(default_factory=list)

    def send(self, message: Outgoing) -> None:
        if self.is_down:
            raise ConnectionRefusedError
        self.sent.append(message)


@dataclass(frozen=True)
class Raised:
    concern_id: UUID
    clinician: UUID
    supervisor: UUID


@pytest.fixture
def raised(river: River) -> Raised:
    """A worry about somebody of team 1, a clinician, a supervisor and a trial manager; masked staff, too."""
    for role in (Role.TRIAL_MANAGER, Role.SERVICE_MANAGER, Role.RESEARCHER, Role.CRISIS_TEAM):
        staff(river, role)
    clinician, supervisor = staff(river, Role.DUTY_CLINICIAN), staff(river, Role.PEER_SUPERVISOR)
    person_id = river.person_of(river.registered(1))
    return Raised(actions.raise_concern(person_id, NEW, by=river.by, at=AT), clinician, supervisor)


def run(sender: Sender | None, minutes: int) -> Calls:
    senders = {"email": sender} if sender else {}
    at = AT + timedelta(minutes=minutes)
    return ring.ring_due(senders, ladder=LADDER, address="https://trial.example.org", agent="ring", at=at)


def roles_of(messages: list[Outgoing]) -> list[str]:
    return [message.to.split(".")[2].partition("@")[0] for message in messages]


def test_a_worry_that_nobody_takes_up_rings_on_up_the_ladder_and_then_everybody_again(
    raised: Raised,
) -> None:
    mail = Kept()
    with ledger_lines() as lines:
        for minutes in (0, 1, 9, 10, 11, 20, 21, 50):
            run(mail, minutes)
    up = ["duty_clinician", "peer_supervisor", "trial_manager"]
    assert roles_of(mail.sent)[:3] == up
    assert sorted(roles_of(mail.sent)[3:]) == up
    assert {(line.event, line.wing, line.agent) for line in lines} == {("concern_rung", "sealed", "ring")}
    calls = facts.rings([raised.concern_id])[raised.concern_id]
    assert [(one.number, one.rung_at - AT) for one in calls[:3]] == [
        (number, timedelta(minutes=minutes)) for number, minutes in ((1, 0), (2, 10), (3, 20))
    ]


def test_the_message_says_nothing_about_anybody(raised: Raised) -> None:
    mail = Kept()
    run(mail, 0)
    (message,) = mail.sent
    assert message.subject == "Handrail: please open your page"
    said = message.subject + message.body
    assert not any(word in said.lower() for word in ("slept", "worr", "crisis", "peer", "team"))


def test_once_somebody_takes_it_up_nobody_else_is_called(raised: Raised) -> None:
    mail = Kept()
    run(mail, 0)
    actions.acknowledge(raised.concern_id, by=raised.clinician, at=AT)
    assert run(mail, 60) == Calls(0, 0, 0)
    assert roles_of(mail.sent) == ["duty_clinician"]


@pytest.mark.parametrize("words", ["He has a knife", "A nice day"])
def test_nothing_written_in_it_changes_who_rings_or_when(river: River, words: str) -> None:
    staff(river, Role.DUTY_CLINICIAN)
    person_id = river.person_of(river.registered(1))
    made = actions.raise_concern(person_id, replace(NEW, words=words), by=river.by, at=AT)
    assert run(Kept(), 10) == Calls(1, 0, 2)
    assert [(one.number, one.outcome.value) for one in facts.rings([made])[made]] == [
        (1, "sent"),
        (2, "nobody"),
        (3, "nobody"),
    ]


def test_an_outage_of_mail_is_on_record_does_not_stop_the_ladder_and_is_tried_again(raised: Raised) -> None:
    """Chaos, hazard H2: mail is down, comes back; a second worry rings meanwhile as it should."""
    mail = Kept(is_down=True)
    assert run(mail, 0) == Calls(0, 1, 0)
    assert [one.has_trouble for one in facts.waiting()] == [True]
    assert run(mail, 4) == Calls(0, 0, 0)
    assert run(mail, 10) == Calls(0, 2, 0)
    mail.is_down = False
    assert run(mail, 15) == Calls(2, 0, 0)
    assert sorted(roles_of(mail.sent)) == ["duty_clinician", "peer_supervisor"]
    assert [one.has_trouble for one in facts.waiting()] == [True]  # told until it is taken up
    outcomes = [one.outcome for one in facts.rings([raised.concern_id])[raised.concern_id]]
    assert outcomes.count(RingOutcome.FAILED) == 3
    assert outcomes.count(RingOutcome.SENT) == 2


def test_where_nothing_can_send_messages_that_is_trouble_too(raised: Raised) -> None:
    assert run(None, 0) == Calls(0, 1, 0)
    assert facts.rings([raised.concern_id])[raised.concern_id][0].outcome is RingOutcome.NO_SENDER
    assert [one.has_trouble for one in facts.waiting()] == [True]
