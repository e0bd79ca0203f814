"""What became of worries: the worker's own, with the clock times; for supervisors, what to talk over."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.concern import ConcernFacts, awaits_debrief
from handrail.domain.refusal import NotFound
from handrail.domain.words import Role
from handrail.records.accounts import facts as accounts
from handrail.records.concern import actions
from handrail.records.concern import facts as concerns
from handrail.records.people import facts as people
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say


def whom_to_call(request: PageRequest) -> dict[str, Any]:
    """Whom a worker telephones: this installation's lines, its crisis team's first, and the supervisor."""
    lines = settings.CRISIS_LINES
    emergency = next((one for one in lines if one.is_emergency), lines[0])
    others = [one for one in lines if not one.is_emergency]
    supervisors = accounts.accounts(role=Role.PEER_SUPERVISOR, is_active=True)
    return {
        "emergency": emergency,
        "crisis": others[0] if others else emergency,
        "supervisors": [one for one in supervisors if one.team_code == request.viewer.team_code],
    }


@audience(Role.PEER_WORKER, Role.PEER_SUPERVISOR)
def worries(request: PageRequest) -> HttpResponse:
    """Worries and what became of them; what somebody has still to talk over stands first."""
    found = _seen(request)
    names = people.people(one.person_id for one in found)
    raisers = {one.raised_by: accounts.account(one.raised_by).name for one in found}
    context = {
        "to_talk_over": [one for one in found if awaits_debrief(one)],
        "found": list(reversed(found)),
        "rings": concerns.rings(one.id for one in found),
        "names": names,
        "raisers": raisers,
        "is_supervisor": request.viewer.role is Role.PEER_SUPERVISOR,
        "key": str(uuid4()),
        **whom_to_call(request),
    }
    return render(request, "peer/worries.html", context)


@audience(Role.PEER_WORKER, Role.PEER_SUPERVISOR, takes_forms=True)
def debrief(request: PageRequest, concern_id: UUID) -> HttpResponse:
    """Say that worker and supervisor have talked a worry over."""
    if concern_id not in {one.id for one in _seen(request)}:
        raise NotFound("concern")
    if request.method == "POST":
        actions.debrief(concern_id, by=request.viewer.id, at=clock.now())
        say(request, "It is on record that you talked it over.")
    return redirect("peer:worries")


def _seen(request: PageRequest) -> tuple[ConcernFacts, ...]:
    """A worker's own worries; for a supervisor those about their team's people that were answered."""
    if request.viewer.role is Role.PEER_WORKER:
        return concerns.raised_by(request.viewer.id)
    return concerns.answered(team_code=request.viewer.team_code) if request.viewer.team_code else ()
