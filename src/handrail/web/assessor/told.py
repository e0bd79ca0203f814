"""That the sponsor was told of a serious event, as researchers record it: nothing follows from the arm."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.reporting import MASKED, standing
from handrail.domain.words import Role
from handrail.records.safety import reports
from handrail.web.assessor.menu import show
from handrail.web.assessor.scope import event as own_event
from handrail.web.shared import clock as clocks
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.report_form import FIELD_OF, Report


@audience(Role.RESEARCHER, takes_forms=True)
def told(request: PageRequest, event_id: UUID, clock: str) -> HttpResponse:
    """Record that somebody was told of a serious event, or put right what is on record."""
    found = own_event(request.viewer, event_id)
    under = settings.PROTOCOL.safety
    asked = next((one for one in under.clocks if one.code == clock and one.runs_for in MASKED), None)
    if asked is None or not found.has_been_serious:
        raise NotFound("clock")
    stands = standing(reports.records((found.id, *found.earlier_ids)), [found]).get(found.id, {})
    form = Report(request.POST or None, clock=asked, on_record=stands.get(clock))
    if request.method == "POST" and form.is_valid():
        try:
            reports.tell(event_id, form.report(), under=under, by=request.viewer.id, at=clocks.now())
        except Refused as refused:
            form.refuse(refused.reasons, FIELD_OF)
        else:
            say(request, "That is on record.")
            return redirect("assessor:event", event_id)
    return show(request, "told.html", "events", event=found, clock=asked, form=form)
