"""How somebody in the caseload is contacted safely, gone through with them at each contact."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.words import Role
from handrail.records.people import safe_contact as cards
from handrail.web.peer.caseload import companion
from handrail.web.shared import clock, person_steps
from handrail.web.shared.access import PageRequest, audience


@audience(Role.PEER_WORKER, takes_forms=True)
def safe_contact(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Which ways are safe: what holds now, what was kept before, and the card to go through together."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    step = person_steps.safe_contact(request, one.person.id)
    if person_steps.taken(request, step):
        return redirect("peer:person", entry_id)
    context = {"one": one, "step": step, "cards": cards.history(one.person.id)}
    return render(request, "peer/safe_contact.html", context)
