"""The site's clock: the real one, or, in a demonstration, the day that the demonstration stands at.

Pages ask here and hand the moment on as ``at``; nothing below the pages reads a clock. How far a
demonstration's clock is ahead is asked of the database once for each request.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from handrail.domain.dates import local_date
from handrail.records.accounts import facts as accounts

_answers: ContextVar[list[timedelta | None] | None] = ContextVar("answers", default=None)


class OneAnswer:
    """Lets a request ask once: a page, its furniture and its alarms stand at the same clock."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """Begin with no answer, and leave none behind."""
        token = _answers.set([])
        try:
            return self.get_response(request)
        finally:
            _answers.reset(token)


def now() -> datetime:
    """This moment, with its time zone."""
    return timezone.now() + (_ahead() or timedelta(0))


def today() -> date:
    """Today in London."""
    return local_date(now())


def is_synthetic() -> bool:
    """Whether this is a demonstration."""
    return _ahead() is not None


def _ahead() -> timedelta | None:
    """How far a demonstration's clock is ahead; none where it is no demonstration."""
    answers = _answers.get()
    if answers is None:
        return accounts.demonstration_ahead()
    if not answers:
        answers.append(accounts.demonstration_ahead())
    return answers[0]
