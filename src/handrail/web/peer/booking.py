"""The peer worker books, moves and calls off meetings, and says how they went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.meeting import asked_for_another_time
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.support import Meeting, SessionPlace
from handrail.domain.words import Attendance, Role
from handrail.journey import deliver, rearrange
from handrail.records.people import facts as people
from handrail.records.support import diary
from handrail.records.support import facts as support
from handrail.web.peer.caseload import Companion, companion
from handrail.web.peer.meeting_forms import CallOff, Move, Plan, Went
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.jinja import moment
from handrail.web.shared.layout import say


@audience(Role.PEER_WORKER, takes_forms=True)
def plan(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Plan the next meeting."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    form = Plan(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_meant(request, form):
        try:
            deliver.plan_session(entry_id, planned_at=form.planned_at(), **_acting(request))
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "The meeting is planned.")
            return redirect("peer:person", entry_id)
    return render(request, "peer/plan.html", {"one": one, "form": form})


@audience(Role.PEER_WORKER, takes_forms=True)
def move(request: PageRequest, session_id: UUID) -> HttpResponse:
    """Move a planned meeting to another day or time."""
    one, found = _planned(request, session_id)
    form = Move(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_meant(request, form, without=session_id):
        try:
            rearrange.move_session(
                session_id, planned_at=form.planned_at(), why=form.why(), **_acting(request)
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "The meeting is moved. The time that it had is kept.")
            return redirect("peer:person", one.entry_id)
    asks = asked_for_another_time(one.diary, found)
    context = {"one": one, "meeting": found, "form": form, "asks": asks}
    return render(request, "peer/move.html", context)


@audience(Role.PEER_WORKER, takes_forms=True)
def call_off(request: PageRequest, session_id: UUID) -> HttpResponse:
    """Call a planned meeting off."""
    one, found = _planned(request, session_id)
    form = CallOff(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deliver.mark_session(session_id, Attendance.CANCELLED, why=form.why(), **_acting(request))
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "The meeting is called off.")
            return redirect("peer:person", one.entry_id)
    return render(request, "peer/call_off.html", {"one": one, "meeting": found, "form": form})


@audience(Role.PEER_WORKER, takes_forms=True)
def meeting(request: PageRequest, session_id: UUID) -> HttpResponse:
    """Say how a planned meeting went."""
    one, found = _planned(request, session_id)
    form = Went(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, found, form)
        except Refused as refused:
            form.refuse(refused.reasons, {"minutes_wrong": "minutes"})
        else:
            say(request, "That was kept.")
            is_held = form.cleaned_data["attendance"] == Attendance.HELD.value
            return redirect("peer:together", session_id) if is_held else redirect("peer:person", one.entry_id)
    return render(request, "peer/meeting.html", {"one": one, "meeting": found, "form": form})


def _planned(request: PageRequest, session_id: UUID) -> tuple[Companion, Meeting]:
    """A planned meeting with somebody of the viewer's own caseload. Raises: NotFound."""
    entry_id, found = support.meeting(session_id)
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    if found.attendance is not Attendance.PLANNED:
        raise NotFound("meeting")
    return one, found


def _is_meant(request: PageRequest, form: Plan, *, without: UUID | None = None) -> bool:
    """Whether the worker's own time is free then, or they say that they mean it."""
    planned_at = form.planned_at()
    found = [one for one in diary.booked(request.viewer.id, around=planned_at) if one.session_id != without]
    persons = people.people(one.person_id for one in found) if found else {}
    return form.ask_whether_meant(
        [f"{persons[one.person_id].given_name} on {moment(one.planned_at)}" for one in found]
    )


def _acting(request: PageRequest) -> dict[str, Any]:
    return {"under": settings.PROTOCOL, "by": request.viewer.id, "at": clock.now()}


def _record(request: PageRequest, found: Meeting, form: Went) -> None:
    said = form.cleaned_data
    attendance = Attendance(said["attendance"])
    if attendance is not Attendance.HELD:
        deliver.mark_session(found.id, attendance, why=form.why(), **_acting(request))
        return
    deliver.hold_session(
        found.id,
        minutes=said["minutes"],
        held_at=found.planned_at,
        place=SessionPlace(said["place"]),
        **_acting(request),
    )
