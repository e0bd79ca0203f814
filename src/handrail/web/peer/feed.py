"""A worker's meetings in their own calendar: a secret address that they make, and may make anew at will.

Whoever has the address reads when the worker has appointments, and nothing else. A wrong address, one that
was made anew, and one of somebody who has left are answered like a page that is not there.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from handrail.domain.dates import local_date
from handrail.domain.refusal import NotFound
from handrail.domain.support import Meeting, why_not_support
from handrail.domain.words import Attendance, Role
from handrail.exchange.appointments import NAME, TYPE, Appointment
from handrail.exchange.appointments import calendar as calendar_of
from handrail.records.visit import calendars
from handrail.web.peer.caseload import Companion, caseload
from handrail.web.peer.forms import Code
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, Viewer, audience, everyone

OVER = (Attendance.CANCELLED, Attendance.MISSED)


@audience(Role.PEER_WORKER, takes_forms=True)
def address(request: PageRequest) -> HttpResponse:
    """The address of one's own calendar: shown once, when it is made."""
    form, made = Code(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        secret = secrets.token_urlsafe(32)
        calendars.renew(secret, by=request.viewer.id, at=clock.now())
        made = settings.ADDRESS + reverse("calendar:feed", args=[secret])
    context = {"form": form, "made": made, "made_at": calendars.made_at(request.viewer.id)}
    return render(request, "peer/calendar.html", context)


@everyone()
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself, as a calendar program asks for it."""
    worker_id = calendars.worker_of(secret)
    if worker_id is None:
        raise NotFound("calendar")
    viewer, at = Viewer(worker_id, "account", Role.PEER_WORKER), clock.now()
    everybody = caseload(viewer, arms=settings.PROTOCOL.arms, at=at)
    found = [_appointment(one, meeting, at) for one in everybody for meeting in one.supported.meetings]
    answer = HttpResponse(calendar_of(sorted(found, key=_by_start), at=at), content_type=TYPE)
    answer["Content-Disposition"] = f'inline; filename="{NAME}"'
    return answer


def _appointment(one: Companion, meeting: Meeting, at: Any) -> Appointment:
    is_ahead = meeting.planned_at > at
    is_off = is_ahead and bool(why_not_support(one.supported, on=local_date(at)))
    changes = sum(change.session_id == meeting.id for change in one.diary.changes)
    is_cancelled = is_off or meeting.attendance in OVER
    return Appointment(meeting.id, meeting.planned_at, is_cancelled, changes + is_cancelled)


def _by_start(one: Appointment) -> tuple[str, str]:
    return one.starts_at.isoformat(), str(one.id)
