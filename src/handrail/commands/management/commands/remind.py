"""``handrail manage remind``: make the invitations that are due, and send what waits. Run it from a timer.

It also takes away records files that nobody said yes to within a day.
"""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from handrail.commands.starting import insist_installed, installation_now
from handrail.exchange import incoming, trial_office
from handrail.exchange.messages import senders_for
from handrail.journey import follow, remind
from handrail.records.accounts import facts as accounts

AGENT = "remind"


class Command(BaseCommand):
    """Send what is due, once; safe to run as often as one likes."""

    help = "Make the invitations to interviews that are due, and send the messages that wait."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make, then send, and say how many of each."""
        insist_installed()
        made = follow.invite(under=settings.PROTOCOL.schedule, agent=AGENT, at=installation_now())
        is_synthetic = accounts.is_synthetic()
        senders = senders_for(settings.SENDERS, outbox=settings.OUTBOX, is_synthetic=is_synthetic)
        office = trial_office.shown(
            settings.TRIAL_OFFICE, example=settings.EXAMPLE_OFFICE, is_synthetic=is_synthetic
        )
        ask_us = trial_office.how_to_ask(office)
        sent = follow.send_due(
            senders, under=settings.PROTOCOL.schedule, ask_us=ask_us, agent=AGENT, at=installation_now()
        )
        told = remind.send_due(senders, under=settings.PROTOCOL, agent=AGENT, at=installation_now())
        incoming.clear_away(settings.PLACE / "incoming", at=time.time())
        self.stdout.write(
            f"{made} made, {sent.sent_count} sent, {sent.called_off_count} called off, "
            f"{sent.failed_count} to try again, {sent.waiting_count} waiting for a sender or an address"
        )
        if any((told.sent_count, told.failed_count, told.waiting_count)):
            self.stdout.write(
                f"meetings: {told.sent_count} reminders sent, {told.failed_count} to try again, "
                f"{told.waiting_count} waiting for a sender, an address or a safe way"
            )
