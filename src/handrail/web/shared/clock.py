"""The site's clock: the real one, or, in a demonstration, the day that the demonstration stands at.

Pages ask here and hand the moment on as ``at``; nothing below the pages reads a clock.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from handrail.domain.dates import local_date
from handrail.records.accounts import facts as accounts


def now() -> datetime:
    """This moment, with its time zone."""
    return timezone.now() + accounts.clock_ahead()


def today() -> date:
    """Today in London."""
    return local_date(now())
