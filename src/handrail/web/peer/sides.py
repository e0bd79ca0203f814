"""Do we see it the same way? The worker's side, after every third meeting."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.fidelity import BothSides, Principle, Side, asked_after, open_to, why_not_answer
from handrail.domain.refusal import NotFound
from handrail.domain.support import Meeting
from handrail.domain.words import Role
from handrail.records.supervision import actions, sides
from handrail.records.support import facts as support
from handrail.web.peer.caseload import Companion, companion
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.side_form import SideForm

WORDS = {one: one.sentence for one in Principle}


@dataclass(frozen=True)
class Shown:
    """What the worker's page of somebody shows: what is asked of them, and what both have said."""

    asked: tuple[Meeting, ...]
    both: tuple[BothSides, ...]


def with_worker(entry_id: UUID, one: Companion) -> Shown:
    """For the worker of the two; nothing is asked of a cover, or shown to one."""
    if one.cover_for or not asked_after(one.supported.meetings):
        return Shown((), ())
    given = sides.given(entry_id)
    both = tuple(found for _, found in sides.both((entry_id,))) if given else ()
    return Shown(open_to(Side.WORKER, one.supported.meetings, given), both)


@audience(Role.PEER_WORKER, takes_forms=True)
def same_way(request: PageRequest, session_id: UUID) -> HttpResponse:
    """Four short questions about the two, once, while it is this worker's to answer."""
    entry_id, _ = support.meeting(session_id)
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    given, meetings = sides.given(entry_id), one.supported.meetings
    if one.cover_for or why_not_answer(session_id, side=Side.WORKER, meetings=meetings, given=given):
        raise NotFound("questions")
    form = SideForm(request.POST or None, words=WORDS)
    if request.method == "POST" and form.is_valid():
        answers, by = form.answers(), request.viewer.id
        actions.tell_side(session_id, Side.WORKER, answers, by=by, at=clock.now())
        say(request, "That was kept. You see it side by side once you both have answered.")
        return redirect("peer:person", entry_id)
    return render(request, "peer/same_way.html", {"one": one, "form": form})
