"""Warns of a cut-off that lies ahead: one mistyped year would pass for the end of complete records."""

from __future__ import annotations

import sys
from datetime import date

from handrail.commands import starting
from handrail.domain.dates import local_date
from handrail.domain.refusal import visible


def warn_if_ahead(name: str, cut_off: date | None) -> None:
    """Say on standard error that the latest date in a file, taken as the cut-off, is after today."""
    today = local_date(starting.now())
    if cut_off is None or cut_off <= today:
        return
    print(
        visible(
            f"warning: {name}: the cut-off is {cut_off}, which is after today, {today}: nobody can have been "
            "seen until then. Look for a mistyped date in the file, or say to which day it is complete"
        ),
        file=sys.stderr,
    )
