"""Starts Django for the verbs that need it, and tells the time, which nothing below may look at."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def start_django() -> None:
    """Load the settings and the rooms. Safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    import django

    django.setup()


def now() -> datetime:
    """The moment at which a command acts."""
    return datetime.now(UTC)


def make_tables() -> None:
    """Make every table, or bring them up to date; also the one in which rate limits are counted."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
