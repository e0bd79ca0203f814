"""Starts Django for the verbs that need it, and tells the time, which nothing below may look at."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from handrail.commands import moving_in
from handrail.domain.refusal import BadFile, Fault


def start_django() -> None:
    """Load the settings and the rooms. Safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    import django

    django.setup()


def insist_installed() -> None:
    """Go on only where there is an installation. Call after :func:`start_django`.

    Raises:
        BadFile: when the folder has no database, or the database no installation.
    """
    from django.conf import settings
    from django.db import connection

    insist_moved_in(settings.PLACE)
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and not name.startswith("file:")  # that is one in memory
    if not (is_file and not Path(name).exists()):
        with connection.cursor() as cursor:
            if "accounts_installation" in connection.introspection.table_names(cursor):
                return
    mend = "Run `handrail setup`, or name another folder with HANDRAIL_HOME"
    raise BadFile((Fault(str(settings.PLACE), 0, "", "holds no installation", mend),))


def insist_moved_in(home: Path) -> None:
    """Go on only where no restore was cut off. Raises: BadFile."""
    if moving_in.is_cut_off(home):
        mend = "Run `handrail restore` again: it clears that away"
        raise BadFile((Fault(str(home), 0, "", "holds part of a restore that was cut off", mend),))


def now() -> datetime:
    """The moment at which a command acts."""
    return datetime.now(UTC)


def installation_now() -> datetime:
    """This moment on the installation's clock, which in a demonstration stands at the demonstration's day."""
    from handrail.records.accounts import facts as accounts

    return now() + accounts.clock_ahead()


def make_tables() -> None:
    """Make every table, or bring them up to date; also the one in which rate limits are counted."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
