"""What must be true before the site answers anybody. Anything else stops the start with a plain sentence."""

from __future__ import annotations

import os
import sys

from handrail.domain.refusal import BadFile, Fault

# gunicorn starts a worker again for ever, unless it ends with this status
STOP_FOR_GOOD = 3


def start_or_stop() -> None:
    """Load the settings and the rooms, and look at the live database; or say why not, and end the process."""
    try:
        start()
    except BadFile as bad:
        print("Handrail does not start:", file=sys.stderr)
        for fault in bad.faults:
            print(f"  {fault}", file=sys.stderr)
        sys.stderr.flush()
        raise SystemExit(STOP_FOR_GOOD) from None


def start() -> None:
    """Load everything and check it.

    Raises:
        BadFile: with every reason not to start.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    import django
    from django.conf import settings
    from django.db import Error, connection

    django.setup()
    from handrail.commands.starting import insist_moved_in
    from handrail.records import durability

    insist_moved_in(settings.PLACE)  # before the database is looked for: that alone would make a file

    if settings.IS_TESTING:
        raise _bad(
            "environment", "HANDRAIL_TESTING is set: the keys of the tests protect nothing", "Unset it"
        )
    settings.KEYS.master()
    try:
        faults = list(durability.unsafe_settings(connection))
        tables = connection.introspection.table_names()
    except Error as error:
        raise _bad(
            "database", f"cannot be opened: {error}", "Check that it is there, and who may read it"
        ) from None
    if "accounts_installation" not in tables:
        mend = "Run `handrail setup`, or `./run` for a demonstration"
        faults.append(Fault(str(settings.PLACE), 0, "", "holds no installation", mend))
    connection.close()  # each thread of the server opens its own
    if faults:
        raise BadFile(tuple(faults))


def _bad(file: str, problem: str, mend: str) -> BadFile:
    return BadFile((Fault(file, 0, "", problem, mend),))
