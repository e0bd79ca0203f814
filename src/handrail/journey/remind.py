"""Reminders of meetings with a peer worker, worked out as they are sent. Sealed: one arm has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from handrail.domain.messages import Channel, way_to_reach
from handrail.domain.protocol import PeerSessions, Protocol
from handrail.domain.reminder import Wish, told_when
from handrail.domain.support import Meeting
from handrail.exchange import messages
from handrail.exchange.messages import Outgoing, Sender
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.people import safe_contact
from handrail.records.visit import reminders

TEXTS = Path(messages.TEXTS).parent / "reminders"


@dataclass(frozen=True)
class Reminded:
    """What became of the reminders that were due; ``waiting_count``: those whom no safe way reaches."""

    sent_count: int = 0
    failed_count: int = 0
    waiting_count: int = 0


@transaction.atomic
def choose(entry_id: UUID, wish: Wish, *, under: Protocol, by: UUID, at: datetime) -> None:
    """Keep what somebody wishes of reminders. Raises: NotFound, Refused."""
    reminders.choose(entry_id, wish, offer=_offer(entry_id, under), by=by, at=at)


def send_due(senders: Mapping[str, Sender], *, under: Protocol, agent: str, at: datetime) -> Reminded:
    """Remind everybody who is to be reminded now. Safe to repeat.

    Whether a reminder is still due is asked again for each, with the person held: a death, a stop, a pause,
    and a meeting moved or called off stop it at once. Not one transaction on purpose, as in ``follow``.
    """
    counts = {"sent": 0, "failed": 0, "waiting": 0, "stopped": 0}
    for entry_id in reminders.wanting():
        offer = _offer(entry_id, under)
        for meeting in reminders.due_now(entry_id, offer=offer, at=at):
            counts[_send(entry_id, meeting, senders, offer=offer, agent=agent, at=at)] += 1
    return Reminded(counts["sent"], counts["failed"], counts["waiting"])


def _send(
    entry_id: UUID,
    meeting: Meeting,
    senders: Mapping[str, Sender],
    *,
    offer: PeerSessions | None,
    agent: str,
    at: datetime,
) -> str:
    claimed = reminders.claim(entry_id, meeting, offer=offer, at=at)
    if claimed is None:
        return "stopped"
    person = people.person(enrolment.entry(entry_id).person_id)
    card = safe_contact.card(person.id)
    way = way_to_reach(person.contact, channels=[Channel(name) for name in senders], card=card)
    if way is None:
        reminders.let_go(claimed.id, at=at)
        return "waiting"
    channel, to = way
    subject, body = messages.write(claimed.telling, told_when(claimed.planned_at), texts=TEXTS)
    try:
        senders[channel].send(Outgoing(claimed.id, to, subject, body))
    except OSError:
        return "failed"
    reminders.mark_sent(claimed.id, channel=channel, agent=agent, at=at)
    return "sent"


def _offer(entry_id: UUID, under: Protocol) -> PeerSessions | None:
    return under.arm(allocation.arm_of(entry_id)).peer_sessions
