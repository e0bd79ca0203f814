"""A worry that waits stands at the top of every page of whoever is called, until somebody takes it up.

It follows from the clock and the rows, not from the messages: where mail is down, or the timer that rings
has stopped, the pages still say so. Nothing here says who it is about. A masked role is never asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from handrail.domain import ladder as rules
from handrail.domain.ladder import Waiting
from handrail.domain.words import MASKED_ROLES, Role
from handrail.records.concern import facts as concerns
from handrail.web.shared import clock
from handrail.web.shared.jinja import moment
from handrail.web.shared.layout import Alarm
from handrail.web.shared.locked import is_locked
from handrail.web.shared.viewer import Viewer


class Alarms:
    """Puts ``request.alarms`` on every request: asked by the layout, once, when a page is shown."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Leave the question with the request; it costs nothing until a page asks it."""
        request.alarms = cache(lambda: _alarms(request.viewer))
        return self.get_response(request)


def _alarms(viewer: Viewer | None) -> tuple[Alarm, ...]:
    if viewer is None or viewer.is_enrolling:
        return ()
    if viewer.role is Role.PEER_WORKER:
        return tuple(_own(one) for one in concerns.waiting(raised_by=viewer.id))
    if viewer.role not in rules.ANSWERING or (viewer.role in MASKED_ROLES and not is_locked()):
        return ()
    return tuple(_others(one) for one in _called(viewer))


def _called(viewer: Viewer) -> list[Waiting]:
    """The worries for which this viewer's rung is due; after a failure, all of their teams'."""
    waiting = [one for one in concerns.waiting() if viewer.sees(one.team_code)]
    if not waiting:
        return []
    staff, at, is_over = concerns.ladder_staff(), clock.now(), is_locked()
    found = []
    for one in waiting:
        empty = rules.empty_rungs(staff, team_code=one.team_code, is_locked=is_over)
        if rules.is_called(one, viewer.role, at=at, empty=empty, ladder=settings.LADDER):
            found.append(one)
    return found


def _others(one: Waiting) -> Alarm:
    trouble = " A message about it could not be sent: others may not know." if one.has_trouble else ""
    text = f"A worry waits since {moment(one.raised_at)}. Nobody has taken it up yet.{trouble}"
    return Alarm(text, reverse("duty:concern", args=[one.id]), "Open it")


def _own(one: Waiting) -> Alarm:
    trouble = " A message about it could not be sent." if one.has_trouble else ""
    text = f"Nobody has taken up your worry of {moment(one.raised_at)} yet: telephone.{trouble}"
    return Alarm(text, reverse("peer:worries"), "Whom to call, and who was called")
