"""The supervisor's pages: who supports whom, and who has nobody yet."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.journey import deliver as journey
from handrail.records.accounts import facts as accounts
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.people.facts import PersonFacts
from handrail.records.support import facts as support
from handrail.web.peer.forms import Pair
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.parts import part


@dataclass(frozen=True)
class Row:
    """One person of the supervisor's teams who is offered a peer worker."""

    entry_id: UUID
    team_code: str
    person: PersonFacts
    worker: str


@audience(Role.PEER_SUPERVISOR)
def pairs(request: PageRequest) -> HttpResponse:
    """Everybody in the supervisor's teams who is offered a peer worker; those without one first."""
    shown = part(request, _rows(request.viewer.team_code))
    return render(request, "peer/pairs.html", {"part": shown})


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def pair(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Choose the peer worker who supports somebody."""
    found = [row for row in _rows(request.viewer.team_code) if row.entry_id == entry_id]
    if not found:
        raise NotFound("entry")
    workers = accounts.accounts(role=Role.PEER_WORKER, is_active=True)
    choices = [(str(one.id), one.name) for one in workers if one.team_code == found[0].team_code]
    form = Pair(request.POST or None, workers=choices)
    if request.method == "POST" and form.is_valid():
        try:
            journey.pair(
                entry_id,
                UUID(form.cleaned_data["worker"]),
                under=settings.PROTOCOL,
                by=request.viewer.id,
                at=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused.reasons, {"already_paired": "worker"})
        else:
            say(request, "The two are paired.")
            return redirect("peer:pairs")
    return render(request, "peer/pair.html", {"row": found[0], "form": form})


def _rows(team_code: str) -> list[Row]:
    offered = allocation.offers(under=settings.PROTOCOL.arms)
    entries = [
        entry
        for entry in enrolment.entries(team_code=team_code)
        if entry.id in offered and offered[entry.id].peer_sessions
    ]
    persons = people.people(entry.person_id for entry in entries)
    names = {one.id: one.name for one in accounts.accounts(role=Role.PEER_WORKER)}
    now = {row.entry_id: names.get(row.worker_id, "") for row in support.pairings() if row.until_on is None}
    rows = [
        Row(entry.id, entry.team_code, persons[entry.person_id], now.get(entry.id, "")) for entry in entries
    ]
    return sorted(rows, key=lambda row: (row.worker != "", row.person.given_name, row.person.surname))
