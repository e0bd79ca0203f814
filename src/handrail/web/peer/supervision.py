"""The supervisor's pages: who supports whom, and who has nobody yet."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.fidelity import Principle
from handrail.domain.meeting_log import told
from handrail.domain.pairing import NOT_SAID, Wish
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.support import Supported, is_finished, why_not_choose
from handrail.domain.words import Attendance, Role
from handrail.journey import deliver as journey
from handrail.records.accounts import facts as accounts
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.people.facts import PersonFacts
from handrail.records.supervision import actions, sides
from handrail.records.supervision import facts as side
from handrail.records.support import diary, endings, partings
from handrail.records.support import facts as support
from handrail.web.peer import attendance
from handrail.web.peer.caseload import reader
from handrail.web.peer.crew import crew
from handrail.web.peer.forms import Pair
from handrail.web.peer.handover import whom
from handrail.web.peer.worker_forms import Choices
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.parts import part
from handrail.web.shared.shown import parts
from handrail.web.shared.viewer import Viewer


@dataclass(frozen=True)
class Row:
    """One person of the supervisor's teams who is offered a peer worker."""

    entry_id: UUID
    team_code: str
    person: PersonFacts
    worker: str
    supported: Supported
    is_attendance_lost: bool


@audience(Role.PEER_SUPERVISOR)
def pairs(request: PageRequest) -> HttpResponse:
    """Everybody in the supervisor's team who is offered a peer worker: the current pairs, then the finished.

    Among the current ones those without a worker come first.
    """
    rows, on = _rows(request.viewer), clock.today()
    finished = [row for row in rows if is_finished(row.supported, on=on)]
    now = [row for row in rows if row not in finished]
    context = {"now": now, "part": part(request, finished), "left": _left(request.viewer)}
    return render(request, "peer/pairs.html", context)


def _left(viewer: Viewer) -> list[tuple[UUID, str, int]]:
    """Workers whose account is closed and who are still paired: who, their name, with how many."""
    rows = []
    for worker_id in partings.left_behind(team_code=viewer.team_code):
        count = len(whom(worker_id))
        if count:
            rows.append((worker_id, accounts.account(worker_id).name, count))
    return rows


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def pair(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Choose the peer worker who supports somebody."""
    row = _row(request.viewer, entry_id)
    workers = accounts.accounts(role=Role.PEER_WORKER, is_active=True)
    choices = [(str(one.id), one.name) for one in workers if one.team_code == row.team_code]
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
    context = {
        "row": row,
        "form": form,
        "reasons": why_not_choose(row.supported, on=clock.today()),
        "wish": side.wish(entry_id),
        "members": crew(request.viewer, arms=settings.PROTOCOL.arms, on=clock.today()),
        "offers": side.offers(),
        "not_said": NOT_SAID,
        "sides": [both for _, both in sides.both((entry_id,))],
        "words": {one: one.sentence for one in Principle},
    }
    return render(request, "peer/pair.html", context)


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def wish(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Record what somebody would like of a peer worker; nothing chosen is no preference."""
    row, now = _row(request.viewer, entry_id), side.wish(entry_id)
    form = Choices(
        request.POST or None,
        initial={"times": now.times, "areas": now.areas, "languages": now.languages},
    )
    if request.method == "POST" and form.is_valid():
        actions.say_wish(entry_id, Wish(*form.chosen()), by=request.viewer.id, at=clock.now())
        say(request, "That was kept.")
        return redirect("peer:pair", entry_id)
    return render(request, "peer/wish.html", {"row": row, "form": form})


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def attendance_lost(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """Say that nobody can tell which meetings with somebody were held."""
    row = _row(request.viewer, entry_id)
    return attendance.lose(request, row, back_to="peer:pair")


@audience(Role.PEER_SUPERVISOR)
def log(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """The meeting log of somebody of the supervisor's team: to read, never to write."""
    row = _row(request.viewer, entry_id)
    found = diary.diary(entry_id, reader=reader(request.viewer))
    logs = [
        (one, told(found, one.id), [part.title for part in parts() if part.code in one.parts])
        for one in reversed(row.supported.meetings)
        if one.attendance is Attendance.HELD
    ]
    ended = endings.ending(entry_id, reader=reader(request.viewer))
    return render(request, "peer/pair_log.html", {"row": row, "logs": logs, "ended": ended})


def _row(viewer: Viewer, entry_id: UUID) -> Row:
    """One person of the supervisor's team. Raises: NotFound, also for other teams' people."""
    for row in _rows(viewer):
        if row.entry_id == entry_id:
            return row
    raise NotFound("entry")


def _name(worker_id: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(worker_id, "") if worker_id else ""


def _rows(viewer: Viewer) -> list[Row]:
    offered = allocation.offers(under=settings.PROTOCOL.arms)
    entries = [
        entry
        for entry in enrolment.entries(team_code=viewer.team_code)
        if viewer.sees(entry.team_code) and entry.id in offered and offered[entry.id].peer_sessions
    ]
    persons = people.people(entry.person_id for entry in entries)
    names = {one.id: one.name for one in accounts.accounts(role=Role.PEER_WORKER)}
    own = {one.id: offer for one in entries if (offer := offered[one.id].peer_sessions)}
    known = {one.entry_id: one for one in support.supported_by(own)}
    lost = support.attendance_unknown()
    rows = [
        Row(
            entry.id,
            entry.team_code,
            persons[entry.person_id],
            _name(known[entry.id].worker_id, names),
            known[entry.id],
            entry.id in lost,
        )
        for entry in entries
    ]
    return sorted(rows, key=lambda row: (row.worker != "", row.person.given_name, row.person.surname))
