"""The peer worker's pages: who is next, what was planned, how it went, a sign-in code, a worry passed on."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.sign_in_code import LIFETIME
from handrail.domain.support import (
    SessionPlace,
    is_finished,
    why_not_give_code,
    why_not_plan,
)
from handrail.domain.words import Attendance, Role
from handrail.journey import deliver as journey
from handrail.records.concern import actions as concerns
from handrail.records.support import facts as support
from handrail.web.peer import attendance, shared
from handrail.web.peer.caseload import caseload, companion
from handrail.web.peer.forms import Code, Plan, Went, Worry
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say


@audience(Role.PEER_WORKER, Role.PEER_SUPERVISOR)
def today(request: PageRequest) -> HttpResponse:
    """The people whom this worker supports, the next meeting first; a supervisor's pairs."""
    if request.viewer.role is Role.PEER_SUPERVISOR:
        return redirect("peer:pairs")
    on = clock.today()
    everybody = caseload(request.viewer.id, arms=settings.PROTOCOL.arms, on=on)
    finished = [one for one in everybody if is_finished(one.supported, on=on)]
    now = [one for one in everybody if one not in finished]
    return render(request, "peer/today.html", {"rows": now, "finished": finished})


@audience(Role.PEER_WORKER)
def person(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """One person: meetings so far, how many are left, and until when."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, on=clock.today())
    reasons = why_not_plan(one.supported, planned_at=clock.now(), on=clock.today())
    context = {"one": one, "reasons": reasons, "shared": shared.with_viewer(request.viewer, entry_id)}
    return render(request, "peer/person.html", context)


@audience(Role.PEER_WORKER, takes_forms=True)
def plan(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Plan the next meeting."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, on=clock.today())
    form = Plan(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            journey.plan_session(
                entry_id,
                planned_at=form.planned_at(),
                under=settings.PROTOCOL,
                by=request.viewer.id,
                at=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "The meeting is planned.")
            return redirect("peer:person", entry_id)
    return render(request, "peer/plan.html", {"one": one, "form": form})


@audience(Role.PEER_WORKER, takes_forms=True)
def meeting(request: PageRequest, session_id: UUID) -> HttpResponse:
    """Say how a planned meeting went."""
    entry_id, found = support.meeting(session_id)
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, on=clock.today())
    if found.attendance is not Attendance.PLANNED:
        raise NotFound("meeting")
    form = Went(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, session_id, form)
        except Refused as refused:
            form.refuse(refused.reasons, {"minutes_wrong": "minutes"})
        else:
            say(request, "That was kept.")
            return redirect("peer:person", entry_id)
    return render(request, "peer/meeting.html", {"one": one, "meeting": found, "form": form})


def _record(request: PageRequest, session_id: UUID, form: Went) -> None:
    said = form.cleaned_data
    under, by, at = settings.PROTOCOL, request.viewer.id, clock.now()
    attendance = Attendance(said["attendance"])
    if attendance is not Attendance.HELD:
        journey.mark_session(session_id, attendance, under=under, by=by, at=at)
        return
    _, found = support.meeting(session_id)
    journey.hold_session(
        session_id,
        minutes=said["minutes"],
        held_at=found.planned_at,
        place=SessionPlace(said["place"]),
        under=under,
        by=by,
        at=at,
    )


@audience(Role.PEER_WORKER, takes_forms=True)
def worry(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Pass on a worry about somebody; the page begins with whom to telephone."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, on=clock.today())
    form = Worry(request.POST or None)
    if request.method == "POST" and form.is_valid():
        concerns.raise_concern(one.person.id, form.concern(), by=request.viewer.id, at=clock.now())
        say(request, "Your worry was passed on. If you have not telephoned yet, do it now.")
        return redirect("peer:person", entry_id)
    return render(request, "peer/worry.html", {"one": one, "form": form})


@audience(Role.PEER_WORKER, takes_forms=True)
def attendance_lost(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Say that nobody can tell which meetings with somebody were held."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, on=clock.today())
    return attendance.lose(request, one, back_to="peer:person")


@audience(Role.PEER_WORKER, takes_forms=True)
def code(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Give somebody a sign-in code face to face: shown once, and until when it works."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, on=clock.today())
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
