"""That somebody was told of a serious event, as the trial office records it: every clock, of either wing."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.protocol import ClockScope
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.reporting import MASKED, ReportRecord, standing
from handrail.domain.safety import EventFacts
from handrail.domain.words import Role
from handrail.records.safety import facts as safety
from handrail.records.safety import reports as masked
from handrail.records.support import reports as sealed
from handrail.web.shared import clock as clocks
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.report_form import FIELD_OF, Report


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def told(request: PageRequest, event_id: UUID, clock: str) -> HttpResponse:
    """Record that somebody was told of a serious event, or that a measure was taken, or put that right."""
    found, under = safety.event(event_id), settings.PROTOCOL.safety
    asked = next((one for one in under.clocks if one.code == clock), None)
    if asked is None or not found.has_been_serious:
        raise NotFound("clock")
    stands = standing(records_of(found), [found]).get(found.id, {})
    form = Report(request.POST or None, clock=asked, on_record=stands.get(clock))
    if request.method == "POST" and form.is_valid():
        tell = masked.tell if asked.runs_for in MASKED else sealed.tell
        try:
            tell(event_id, form.report(), under=under, by=request.viewer.id, at=clocks.now())
        except Refused as refused:
            form.refuse(refused.reasons, FIELD_OF)
        else:
            say(request, "That is on record.")
            return redirect("office:event", event_id)
    is_urgent = asked.runs_for is ClockScope.URGENT_MEASURE
    context = {"event": found, "clock": asked, "form": form, "is_urgent": is_urgent}
    return render(request, "office/told.html", context)


def records_of(event: EventFacts) -> tuple[ReportRecord, ...]:
    """Every record that somebody was told of this event, of either wing, with its words, in order of time."""
    ids = (event.id, *event.earlier_ids)
    found = (*masked.records(ids, with_words=True), *sealed.records(ids))
    return tuple(sorted(found, key=lambda one: one.recorded_at))
