"""Interviews: the baseline before entry, and each later one, booked, held, missed or tried for."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from handrail.domain.followup import ContactResult, InterviewMode, baseline_point
from handrail.domain.protocol import FollowUpPoint
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.journey import follow
from handrail.records.enrolment.facts import RegistrationFacts
from handrail.web.assessor.forms import Attempt, Baseline, Booking, Interview, Sure
from handrail.web.assessor.menu import show
from handrail.web.assessor.scope import registration
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Form
from handrail.web.shared.layout import say


@audience(Role.RESEARCHER, takes_forms=True)
def baseline(request: PageRequest, registration_id: UUID) -> HttpResponse:
    """The interview before entry."""
    found = registration(request.viewer, registration_id)
    schedule = settings.PROTOCOL.schedule
    point = baseline_point(schedule)
    form = Baseline(request.POST or None, point=point, under=schedule)

    def act() -> None:
        follow.record_baseline(
            registration_id,
            form.characteristics(),
            form.responses(),
            mode=InterviewMode(form.cleaned_data["mode"]),
            under=schedule,
            by=request.viewer.id,
            at=clock.now(),
        )

    return _page(request, found, point, form, act, button="Keep this interview")


@audience(Role.RESEARCHER, takes_forms=True)
def book(request: PageRequest, registration_id: UUID, point: str) -> HttpResponse:
    """Book an interview."""
    found, at_point = _found(request, registration_id, point)
    form = Booking(request.POST or None)

    def act() -> None:
        follow.book(
            registration_id,
            point,
            planned_on=form.cleaned_data["planned_on"],
            mode=InterviewMode(form.cleaned_data["mode"]),
            under=settings.PROTOCOL.schedule,
            by=request.viewer.id,
            at=clock.now(),
        )

    return _page(request, found, at_point, form, act, button="Book this interview")


@audience(Role.RESEARCHER, takes_forms=True)
def record(request: PageRequest, registration_id: UUID, point: str) -> HttpResponse:
    """Record an interview that was held."""
    found, at_point = _found(request, registration_id, point)
    schedule = settings.PROTOCOL.schedule
    form = Interview(request.POST or None, point=at_point, under=schedule)

    def act() -> None:
        follow.record(
            registration_id,
            point,
            form.responses(),
            mode=InterviewMode(form.cleaned_data["mode"]),
            held_on=form.cleaned_data["held_on"],
            under=schedule,
            by=request.viewer.id,
            at=clock.now(),
        )

    return _page(request, found, at_point, form, act, button="Keep this interview")


@audience(Role.RESEARCHER, takes_forms=True)
def missed(request: PageRequest, registration_id: UUID, point: str) -> HttpResponse:
    """Record that an interview did not take place."""
    found, at_point = _found(request, registration_id, point)

    def act() -> None:
        follow.miss(
            registration_id,
            point,
            under=settings.PROTOCOL.schedule,
            by=request.viewer.id,
            at=clock.now(),
        )

    return _page(request, found, at_point, Sure(request.POST or None), act, button="It did not take place")


@audience(Role.RESEARCHER, takes_forms=True)
def tried(request: PageRequest, registration_id: UUID, point: str) -> HttpResponse:
    """Record an attempt to get in touch."""
    found, at_point = _found(request, registration_id, point)
    form = Attempt(request.POST or None)

    def act() -> None:
        follow.note_attempt(
            registration_id,
            point,
            how=InterviewMode(form.cleaned_data["how"]),
            result=ContactResult(form.cleaned_data["result"]),
            under=settings.PROTOCOL.schedule,
            by=request.viewer.id,
            at=clock.now(),
        )

    return _page(request, found, at_point, form, act, button="Keep this attempt")


def _found(
    request: PageRequest, registration_id: UUID, point: str
) -> tuple[RegistrationFacts, FollowUpPoint]:
    points = {one.code: one for one in settings.PROTOCOL.schedule.points}
    if point not in points:
        raise NotFound("point")
    return registration(request.viewer, registration_id), points[point]


def _page(
    request: PageRequest,
    found: RegistrationFacts,
    point: FollowUpPoint,
    form: Form,
    act: Callable[[], None],
    *,
    button: str,
) -> HttpResponse:
    """One form about one interview: do what it says, or show why not."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.refuse(refused.reasons, {"day_gone": "planned_on", "day_to_come": "held_on"})
        else:
            say(request, "That was kept.")
            return redirect("assessor:person", found.id)
    return show(
        request, "interview.html", "people", registration=found, point=point, form=form, button=button
    )
