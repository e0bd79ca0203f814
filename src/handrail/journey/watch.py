"""Overdue visits: whoever's turn it is gets a message; what could not be sent shows on the pages. Sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handrail.domain.messages import Channel
from handrail.domain.visit import expected_end, rung
from handrail.exchange.messages import Outgoing, Sender, write_call
from handrail.records.visit import actions, facts, ladder
from handrail.records.visit.ladder import Told


@dataclass(frozen=True)
class Ringing:
    """What became of the messages about overdue visits."""

    late_count: int = 0
    sent_count: int = 0
    failed_count: int = 0


def ring(senders: Mapping[str, Sender], *, address: str, agent: str, at: datetime) -> Ringing:
    """Tell everybody whose turn has come, once each; what could not be sent is tried again next time.

    Not one transaction on purpose: a message that has gone cannot be taken back by a later one's failure.
    """
    late = [one for one in facts.going_on() if rung(one, at=at) is not None]
    waiting = [
        told
        for one in late
        for told in ladder.told(one, at=at)
        if told.sent_at is None and told.reached_at > expected_end(one)
    ]
    sent = sum(_send(one, senders, address=address, agent=agent, at=at) for one in waiting)
    return Ringing(len(late), sent, len(waiting) - sent)


def _send(one: Told, senders: Mapping[str, Sender], *, address: str, agent: str, at: datetime) -> bool:
    notice_id = actions.make_notice(one, agent=agent, at=at)
    sender = senders.get(Channel.EMAIL.value)
    if sender is None:
        return False
    subject, body = write_call(address)
    try:
        sender.send(Outgoing(notice_id, one.account.email, subject, body))
    except OSError:
        return False
    actions.mark_sent(notice_id, agent=agent, at=at)
    return True
