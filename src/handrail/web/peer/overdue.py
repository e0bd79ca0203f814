"""One visit: whose turn it is, who was told and rung, and the close by a named person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.visit import HowClosed, Rang, VisitFacts, why_not_close
from handrail.domain.words import Role
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.visit import actions, facts, ladder
from handrail.web.peer.visit_forms import Close, Phoned, Well
from handrail.web.peer.watching import one_watched
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say


@audience(Role.PEER_WORKER, Role.PEER_SUPERVISOR)
def visit(request: PageRequest, visit_id: UUID) -> HttpResponse:
    """One visit, for its worker, their buddy and their supervisors."""
    return show(request, facts.visit(visit_id))


@audience(Role.PEER_WORKER, Role.PEER_SUPERVISOR, takes_forms=True)
def call(request: PageRequest, visit_id: UUID) -> HttpResponse:
    """Record whom one telephoned."""
    found = facts.visit(visit_id)
    one_watched(request.viewer, found, at=clock.now())
    form = Phoned(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.note_call(
            visit_id,
            Rang(said["rang"]),
            was_answered=said["was_answered"],
            by=request.viewer.id,
            at=clock.now(),
        )
        say(request, "Your call is on record.")
        return redirect("peer:visit", visit_id)
    return show(request, found, phoned=form)


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def close(request: PageRequest, visit_id: UUID) -> HttpResponse:
    """Close a visit that was overdue."""
    found = facts.visit(visit_id)
    if not one_watched(request.viewer, found, at=clock.now()).is_supervised:
        raise NotFound("visit")
    form = Close(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            how = HowClosed(form.cleaned_data["how"])
            actions.close(visit_id, how, by=request.viewer.id, at=clock.now())
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "The visit is closed.")
            return redirect("peer:visits")
    return show(request, found, close=form)


def show(
    request: PageRequest,
    found: VisitFacts,
    *,
    well: Well | None = None,
    phoned: Phoned | None = None,
    close: Close | None = None,
) -> HttpResponse:
    """The page of one visit, with whichever form was sent. Raises: NotFound, for somebody else's."""
    at = clock.now()
    one = one_watched(request.viewer, found, at=at)
    context: dict[str, Any] = {
        "one": one,
        "is_own": found.worker_id == request.viewer.id,
        "given_name": _given_name(found),
        "told": ladder.told(found, at=at),
        "calls": ladder.calls(found.id),
        "reasons": why_not_close(found, at=at),
        "well": well or Well(),
        "phoned": phoned or Phoned(),
        "close": close or Close(),
        "wrong": next((form for form in (well, phoned, close) if form is not None and form.errors), Well()),
    }
    return render(request, "peer/visit.html", context)


def _given_name(found: VisitFacts) -> str:
    if found.entry_id is None:
        return ""
    return people.person(enrolment.entry(found.entry_id).person_id).given_name
