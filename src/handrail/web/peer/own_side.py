"""The worker's own side: what is next with a supervisor, what was agreed, and training."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from handrail.domain.supervision import due, told_to_worker
from handrail.domain.words import Role
from handrail.records.supervision import facts as supervision
from handrail.records.support import facts as support
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience


@audience(Role.PEER_WORKER)
def own_side(request: PageRequest) -> HttpResponse:
    """What a worker's supervisor sees of them too, but for what is the worker's alone."""
    mine, on = request.viewer.id, clock.today()
    talks, since = supervision.talks().get(mine, ()), support.first_pairings().get(mine)
    dues = due(talks, since=since) if since else ()
    context = {
        "dues": dues,
        "late": told_to_worker(dues, on=on),
        "talks": talks,
        "training": supervision.training().get(mine, ()),
        "on": on,
    }
    return render(request, "peer/own_side.html", context)
