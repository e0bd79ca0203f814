"""A worry that nobody has taken up rings on: neutral messages to whoever stands on the ladder. Sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from handrail.domain import ladder as rules
from handrail.domain.ladder import Ladder, Post, RingOutcome, Waiting
from handrail.domain.messages import Channel
from handrail.domain.words import Event
from handrail.exchange.messages import Outgoing, Sender, write_call
from handrail.records.audit import facts as audit
from handrail.records.concern import actions, facts


@dataclass(frozen=True)
class Calls:
    """What one run of the timer did. ``trouble_count``: messages that did not go, tried again in minutes."""

    sent_count: int
    trouble_count: int
    nobody_count: int


def ring_due(
    senders: Mapping[str, Sender], *, ladder: Ladder, address: str, agent: str, at: datetime
) -> Calls:
    """Make the calls that are due, each recorded as it was made. Safe to repeat, as often as one likes.

    ``address`` leads to the sign-in; the message says nothing about anybody.

    Not one transaction on purpose: a message that has gone cannot be taken back by a later one's failure.
    """
    counts: Counter[RingOutcome] = Counter()
    waiting = facts.waiting()
    known = facts.rings(one.id for one in waiting)
    staff, is_locked = facts.ladder_staff(), audit.has_happened(Event.LOCKED)
    for one in waiting:
        rings = known.get(one.id, ())
        for number, post in _calls(one, staff, ladder=ladder, is_locked=is_locked, at=at):
            account_id = post.id if post else None
            if not rules.should_ring(number, account_id, rings, at=at) or not facts.is_waiting(one.id):
                continue
            outcome = _send(one.id, number, post, senders, address) if post else RingOutcome.NOBODY
            actions.ring(one.id, number, account_id, outcome, agent=agent, at=at)
            counts[outcome] += 1
    trouble = sum(counts[outcome] for outcome in rules.TROUBLE)
    return Calls(counts[RingOutcome.SENT], trouble, counts[RingOutcome.NOBODY])


def _calls(
    one: Waiting, staff: tuple[Post, ...], *, ladder: Ladder, is_locked: bool, at: datetime
) -> list[tuple[int, Post | None]]:
    """Each ring due by now with each person it calls; none for a rung where nobody stands."""
    where = {"team_code": one.team_code, "is_locked": is_locked}
    empty = rules.empty_rungs(staff, **where)  # type: ignore[arg-type]
    found: list[tuple[int, Post | None]] = []
    for number in rules.due(one, at=at, empty=empty, ladder=ladder):
        posts = rules.called(number, staff, **where)  # type: ignore[arg-type]
        found += [(number, post) for post in posts] or [(number, None)]
    return found


def _send(
    concern_id: UUID, number: int, post: Post, senders: Mapping[str, Sender], address: str
) -> RingOutcome:
    sender = senders.get(Channel.EMAIL)
    if sender is None:
        return RingOutcome.NO_SENDER
    subject, body = write_call(address)
    message_id = uuid5(concern_id, f"{number} {post.id}")  # the same call is the same message
    try:
        sender.send(Outgoing(message_id, post.email, subject, body))
    except OSError:
        return RingOutcome.FAILED
    return RingOutcome.SENT
