"""The peer worker's pages: who is next, one person, a sign-in code, a worry passed on."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.dates import local_date
from handrail.domain.refusal import Refused
from handrail.domain.sign_in_code import LIFETIME
from handrail.domain.support import is_finished, why_not_give_code, why_not_plan
from handrail.domain.words import Role
from handrail.journey import deliver as journey
from handrail.records.concern import actions as concerns
from handrail.records.people import safe_contact
from handrail.web.peer import attendance, shared, sides
from handrail.web.peer.caseload import caseload, companion
from handrail.web.peer.forms import Code, Worry
from handrail.web.peer.worries import whom_to_call
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say


@audience(Role.PEER_WORKER, Role.PEER_SUPERVISOR)
def today(request: PageRequest) -> HttpResponse:
    """The people whom this worker supports, the next meeting first; a supervisor's pairs."""
    if request.viewer.role is Role.PEER_SUPERVISOR:
        return redirect("peer:pairs")
    at = clock.now()
    everybody = caseload(request.viewer, arms=settings.PROTOCOL.arms, at=at)
    finished = [one for one in everybody if is_finished(one.supported, on=local_date(at))]
    now = [one for one in everybody if one not in finished]
    return render(request, "peer/today.html", {"rows": now, "finished": finished})


@audience(Role.PEER_WORKER)
def person(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """One person: meetings so far, how many are left, and until when."""
    at = clock.now()
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=at)
    reasons = why_not_plan(one.supported, planned_at=at, on=local_date(at))
    context = {
        "one": one,
        "reasons": reasons,
        "shared": shared.with_viewer(request.viewer, entry_id, on=local_date(at)),
        "sides": sides.with_worker(entry_id, one),
        "words": sides.WORDS,
    }
    context["card"] = safe_contact.card(one.person.id)
    return render(request, "peer/person.html", context)


@audience(Role.PEER_WORKER, takes_forms=True)
def worry(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Pass on a worry about somebody; the page begins with whom to telephone."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    form = Worry(request.POST or None)
    if request.method == "POST" and form.is_valid():
        concerns.raise_concern(one.person.id, form.concern(), by=request.viewer.id, at=clock.now())
        say(request, "Your worry was passed on. If you have not telephoned yet, do it now.")
        return redirect("peer:person", entry_id)
    return render(request, "peer/worry.html", {"one": one, "form": form, **whom_to_call(request)})


@audience(Role.PEER_WORKER, takes_forms=True)
def attendance_lost(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Say that nobody can tell which meetings with somebody were held."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    return attendance.lose(request, one, back_to="peer:person")


@audience(Role.PEER_WORKER, takes_forms=True)
def code(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Give somebody a sign-in code face to face: shown once, and until when it works."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    form, issued, at = Code(request.POST or None), "", clock.now()
    if request.method == "POST" and form.is_valid():
        try:
            issued = journey.give_code(
                entry_id, pick=secrets.choice, under=settings.PROTOCOL, by=request.viewer.id, at=at
            )
        except Refused as refused:
            form.refuse(refused.reasons)
    reasons = why_not_give_code(one.supported, by=request.viewer.id, on=clock.today())
    context = {"one": one, "form": form, "reasons": reasons, "issued": issued, "until": at + LIFETIME}
    return render(request, "peer/code.html", context)
