"""Nobody can tell which meetings were held: one page, whether the worker or the supervisor says so."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from handrail.domain.refusal import Refused
from handrail.domain.support import Supported, why_not_lose_attendance
from handrail.journey import deliver as journey
from handrail.records.people.facts import PersonFacts
from handrail.web.peer.forms import Lost
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest
from handrail.web.shared.layout import say


class Spoken(Protocol):
    """Somebody of a caseload or of a supervisor's list."""

    @property
    def entry_id(self) -> UUID: ...
    @property
    def person(self) -> PersonFacts: ...
    @property
    def supported(self) -> Supported: ...
    @property
    def is_attendance_lost(self) -> bool: ...


def lose(request: PageRequest, one: Spoken, *, back_to: str) -> HttpResponse:
    """Ask, and keep it; ``one`` is somebody whom this viewer may speak for, ``back_to`` names their page."""
    form = Lost(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            journey.lose_attendance(
                one.entry_id, under=settings.PROTOCOL, by=request.viewer.id, at=clock.now()
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "It is on record that attendance is not known.")
            return redirect(back_to, one.entry_id)
    context = {
        "person": one.person,
        "form": form,
        "reasons": why_not_lose_attendance(one.supported, is_lost=one.is_attendance_lost),
        "back_to": reverse(back_to, args=[one.entry_id]),
    }
    return render(request, "peer/attendance_lost.html", context)
