"""Do we see it the same way? The person's side, after every third meeting, if they like."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.fidelity import TO_THE_PERSON, Side, why_not_answer
from handrail.domain.refusal import NotFound
from handrail.domain.words import Role
from handrail.records.supervision import actions, sides
from handrail.web.person.meetings import circle
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.side_form import SideForm


@audience(Role.PERSON, takes_forms=True)
def same_way(request: PageRequest, session_id: UUID) -> HttpResponse:
    """Four short questions about the two, once."""
    mine = circle(request)
    given, meetings = sides.given(mine.entry_id), mine.supported.meetings
    if why_not_answer(session_id, side=Side.PERSON, meetings=meetings, given=given):
        raise NotFound("questions")
    form = SideForm(request.POST or None, words=TO_THE_PERSON)
    if request.method == "POST" and form.is_valid():
        answers, by = form.answers(), mine.person_id
        actions.tell_side(session_id, Side.PERSON, answers, by=by, at=clock.now())
        say(request, "Thank you. Your answers are kept.")
        return redirect("person:meetings")
    return render(request, "person/same_way.html", {"mine": mine, "form": form})
