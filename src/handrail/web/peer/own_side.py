"""The worker's own side: time with a supervisor, what they offer, a lighter week, and notes of their own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.leave import Period, PeriodKind
from handrail.domain.pairing import NOT_SAID, WorkerOffer
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.supervision import due, told_to_worker
from handrail.domain.words import Role
from handrail.records.supervision import actions
from handrail.records.supervision import facts as supervision
from handrail.records.supervision.facts import Note
from handrail.records.support import facts as support
from handrail.web.peer.worker_forms import (
    KEEP,
    SHARE,
    THROW_AWAY,
    Choices,
    Days,
    Noted,
    NoteKept,
    TakenBack,
)
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Form
from handrail.web.shared.layout import say


@audience(Role.PEER_WORKER)
def own_side(request: PageRequest) -> HttpResponse:
    """What a worker's supervisor sees of them too, and what is the worker's alone."""
    mine, on = request.viewer.id, clock.today()
    talks, since = supervision.talks().get(mine, ()), support.first_pairings().get(mine)
    dues = due(talks, since=since) if since else ()
    periods = [one for one in supervision.periods() if one.worker_id == mine and one.until_on >= on]
    context = {
        "dues": dues,
        "late": told_to_worker(dues, on=on),
        "talks": talks,
        "training": supervision.training().get(mine, ()),
        "offer": supervision.offers().get(mine, NOT_SAID),
        "periods": periods,
        "notes": supervision.own_notes(mine),
        "on": on,
    }
    return render(request, "peer/own_side.html", context)


@audience(Role.PEER_WORKER, takes_forms=True)
def offer(request: PageRequest) -> HttpResponse:
    """Say when, where and in which languages one offers to meet."""
    now = supervision.offers().get(request.viewer.id, NOT_SAID)
    form = Choices(
        request.POST or None,
        initial={"times": now.times, "areas": now.areas, "languages": now.languages},
    )

    def keep() -> None:
        actions.say_offer(WorkerOffer(*form.chosen()), by=request.viewer.id, at=clock.now())

    return _asked(request, form, keep, title="What you offer", button="Keep this")


@audience(Role.PEER_WORKER, takes_forms=True)
def lighter(request: PageRequest) -> HttpResponse:
    """Ask for a lighter week: from a day until a day, and no reason."""
    form = Days(request.POST or None)

    def keep() -> None:
        said, by = form.cleaned_data, request.viewer.id
        new = Period(by, PeriodKind.LIGHTER, said["from_on"], said["until_on"])
        actions.take(new, by=by, at=clock.now())

    return _asked(request, form, keep, title="I need a lighter week", button="Tell my supervisor")


@audience(Role.PEER_WORKER, takes_forms=True)
def lighter_back(request: PageRequest, period_id: UUID) -> HttpResponse:
    """Take a wish for a lighter week back."""
    found = supervision.period(period_id)
    if (found.worker_id, found.kind) != (request.viewer.id, PeriodKind.LIGHTER):
        raise NotFound("period")

    def keep() -> None:
        actions.take_back(period_id, by=request.viewer.id, at=clock.now())

    form = TakenBack(request.POST or None)
    return _asked(request, form, keep, title="Take the lighter week back", button="Take it back")


@audience(Role.PEER_WORKER, takes_forms=True)
def write(request: PageRequest) -> HttpResponse:
    """Write a note of one's own."""
    form = Noted(request.POST or None)

    def keep() -> None:
        actions.reflect(form.cleaned_data["words"], by=request.viewer.id, at=clock.now())

    return _asked(request, form, keep, title="A note of your own", button="Keep this note")


@audience(Role.PEER_WORKER, takes_forms=True)
def note(request: PageRequest, note_id: UUID) -> HttpResponse:
    """Keep a note, show it to the supervisor, or throw it away."""
    found = next((one for one in supervision.own_notes(request.viewer.id) if one.id == note_id), None)
    if found is None:
        raise NotFound("note")
    form = NoteKept(request.POST or None, initial={"what": SHARE if found.is_shared else KEEP})

    def keep() -> None:
        what, by, at = form.cleaned_data["what"], request.viewer.id, clock.now()
        if what == THROW_AWAY:
            actions.throw_away(note_id, by=by, at=at)
        else:
            actions.share_note(note_id, is_shared=what == SHARE, by=by, at=at)

    return _asked(request, form, keep, title="Your note", button="Do this", shown=found)


def _asked(
    request: PageRequest,
    form: Form,
    keep: Callable[[], None],
    *,
    title: str,
    button: str,
    shown: Note | None = None,
) -> HttpResponse:
    """Ask one thing, and keep it."""
    if request.method == "POST" and form.is_valid():
        try:
            keep()
        except Refused as refused:
            where = {"on_record": "from_on", "dates_swapped": "until_on", "day_gone": "until_on"}
            form.refuse(refused.reasons, where)
        else:
            say(request, "That was kept.")
            return redirect("peer:own_side")
    context = {"form": form, "title": title, "button": button, "note": shown}
    return render(request, "peer/own_form.html", context)
