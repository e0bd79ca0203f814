"""Whose visits a colleague watches over, and the banner that stands on every page of theirs meanwhile.

It follows from times alone: no message has to arrive, and no timer has to run, for it to be there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from handrail.domain.refusal import NotFound
from handrail.domain.visit import (
    Rung,
    VisitFacts,
    awaits_closing,
    ended_at,
    expected_end,
    rung,
    supervisors_of,
)
from handrail.domain.words import Role
from handrail.records.accounts import facts as accounts
from handrail.records.visit import facts
from handrail.web.shared import clock
from handrail.web.shared.jinja import clock as in_words
from handrail.web.shared.layout import Alarm
from handrail.web.shared.viewer import Viewer


@dataclass(frozen=True)
class Watched:
    """One visit as a colleague sees it. ``turn``: whose it is now; ``is_theirs``: this colleague's."""

    visit: VisitFacts
    until_at: datetime
    ended_at: datetime | None
    turn: Rung | None
    is_late: bool
    awaits_closing: bool
    is_supervised: bool

    @property
    def is_theirs(self) -> bool:
        """Whether it is on this colleague to do something now."""
        by_supervisor = self.awaits_closing or self.turn in (Rung.SUPERVISOR, Rung.PROCEDURE)
        return by_supervisor if self.is_supervised else self.turn is not None


def watched(viewer: Viewer, *, at: datetime) -> tuple[Watched, ...]:
    """The visits that this colleague watches over, those that are theirs to act on first."""
    visits = facts.to_watch()
    supervisors = _supervisors() if visits and viewer.role is Role.PEER_SUPERVISOR else ()
    rows = [
        _seen(one, at=at, is_supervised=viewer.id in supervisors_of(one.team_code, supervisors))
        for one in visits
    ]
    own = [one for one in rows if one.is_supervised or (one.visit.buddy_id == viewer.id and not one.ended_at)]
    return tuple(sorted(own, key=lambda one: (not one.is_theirs, one.turn is None, one.until_at)))


def one_watched(viewer: Viewer, visit: VisitFacts, *, at: datetime) -> Watched:
    """One visit, for its worker, their buddy or their supervisors. Raises: NotFound, for everybody else."""
    supervisors = _supervisors() if viewer.role is Role.PEER_SUPERVISOR else ()
    is_supervised = viewer.id in supervisors_of(visit.team_code, supervisors)
    if not is_supervised and viewer.id not in (visit.worker_id, visit.buddy_id):
        raise NotFound("visit")
    return _seen(visit, at=at, is_supervised=is_supervised)


def _supervisors() -> tuple[tuple[Any, str], ...]:
    found = accounts.accounts(role=Role.PEER_SUPERVISOR, is_active=True)
    return tuple((one.id, one.team_code) for one in found)


def _seen(visit: VisitFacts, *, at: datetime, is_supervised: bool) -> Watched:
    until_at, ended = expected_end(visit), ended_at(visit)
    return Watched(
        visit=visit,
        until_at=until_at,
        ended_at=ended,
        turn=rung(visit, at=at),
        is_late=ended is None and visit.closing is None and at > until_at,
        awaits_closing=awaits_closing(visit, at=at),
        is_supervised=is_supervised,
    )


def _said(one: Watched) -> str:
    if one.turn is None:
        heard = one.visit.check_ins[-1].at
        return (
            f"{one.visit.worker_name} said OK late, at {in_words(heard)}. Speak with them, then close this."
        )
    return f"{one.visit.worker_name} was expected by {in_words(one.until_at)}. It is your turn: call now."


class Overdue:
    """Puts overdue visits before the other alarms of peer workers and their supervisors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Only a way to ask: a page that shows nothing asks nothing."""
        viewer: Viewer | None = request.viewer
        if viewer is not None and viewer.role in (Role.PEER_WORKER, Role.PEER_SUPERVISOR):
            others = request.alarms
            request.alarms = cache(lambda: (*_alarms(viewer), *others()))
        return self.get_response(request)


def _alarms(viewer: Viewer) -> tuple[Alarm, ...]:
    if viewer.is_enrolling:
        return ()
    rows = watched(viewer, at=clock.now())
    return tuple(
        Alarm(_said(one), reverse("peer:visit", args=[one.visit.id]), "Open the visit")
        for one in rows
        if one.is_theirs
    )
