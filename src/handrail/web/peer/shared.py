"""What a person shows to their peer worker: listed on their page, opened one by one; each look is kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from handrail.domain.sharing import title_of
from handrail.domain.words import Role
from handrail.records.sharing import actions, facts
from handrail.records.sharing.facts import ForWorker
from handrail.web.peer.caseload import companion
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.shown import parts
from handrail.web.shared.viewer import Viewer


def with_viewer(viewer: Viewer, entry_id: UUID, *, on: date) -> list[tuple[str, ForWorker]]:
    """What this person shows to the viewer now, each with its title."""
    found = facts.with_worker(entry_id, worker_id=viewer.id, on=on)
    return [(title_of(one.item, parts()), one) for one in found]


@audience(Role.PEER_WORKER)
def shared(request: PageRequest, share_id: UUID) -> HttpResponse:
    """One thing that somebody of the viewer's own caseload shows them. That they looked is kept."""
    on = clock.today()
    entry_id = facts.entry_shared_with(share_id, worker_id=request.viewer.id, on=on)
    one = companion(request.viewer, entry_id, arms=settings.PROTOCOL.arms, at=clock.now())
    actions.look(share_id, by=request.viewer.id, at=clock.now())
    shown, until_on = facts.as_shown(share_id, parts=parts())
    return render(request, "peer/shared.html", {"one": one, "shown": shown, "until_on": until_on})
