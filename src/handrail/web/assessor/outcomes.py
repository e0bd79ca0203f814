"""The adjudicator: outcomes that the records cannot tell, decided without knowing the arm."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Joined, Role, Setting
from handrail.journey import gather
from handrail.records.acutecare import facts
from handrail.records.enrolment import facts as enrolment
from handrail.web.assessor.forms import Deciding
from handrail.web.assessor.menu import show
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say


@audience(Role.ADJUDICATOR)
def waiting(request: PageRequest) -> HttpResponse:
    """The people whose outcome waits for a decision, and the decisions made."""
    waiting_ids, decided = facts.undecided(), facts.decisions()
    found = {one.id: one for one in enrolment.registrations(ids=[*waiting_ids, *decided])}
    made = sorted(((found[key], one) for key, one in decided.items()), key=lambda row: row[0].study_number)
    return show(request, "outcomes.html", "outcomes", waiting=[found[key] for key in waiting_ids], made=made)


@audience(Role.ADJUDICATOR, takes_forms=True)
def decide(request: PageRequest, registration_id: UUID) -> HttpResponse:
    """One person's episodes with their sources, and the decision."""
    entry = enrolment.entry_of(registration_id)
    outcome = facts.outcomes_from_records(registration_id).get(registration_id)
    if entry is None or outcome is None:
        raise NotFound("outcome")
    form = Deciding(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            gather.adjudicate(
                registration_id,
                form.decision(),
                under=settings.PROTOCOL.outcome,
                by=request.viewer.id,
                at=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused.reasons, {"day_needed": "day", "day_not_wanted": "day"})
        else:
            say(request, "The decision is kept.")
            return redirect("assessor:outcomes")
    return show(
        request,
        "decide.html",
        "outcomes",
        entry=entry,
        outcome=outcome,
        episodes=facts.episodes(registration_id),
        services={one.value: one.sentence for one in Setting},
        joined={one.value: one.sentence for one in Joined},
        form=form,
    )
