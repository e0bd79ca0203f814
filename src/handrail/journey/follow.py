"""Follow-up: baselines, bookings, interviews, reminders. Masked: it reaches no sealed room in any way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain import messages as rules
from handrail.domain.conduct import NewDeviation
from handrail.domain.dates import local_date
from handrail.domain.followup import Answers, Characteristics, ContactResult, InterviewMode, due_list
from handrail.domain.messages import Channel, Readiness
from handrail.domain.protocol import Schedule
from handrail.domain.words import DeviationKind
from handrail.exchange.messages import Outgoing, Sender, write
from handrail.exchange.trial_office import ON_PAPER
from handrail.records.conduct import actions as conduct
from handrail.records.followup import actions, facts
from handrail.records.messages import actions as outbox
from handrail.records.messages import facts as messages
from handrail.records.messages.facts import MessageFacts
from handrail.records.people import facts as people
from handrail.records.people import safe_contact


@dataclass(frozen=True)
class Sent:
    """What became of the messages that were due. Those that wait because of a death are not counted.

    ``waiting_count``: those to somebody whom no sender reaches, for now.
    """

    sent_count: int = 0
    called_off_count: int = 0
    failed_count: int = 0
    waiting_count: int = 0


@transaction.atomic
def record_baseline(
    registration_id: UUID,
    characteristics: Characteristics,
    responses: Mapping[str, Answers],
    *,
    mode: InterviewMode = InterviewMode.VISIT,
    under: Schedule,
    by: UUID,
    at: datetime,
) -> None:
    """Keep what a person said before entry. Raises: NotFound, Refused."""
    actions.record_baseline(registration_id, characteristics, responses, mode=mode, under=under, by=by, at=at)


@transaction.atomic
def book(
    registration_id: UUID,
    point: str,
    *,
    planned_on: date,
    mode: InterviewMode,
    under: Schedule,
    by: UUID,
    at: datetime,
) -> None:
    """Book an interview, or move it; a reminder follows on the day before. Raises: NotFound, Refused."""
    actions.book(registration_id, point, planned_on=planned_on, mode=mode, under=under, by=by, at=at)
    if planned_on > local_date(at):
        outbox.make([rules.day_before(registration_id, point, planned_on=planned_on)], by=by, at=at)


@transaction.atomic
def record(
    registration_id: UUID,
    point: str,
    responses: Mapping[str, Answers],
    *,
    mode: InterviewMode,
    held_on: date | None = None,
    under: Schedule,
    by: UUID,
    at: datetime,
) -> None:
    """Keep an interview's answers; outside its window it is a deviation too. Raises: NotFound, Refused."""
    is_in_window = actions.record(
        registration_id, point, responses, mode=mode, held_on=held_on, under=under, by=by, at=at
    )
    if not is_in_window:
        deviation = NewDeviation(DeviationKind.OUT_OF_WINDOW, local_date(at))
        conduct.record_deviation(deviation, registration_id=registration_id, by=by, at=at)


@transaction.atomic
def miss(registration_id: UUID, point: str, *, under: Schedule, by: UUID, at: datetime) -> None:
    """Record a missed interview. Raises: NotFound, Refused."""
    actions.miss(registration_id, point, under=under, by=by, at=at)


@transaction.atomic
def note_attempt(
    registration_id: UUID,
    point: str,
    *,
    how: InterviewMode,
    result: ContactResult,
    under: Schedule,
    by: UUID,
    at: datetime,
) -> None:
    """Record an attempt to get in touch. Raises: NotFound, Refused."""
    actions.note_attempt(registration_id, point, how=how, result=result, under=under, by=by, at=at)


@transaction.atomic
def invite(*, under: Schedule, agent: str, at: datetime) -> int:
    """Make an invitation for each interview that has opened; safe to repeat. Returns how many are new."""
    on = local_date(at)
    due = due_list(facts.everybody_followed(on=on), under=under, on=on)
    return outbox.make(rules.invitations(due, on=on), agent=agent, at=at)


def send_due(
    senders: Mapping[str, Sender], *, under: Schedule, ask_us: str = ON_PAPER, agent: str, at: datetime
) -> Sent:
    """Send what is due, one message at a time, and quietly stop what must not go. Safe to repeat.

    A message to somebody whose death is on record waits; if the death is taken back, it goes, or stops as
    too late. ``senders`` are by channel. E-mail goes before a text message; neither goes where the person's
    card does not call it safe. A message to somebody whom no sender reaches waits in the same way: it goes
    once there is a sender, an address or a safe way, or stops as too late.
    ``ask_us`` is what to do to ask, as part of a sentence.

    Not one transaction on purpose: a message that has gone cannot be taken back by a later one's failure.
    """
    counts = {"sent": 0, "called_off": 0, "failed": 0, "waiting": 0, "held": 0}
    due = messages.due(at=at)
    deaths = people.deaths({message.person_id for message in due})
    for message in due:
        if not rules.must_wait(deaths.get(message.person_id)) and outbox.claim(message.id, at=at):
            counts[_send(message, senders, under=under, ask_us=ask_us, agent=agent, at=at)] += 1
    return Sent(counts["sent"], counts["called_off"], counts["failed"], counts["waiting"])


def _send(
    message: MessageFacts,
    senders: Mapping[str, Sender],
    *,
    under: Schedule,
    ask_us: str,
    agent: str,
    at: datetime,
) -> str:
    on = local_date(at)
    person, readiness = people.person(message.person_id), _readiness(message, under=under, on=on)
    if rules.must_wait(person.died_on):  # recorded since it was taken up
        return "held"
    if rules.should_stop(message.template, message.occasion, readiness, on=on):
        outbox.call_off(message.id, agent=agent, at=at)
        return "called_off"
    card = safe_contact.card(person.id)  # asked now: a change holds for what waits as well
    way = rules.way_to_reach(person.contact, channels=[Channel(name) for name in senders], card=card)
    if way is None:
        outbox.let_go(message.id, at=at)
        return "waiting"
    channel, to = way
    day = readiness.planned_on
    told = f"{day:%A} {day.day} {day:%B}" if day else ""
    values = {"given_name": person.given_name, "day": told, "ask_us": ask_us}
    subject, body = write(message.template, values)
    try:
        senders[channel].send(Outgoing(message.id, to, subject, body))
    except OSError:
        return "failed"
    outbox.mark_sent(message.id, channel=channel, agent=agent, at=at)
    return "sent"


def _readiness(message: MessageFacts, *, under: Schedule, on: date) -> Readiness:
    person = facts.followed(message.registration_id, on=on)
    point = rules.point_of(message.occasion)
    interviews = {one.point: one for one in facts.interviews(message.registration_id)}
    planned_on = interviews[point].planned_on if point in interviews else None
    is_overdue = any(one.point == point and one.is_overdue for one in due_list([person], under=under, on=on))
    return Readiness(person.allows_interviews, person.state(point), planned_on, is_overdue)
