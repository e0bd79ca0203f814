"""Reminders of the person's meetings, as they wish: on, paused by one tap, and how much they say."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import Refused
from handrail.domain.reminder import PartOfDay, Telling, Wish
from handrail.domain.words import Attendance, Role
from handrail.exchange.appointments import NAME, TYPE, Appointment
from handrail.exchange.appointments import calendar as calendar_of
from handrail.journey import remind
from handrail.records.visit import reminders as wishes
from handrail.web.person.forms import Sure
from handrail.web.person.meetings import circle
from handrail.web.person.reminder_form import Reminders
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say


@audience(Role.PERSON, takes_forms=True)
def reminders(request: PageRequest) -> HttpResponse:
    """Whether to be reminded, when on the day before, and how much it says."""
    mine = circle(request)
    now = wishes.wish(mine.entry_id)
    form = Reminders(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wish = Wish(True, PartOfDay(said["part_of_day"]), Telling(said["telling"]))
        try:
            _choose(request, mine.entry_id, wish)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "You will get reminders. You can pause them at any time.")
            return redirect("person:reminders")
    return render(request, "person/reminders.html", {"form": form, "wish": now, "pausing": Sure()})


@audience(Role.PERSON, takes_forms=True)
def pause(request: PageRequest) -> HttpResponse:
    """No more reminders, by one tap; at once."""
    mine = circle(request)
    if request.method == "POST":
        _choose(request, mine.entry_id, replace(wishes.wish(mine.entry_id), is_on=False))
        say(request, "Your reminders are paused.")
    return redirect("person:reminders")


@audience(Role.PERSON)
def calendar(request: PageRequest) -> HttpResponse:
    """The meetings to come as a file for the person's own calendar: times, and no word of what for."""
    mine, at = circle(request), clock.now()
    planned = [one for one in mine.supported.meetings if one.attendance is Attendance.PLANNED]
    ahead = [Appointment(one.id, one.planned_at) for one in planned if one.planned_at > at]
    answer = HttpResponse(calendar_of(ahead, at=at), content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return answer


def _choose(request: PageRequest, entry_id: UUID, wish: Wish) -> None:
    remind.choose(entry_id, wish, under=settings.PROTOCOL, by=request.viewer.id, at=clock.now())
