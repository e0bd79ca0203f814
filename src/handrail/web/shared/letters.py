"""Answers those who asked at the door, after their page is on its way, so that its speed tells nothing."""

from __future__ import annotations

import logging
import secrets
import sys
import threading
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connections

from handrail.exchange.messages import Outgoing
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
    letters = admit.answer_waiting(address=settings.ADDRESS, pick=secrets.choice, at=clock.now())
    return sum(send(letter) for letter in letters)


def send(letter: admit.Letter) -> bool:
    """Send one letter; false when it could not go.

    In a demonstration it also appears in the console, since nobody has a mailbox.
    """
    if accounts.is_synthetic():
        print(f"\n  To {letter.to}: {letter.text}\n", file=sys.stderr, flush=True)
    sender = settings.SENDERS[letter.channel.value]
    try:
        sender.send(Outgoing(uuid4(), letter.to, letter.subject, letter.text))
    except OSError:
        log.exception("a letter could not be sent")
        return False
    return True


def _answer_and_close() -> None:
    try:
        answer()
    except DatabaseError:
        log.exception("who asked at the door was not answered")
    finally:
        connections.close_all()
