"""``handrail manage measures``: make managers' figures as of the last quarter, once. Run it from a timer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from handrail.commands.starting import insist_installed, installation_now
from handrail.domain.dates import in_words
from handrail.domain.refusal import Refused
from handrail.journey import measure

AGENT = "measures"


class Command(BaseCommand):
    """Make the figures where they may be made and are not; say so where they may not."""

    help = "Make the figures of the programme for managers, as of the end of the last quarter."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make them, or say why not: a timer that comes too early has done nothing wrong."""
        insist_installed()
        try:
            made = measure.publish(under=settings.PROTOCOL, agent=AGENT, at=installation_now())
        except Refused as refused:
            self.stdout.write("nothing made: " + " ".join(reason.sentence for reason in refused.reasons))
        else:
            self.stdout.write(f"made, as of {in_words(made.as_of)}")
