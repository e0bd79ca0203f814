"""Adverse events, as masked staff see them: recorded by researchers, reviewed by the safety reviewer."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from handrail.domain.refusal import Refused
from handrail.domain.reporting import MASKED, masked_deadlines, soonest, standing
from handrail.domain.safety import (
    OTHER_KIND,
    EventFacts,
    WhyCorrected,
    awaits_review,
    possible_twins,
)
from handrail.domain.words import Role
from handrail.records.safety import actions, facts, reports
from handrail.web.assessor.forms import CorrectedEvent, NewAdverseEvent, Review
from handrail.web.assessor.menu import show
from handrail.web.assessor.scope import event as own_event
from handrail.web.assessor.scope import registration
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.parts import part


@audience(Role.RESEARCHER, takes_forms=True)
def new(request: PageRequest, registration_id: UUID) -> HttpResponse:
    """Record an adverse event."""
    found = registration(request.viewer, registration_id)
    under = settings.PROTOCOL.safety
    twins: tuple[EventFacts, ...] = ()
    form = NewAdverseEvent(request.POST or None, under=under)
    if request.method == "POST" and form.is_valid():
        twins = possible_twins(form.event(), facts.events(registration_id=registration_id))
        if not form.refuse_twins(twins):
            try:
                actions.record_event(
                    registration_id, form.event(), under=under, by=request.viewer.id, at=clock.now()
                )
            except Refused as refused:
                form.refuse(refused.reasons)
            else:
                say(request, "The event is on record.")
                return redirect("assessor:person", registration_id)
    return show(
        request, "new_event.html", "people", registration=found, form=form, twins=twins, kinds=_kinds()
    )


@audience(Role.RESEARCHER, Role.SAFETY_REVIEWER)
def listing(request: PageRequest) -> HttpResponse:
    """Adverse events: what is overdue first, then what falls due; then those to review, and the newest."""
    under = settings.PROTOCOL.safety
    rows = sorted(
        facts.events(team_code=request.viewer.team_code), key=lambda one: one.onset_on, reverse=True
    )
    stands = standing(reports.records(), rows)
    due = soonest(
        {one.id: masked_deadlines(one, reports=stands.get(one.id, {}), under=under) for one in rows}
    )
    order = {event_id: place for place, event_id in enumerate(due)}
    rows.sort(key=lambda one: (order.get(one.id, len(order)), not awaits_review(one)))
    shown = {"part": part(request, rows), "kinds": _kinds(), "due": due, "on": clock.today()}
    return show(request, "events.html", "events", **shown)


@audience(Role.RESEARCHER, Role.SAFETY_REVIEWER, takes_forms=True)
def event(request: PageRequest, event_id: UUID) -> HttpResponse:
    """One event; the safety reviewer answers the one masked question about it and signs.

    What was written about it is read in the office alone: words can betray the arm.
    """
    found = own_event(request.viewer, event_id)
    under = settings.PROTOCOL.safety
    stands = standing(reports.records((found.id, *found.earlier_ids)), [found]).get(found.id, {})
    may_write = request.viewer.role is Role.RESEARCHER
    reviews = request.viewer.role is Role.SAFETY_REVIEWER
    form = Review(request.POST or None)
    if reviews and request.method == "POST" and form.is_valid():
        try:
            actions.review(
                event_id,
                could_be_related=form.cleaned_data["could_be_related"],
                by=request.viewer.id,
                at=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Your answer is signed and kept.")
            return redirect("assessor:events")
    return show(
        request,
        "event.html",
        "events",
        event=found,
        kinds=_kinds(),
        form=form,
        reviews=reviews,
        deadlines=masked_deadlines(found, reports=stands, under=under),
        to_tell=[one.code for one in under.clocks if may_write and one.runs_for in MASKED],
        on=clock.today(),
        earlier=facts.earlier(event_id),
        is_waiting=awaits_review(found),
        may_correct=may_write,
    )


@audience(Role.RESEARCHER, takes_forms=True)
def correct(request: PageRequest, event_id: UUID) -> HttpResponse:
    """Correct what is on record of an event: a new record beside the old one, which stays readable."""
    found = own_event(request.viewer, event_id)
    under = settings.PROTOCOL.safety
    form = CorrectedEvent(request.POST or None, on_record=found, under=under)
    if request.method == "POST" and form.is_valid():
        why = WhyCorrected(form.cleaned_data["why"])
        try:
            made = actions.correct_event(
                event_id, form.event(), why=why, under=under, by=request.viewer.id, at=clock.now()
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "The corrected record stands. The earlier one is kept beside it.")
            return redirect("assessor:event", made)
    return show(request, "correct_event.html", "events", event=found, form=form)


def _kinds() -> dict[str, str]:
    return {**dict(settings.PROTOCOL.safety.expected_events), OTHER_KIND: "Something else"}
