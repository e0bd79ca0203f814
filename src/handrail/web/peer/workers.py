"""The supervisor's pages about peer workers: each one's week, supervision, training, soft cap."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.leave import Period, PeriodKind
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.supervision import Training
from handrail.domain.words import Role
from handrail.domain.workload import WEIGHTS
from handrail.records.accounts import facts as accounts
from handrail.records.supervision import actions, facts
from handrail.web.peer.crew import Member, crew
from handrail.web.peer.worker_forms import Away, Cap, Logged, TakenBack, Trained
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Form
from handrail.web.shared.layout import say
from handrail.web.shared.viewer import Viewer

WHERE = {
    "on_record": "what",
    "cover_away": "cover",
    "dates_swapped": "until_on",
    "day_gone": "until_on",
}


@audience(Role.PEER_SUPERVISOR)
def workers(request: PageRequest) -> HttpResponse:
    """Every peer worker of the team by name: what is on their plate, and what is due."""
    on = clock.today()
    context = {
        "members": crew(request.viewer, arms=settings.PROTOCOL.arms, on=on),
        "on": on,
        "weights": WEIGHTS,
    }
    return render(request, "peer/workers.html", context)


@audience(Role.PEER_SUPERVISOR)
def worker(request: PageRequest, worker_id: UUID) -> HttpResponse:
    """One peer worker: the log, what is due, training, the soft cap."""
    one = _member(request.viewer, worker_id)
    context = {
        "one": one,
        "on": clock.today(),
        "notes": facts.shared_notes(worker_id),
        "names": {each.id: each.name for each in accounts.accounts(role=Role.PEER_WORKER)},
    }
    return render(request, "peer/worker.html", context)


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def log(request: PageRequest, worker_id: UUID) -> HttpResponse:
    """Log time with a peer worker."""
    form = Logged(request.POST or None)

    def keep() -> None:
        actions.log(worker_id, form.talk(), by=request.viewer.id, at=clock.now())

    return _asked(request, worker_id, form, keep, title="Log time together", button="Keep this")


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def training(request: PageRequest, worker_id: UUID) -> HttpResponse:
    """Record a day of training."""
    form = Trained(request.POST or None)

    def keep() -> None:
        said, by, at = form.cleaned_data, request.viewer.id, clock.now()
        actions.record_training(worker_id, Training(said["what"]), held_on=said["held_on"], by=by, at=at)

    return _asked(request, worker_id, form, keep, title="Record training", button="Record this")


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def cap(request: PageRequest, worker_id: UUID) -> HttpResponse:
    """Set the soft cap."""
    form = Cap(request.POST or None)

    def keep() -> None:
        actions.set_cap(worker_id, form.cleaned_data["cap"], by=request.viewer.id, at=clock.now())

    return _asked(request, worker_id, form, keep, title="Set the soft cap", button="Set this")


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def away(request: PageRequest, worker_id: UUID) -> HttpResponse:
    """Say that a peer worker is away, and who covers."""
    members = crew(request.viewer, arms=settings.PROTOCOL.arms, on=clock.today())
    others = [(str(one.id), one.name) for one in members if one.id != worker_id]
    form = Away(request.POST or None, workers=others)

    def keep() -> None:
        said = form.cleaned_data
        days = (said["from_on"], said["until_on"])
        new = Period(worker_id, PeriodKind.AWAY, *days, cover_id=UUID(said["cover"]))
        actions.take(new, by=request.viewer.id, at=clock.now())

    return _asked(request, worker_id, form, keep, title="Days away", button="Keep these days")


@audience(Role.PEER_SUPERVISOR, takes_forms=True)
def back(request: PageRequest, worker_id: UUID, period_id: UUID) -> HttpResponse:
    """Take days away back: whoever covered sees nobody from now on."""
    found = facts.period(period_id)
    if (found.worker_id, found.kind) != (worker_id, PeriodKind.AWAY):
        raise NotFound("period")

    def keep() -> None:
        actions.take_back(period_id, by=request.viewer.id, at=clock.now())

    form = TakenBack(request.POST or None)
    return _asked(request, worker_id, form, keep, title="Take days away back", button="Take these days back")


def _asked(
    request: PageRequest, worker_id: UUID, form: Form, keep: Callable[[], None], *, title: str, button: str
) -> HttpResponse:
    """Ask one thing about a worker of the viewer's own team, and keep it. Raises: NotFound."""
    one = _member(request.viewer, worker_id)
    if request.method == "POST" and form.is_valid():
        try:
            keep()
        except Refused as refused:
            form.refuse(refused.reasons, WHERE)
        else:
            say(request, "That was kept.")
            return redirect("peer:worker", worker_id)
    return render(
        request, "peer/worker_form.html", {"one": one, "form": form, "title": title, "button": button}
    )


def _member(viewer: Viewer, worker_id: UUID) -> Member:
    """One worker of the supervisor's team. Raises: NotFound, also for other teams' workers."""
    for one in crew(viewer, arms=settings.PROTOCOL.arms, on=clock.today()):
        if one.id == worker_id:
            return one
    raise NotFound("worker")
