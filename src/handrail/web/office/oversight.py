"""Events to judge with the arm known, and deviations."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.reporting import soonest
from handrail.domain.safety import EarlierRecord, EventFacts
from handrail.domain.support import awaits_judgement, why_not_judge
from handrail.domain.words import Relatedness, Role
from handrail.journey import deliver
from handrail.records.allocation import facts as allocation
from handrail.records.conduct import actions as conduct
from handrail.records.conduct import facts as deviation_facts
from handrail.records.enrolment import facts as enrolment
from handrail.records.safety import facts as safety
from handrail.records.support import facts as support
from handrail.records.support import reports
from handrail.records.support.facts import JudgementFacts
from handrail.web.office.forms import Deviation, Judgement
from handrail.web.office.told import records_of
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.parts import part

DEVIATION_FIELDS = {"day_to_come": "found_on", "team_needed": "team_code", "team_differs": "team_code"}


@audience(Role.TRIAL_MANAGER)
def events(request: PageRequest) -> HttpResponse:
    """Serious adverse events: what is overdue first, then what falls due; then those to judge, the newest."""
    judged = {one.event_id: one.relatedness for one in support.judgements()}
    rows = [one for one in safety.events() if one.has_been_serious]
    rows.sort(key=lambda one: one.onset_on, reverse=True)
    due = soonest(reports.deadlines(rows, under=settings.PROTOCOL.safety))
    order = {event_id: place for place, event_id in enumerate(due)}
    to_judge = {one.id for one in rows if awaits_judgement(one, is_judged=one.id in judged)}
    rows.sort(key=lambda one: (order.get(one.id, len(order)), one.id not in to_judge))
    shown = {"part": part(request, rows), "judged": judged, "due": due, "on": clock.today()}
    return render(request, "office/events.html", shown)


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def event(request: PageRequest, event_id: UUID) -> HttpResponse:
    """One serious event with the arm beside it, to be judged by somebody who may know the arm."""
    found = safety.event(event_id)
    judgements = {one.event_id: one for one in support.judgements()}
    judged = judgements.get(event_id)
    reasons = why_not_judge(found, is_judged=judged is not None)
    form = Judgement(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            deliver.judge(
                event_id,
                Relatedness(said["relatedness"]),
                was_found_by_worker=said["was_found_by_worker"],
                by=request.viewer.id,
                at=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Your judgement is signed and kept.")
            return redirect("office:events")
    context = {
        "event": found,
        "narrative": safety.narrative(event_id),
        "earlier": _earlier(event_id, judgements),
        "arm": allocation.offer(found.registration_id, under=settings.PROTOCOL.arms),
        "judged": judged,
        **_told(found),
        "on": clock.today(),
        "reasons": reasons,
        "form": form,
        "kinds": dict(settings.PROTOCOL.safety.expected_events),
    }
    return render(request, "office/event.html", context)


def _told(event: EventFacts) -> dict[str, object]:
    """The event's clocks, every record of who was told, and the clocks that something can be recorded of."""
    under = settings.PROTOCOL.safety
    clocks = under.clocks if event.has_been_serious else ()
    return {
        "deadlines": reports.deadlines([event], under=under)[event.id],
        "clocks": {one.code: one for one in clocks},
        "told": records_of(event),
    }


def _earlier(
    event_id: UUID, judgements: Mapping[UUID, JudgementFacts]
) -> list[tuple[EarlierRecord, str, JudgementFacts | None]]:
    """Each earlier record of an event, with what was written of it and how it was judged, if it was."""
    found = safety.earlier(event_id)
    return [(one, safety.narrative(one.id), judgements.get(one.id)) for one in found]


@audience(Role.TRIAL_MANAGER)
def deviations(request: PageRequest) -> HttpResponse:
    """Departures from the protocol, newest first."""
    rows = sorted(deviation_facts.deviations(), key=lambda one: one.found_on, reverse=True)
    teams = {team.code: team.name for team in settings.PROTOCOL.programme.teams}
    return render(request, "office/deviations.html", {"part": part(request, rows), "teams": teams})


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def new_deviation(request: PageRequest) -> HttpResponse:
    """Record a departure from the protocol."""
    teams = [(team.code, team.name) for team in settings.PROTOCOL.programme.teams]
    form = Deviation(request.POST or None, teams=teams)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, form)
        except Refused as refused:
            form.refuse(refused.reasons, DEVIATION_FIELDS)
        except NotFound:
            form.add_error("study_number", "Nobody has this study number. Check each letter and digit.")
        else:
            say(request, "The deviation is on record.")
            return redirect("office:deviations")
    return render(request, "office/new_deviation.html", {"form": form})


def _record(request: PageRequest, form: Deviation) -> None:
    said = form.cleaned_data
    number = said["study_number"]
    conduct.record_deviation(
        form.deviation(),
        registration_id=enrolment.by_study_number(number).id if number else None,
        team_code=said["team_code"],
        by=request.viewer.id,
        at=clock.now(),
    )
