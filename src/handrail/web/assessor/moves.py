"""The data desk: whose records end because they moved away, and outcomes worked out again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.journey import gather
from handrail.records.acutecare import facts
from handrail.records.enrolment import facts as enrolment
from handrail.web.assessor.forms import Move, Sure
from handrail.web.assessor.menu import show
from handrail.web.assessor.scope import registration
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.parts import part

FIELDS = {"day_to_come": "last_on", "before_entry": "last_on", "not_entered": "study_number"}
WORKED_OUT = "Everybody’s outcome was worked out again."


@audience(Role.DATA_DESK)
def moved(request: PageRequest) -> HttpResponse:
    """The people whose records end before the study does, by study number."""
    ends = {found: day for found, day in facts.records_ends().items() if day is not None}
    found = enrolment.registrations(team_code=request.viewer.team_code, ids=ends)
    rows = [(one, ends[one.id]) for one in found]
    return show(request, "moved.html", "records", part=part(request, rows))


@audience(Role.DATA_DESK, takes_forms=True)
def new(request: PageRequest) -> HttpResponse:
    """Record that somebody moved away, or put the day right: their records are not looked at after it."""
    form = Move(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _end(request, enrolment.by_study_number(form.cleaned_data["study_number"]).id, form.day())
        except NotFound:
            form.add_error("study_number", "Nobody has this study number. Check each letter and digit.")
        except Refused as refused:
            form.refuse(refused.reasons, FIELDS)
        else:
            say(request, f"The move is on record. {WORKED_OUT}")
            return redirect("assessor:moved")
    return show(request, "new_move.html", "records", form=form)


@audience(Role.DATA_DESK, takes_forms=True)
def undo(request: PageRequest, registration_id: UUID) -> HttpResponse:
    """Somebody whose records were said to end has not moved away after all."""
    found = registration(request.viewer, registration_id)
    day = facts.records_ends().get(registration_id)
    if day is None:
        raise NotFound("move")
    form = Sure(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _end(request, registration_id, None)
        say(request, f"The move is taken back. {WORKED_OUT}")
        return redirect("assessor:moved")
    return show(request, "undo_move.html", "records", registration=found, day=day, form=form)


@audience(Role.DATA_DESK, takes_forms=True)
def again(request: PageRequest) -> HttpResponse:
    """Work out everybody's outcome again: after a death, a move or a choice, with the files there are."""
    form = Sure(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gather.link(under=settings.PROTOCOL.outcome, by=request.viewer.id, at=clock.now())
        say(request, WORKED_OUT)
        return redirect("assessor:files")
    return show(request, "again.html", "records", form=form)


def _end(request: PageRequest, registration_id: UUID, day: date | None) -> None:
    registration(request.viewer, registration_id)
    outcome = settings.PROTOCOL.outcome
    gather.move(registration_id, day, under=outcome, by=request.viewer.id, at=clock.now())
