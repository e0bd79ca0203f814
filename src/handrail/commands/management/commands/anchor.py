"""``handrail manage anchor``: keep the ledger's head outside the database. Run it hourly, from a timer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from handrail.commands.starting import insist_installed, now
from handrail.records.audit import anchor


class Command(BaseCommand):
    """Keep the head, and print it, so that it can be copied further away."""

    help = "Keep the ledger's head outside the database, and print it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write one line to the anchor folder."""
        insist_installed()
        kept = anchor.keep_head(settings.ANCHOR_FOLDER, at=now())
        self.stdout.write(f"{kept.line_count} {kept.head_hash}")
