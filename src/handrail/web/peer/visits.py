"""Visits alone: the worker starts one and says that all is well; a supervisor sees who is out."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.visit import ended_at, expected_end
from handrail.domain.words import Role
from handrail.records.accounts import facts as accounts
from handrail.records.visit import actions, facts
from handrail.web.peer.caseload import caseload
from handrail.web.peer.overdue import show
from handrail.web.peer.visit_forms import FIELD_OF, Start, Well
from handrail.web.peer.watching import watched
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.viewer import Viewer


@audience(Role.PEER_WORKER, Role.PEER_SUPERVISOR)
def visits(request: PageRequest) -> HttpResponse:
    """Who is out: one's own visit, and those that one watches over, the overdue first."""
    viewer = request.viewer
    going_on = facts.going_on(worker_id=viewer.id) if viewer.role is Role.PEER_WORKER else ()
    own = [(one, expected_end(one)) for one in going_on]
    context = {"own": own, "rows": watched(viewer, at=clock.now()), "form": Well()}
    return render(request, "peer/visits.html", context)


@audience(Role.PEER_WORKER, takes_forms=True)
def start(request: PageRequest) -> HttpResponse:
    """Start a visit: what kind of place, how long, and who calls when it takes longer."""
    form = _start_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            actions.start(form.visit(), by=request.viewer.id, at=clock.now())
        except Refused as refused:
            form.refuse(refused.reasons, FIELD_OF)
        else:
            say(request, "Your visit has started. Say that you are OK before it is due to end.")
            return redirect("peer:visits")
    return render(request, "peer/start_visit.html", {"form": form})


def _start_form(request: PageRequest) -> Start:
    viewer, last = request.viewer, facts.latest_of(request.viewer.id)
    people = [
        (str(one.entry_id), one.person.given_name + ("" if one.held else " (a first visit: two of you go)"))
        for one in caseload(viewer, arms=settings.PROTOCOL.arms, at=clock.now())
    ]
    initial = {
        "person": request.GET.get("person", ""),
        "buddy": str(last.buddy_id or "") if last else "",
        "telephone": last.telephone if last else "",
    }
    return Start(request.POST or None, initial=initial, people=people, buddies=_buddies(viewer))


def _buddies(viewer: Viewer) -> list[tuple[str, str]]:
    found = accounts.accounts(role=Role.PEER_WORKER, is_active=True)
    return [
        (str(one.id), one.name) for one in found if one.team_code == viewer.team_code and one.id != viewer.id
    ]


@audience(Role.PEER_WORKER, takes_forms=True)
def well(request: PageRequest, visit_id: UUID) -> HttpResponse:
    """Say that all is well: the visit is over, or takes longer."""
    visit = facts.visit(visit_id)
    if visit.worker_id != request.viewer.id or ended_at(visit) is not None:
        raise NotFound("visit")
    form = Well(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_in(
                visit_id, key=form.key(), minutes=form.more(), by=request.viewer.id, at=clock.now()
            )
        except Refused as refused:
            form.refuse(refused.reasons, FIELD_OF)
        else:
            say(request, "Thank you. That was kept.")
            return redirect("peer:visits")
    return show(request, visit, well=form)
