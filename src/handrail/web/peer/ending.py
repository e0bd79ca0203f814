"""How the meetings with somebody end: kept once by their worker, with a letter to the person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.ending import LONGEST_LETTER, HowEnded, LaterContact, NewEnding
from handrail.domain.meeting import Reader
from handrail.domain.refusal import Refused
from handrail.domain.words import Role
from handrail.journey import say_goodbye
from handrail.records.support import endings
from handrail.web.peer.caseload import companion
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Day, Form, OneOf, Words
from handrail.web.shared.layout import say

WHERE = {
    "day_to_come": "held_on",
    "before_entry": "held_on",
    "session_too_late": "held_on",
    "not_met_that_day": "held_on",
    "until_when": "write_until",
    "day_gone": "write_until",
    "text_missing": "letter",
    "text_too_long": "letter",
}


class End(Form):
    """How the two said goodbye, what is said of contact later, and the letter."""

    how = OneOf(
        "How did you two say goodbye?",
        [(one.value, one.sentence) for one in HowEnded],
        missing="Say how you two said goodbye",
    )
    held_on = Day("On which day?", missing="Enter the day")
    contact = OneOf(
        "What do you say about contact from now on?",
        [(one.value, one.sentence) for one in LaterContact],
        missing="Say what holds about contact from now on",
    )
    write_until = Day("Until which day may they write to the team?", required=False)
    letter = Words(
        "Your letter to them",
        hint="What they did, in your own words. They read it on their own pages, and can take it along",
        required=False,
        max_length=LONGEST_LETTER,
        rows=10,
    )

    def new_ending(self) -> NewEnding:
        """All of it, as the rules take it."""
        said: dict[str, Any] = self.cleaned_data
        how, contact = HowEnded(said["how"]), LaterContact(said["contact"])
        return NewEnding(said["held_on"], how, contact, said["write_until"], said["letter"])


@audience(Role.PEER_WORKER, takes_forms=True)
def ending(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Keep how the two ended, or read what was kept."""
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    form = End(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = request.viewer.id, clock.now()
        try:
            say_goodbye.end(entry_id, form.new_ending(), under=settings.PROTOCOL, by=by, at=at)
        except Refused as refused:
            form.refuse(refused.reasons, WHERE)
        else:
            say(request, f"That was kept. {one.person.given_name} reads it on their own pages.")
            return redirect("peer:ending", entry_id)
    # Whoever covers reads as the one who is away does, and writes nothing: see why_not_end.
    worker = Reader(one.supported.worker_id or request.viewer.id, Role.PEER_WORKER)
    kept = endings.ending(entry_id, reader=worker)
    return render(request, "peer/ending.html", {"one": one, "form": form, "kept": kept})
