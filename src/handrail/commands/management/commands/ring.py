"""``handrail manage ring``: untaken worries and overdue visits ring on. Run it every minute, from a timer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from handrail.commands.starting import insist_installed, installation_now
from handrail.exchange.messages import senders_for
from handrail.journey import ring, watch
from handrail.records.accounts import facts as accounts

AGENT = "ring"


class Command(BaseCommand):
    """Call whoever is due, once; safe to run as often as one likes."""

    help = "Call the next on the ladder for each worry that nobody has taken up, and each overdue visit."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Ring, and say how often."""
        insist_installed()
        senders = senders_for(settings.SENDERS, outbox=settings.OUTBOX, is_synthetic=accounts.is_synthetic())
        calls = ring.ring_due(
            senders, ladder=settings.LADDER, address=settings.ADDRESS, agent=AGENT, at=installation_now()
        )
        late = watch.ring(senders, address=settings.ADDRESS, agent=AGENT, at=installation_now())
        self.stdout.write(
            f"{calls.sent_count} called, {calls.trouble_count} could not be called, "
            f"{calls.nobody_count} rungs with nobody; "
            f"{late.late_count} overdue, {late.sent_count} told, {late.failed_count} could not be told"
        )
