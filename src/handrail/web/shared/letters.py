"""Answers those who asked at the door, after their page is on its way, so that its speed tells nothing."""

from __future__ import annotations

import logging
import secrets
import sys
import threading
from collections.abc import Mapping
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connections

from handrail.domain.messages import Channel
from handrail.exchange.messages import Outgoing, Sender, senders_for
from handrail.journey import admit
from handrail.records.accounts import facts as accounts
from handrail.web.shared import clock

log = logging.getLogger(__name__)


def answer_soon() -> None:
    """Answer what waits, beside the page. Tests and a cron job answer by calling :func:`answer` instead."""
    if settings.ANSWERS_AT_THE_DOOR:
        threading.Thread(target=_answer_and_close, name="door", daemon=True).start()


def answer() -> int:
    """Answer what waits; how many letters went."""
    letters = admit.answer_waiting(
        address=settings.ADDRESS, channels=channels(), pick=secrets.choice, at=clock.now()
    )
    return sum(send(letter) for letter in letters)


def channels() -> tuple[Channel, ...]:
    """The ways by which this installation can send."""
    return tuple(Channel(name) for name in _senders())


def send(letter: admit.Letter) -> bool:
    """Send one letter; false when it could not go, or there is no way for it to go.

    In a demonstration it also appears in the console, since nobody has a mailbox.
    """
    if accounts.is_synthetic():
        print(f"\n  To {letter.to}: {letter.text}\n", file=sys.stderr, flush=True)
    sender = _senders().get(letter.channel.value)
    if sender is None:
        log.warning("a letter could not be sent: there is no sender for its channel")
        return False
    try:
        sender.send(Outgoing(uuid4(), letter.to, letter.subject, letter.text))
    except OSError:
        log.exception("a letter could not be sent")
        return False
    return True


def _senders() -> Mapping[str, Sender]:
    return senders_for(settings.SENDERS, outbox=settings.OUTBOX, is_synthetic=accounts.is_synthetic())


def _answer_and_close() -> None:
    try:
        answer()
    except DatabaseError:
        log.exception("who asked at the door was not answered")
    finally:
        connections.close_all()
