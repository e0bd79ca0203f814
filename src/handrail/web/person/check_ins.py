"""Check-ins: asked for by the person, a look at how things are, and a plain list of those before.

What is answered chooses no page, and nobody is told of it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.check_in import asks_if_it_helps, next_on
from handrail.domain.dates import local_date
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.records.support import facts as support
from handrail.records.workbook import check_ins, checking_in
from handrail.web.person.check_in_forms import CheckInForm, SettingForm
from handrail.web.person.desk import Desk, sit
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Form
from handrail.web.shared.layout import say

STAGES = ("early_signs", "stages")
SIGNS = ("early_signs", "signs")


@audience(Role.PERSON, takes_forms=True)
def check_in(request: PageRequest) -> HttpResponse:
    """Check in, where the person has asked for it; otherwise what it is, and the way to it."""
    desk = sit(request)
    setting, kept = _setting(desk), check_ins.count(desk.entry_id)
    form = CheckInForm(request.POST or None, setting=setting, asks_if_it_helps=asks_if_it_helps(kept))
    if request.method == "POST" and form.is_valid():
        try:
            _keep(desk, form)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            return redirect("person:checked_in")
    last = check_ins.last_at(desk.entry_id)
    due = next_on(setting, local_date(last) if last else None, on=clock.today())
    context = {"form": form, "setting": setting, "next_on": due, "today": clock.today()}
    return render(request, "person/check_in.html", context)


@audience(Role.PERSON)
def checked_in(request: PageRequest) -> HttpResponse:
    """All of the person's own stages side by side, and their plan: they pick. The same whatever was said."""
    desk = sit(request)
    return render(
        request,
        "person/checked_in.html",
        {"stages": desk.book.cards_of(*STAGES), "has_worker": support.worker_of(desk.entry_id) is not None},
    )


@audience(Role.PERSON, takes_forms=True)
def setting(request: PageRequest) -> HttpResponse:
    """Turn check-ins on, or change how often and which signs."""
    desk = sit(request)
    form = SettingForm(request.POST or None, setting=_setting(desk))
    if request.method == "POST" and form.is_valid():
        try:
            checking_in.set_up(desk.entry_id, form.setting(), **_acting(desk))
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Your check-ins are on. You can take a break at any time.")
            return redirect("person:check_in")
    own = [card.text("sign") for card in desk.book.cards_of(*SIGNS)]
    return render(request, "person/check_in_setting.html", {"form": form, "own": own})


@audience(Role.PERSON, takes_forms=True)
def take_a_break(request: PageRequest) -> HttpResponse:
    """Turn check-ins off, by one tap."""
    desk = sit(request)
    if request.method == "POST":
        checking_in.pause(desk.entry_id, by=desk.person_id, at=clock.now())
        say(request, "Your check-ins are off. You can turn them on again when you like.")
    return redirect("person:check_in")


@audience(Role.PERSON)
def history(request: PageRequest) -> HttpResponse:
    """What was said before, as a plain list, the latest first."""
    desk = sit(request)
    rows = check_ins.history(desk.entry_id, viewer_id=desk.person_id)
    return render(request, "person/check_in_history.html", {"rows": rows})


@audience(Role.PERSON, takes_forms=True)
def delete(request: PageRequest, number: UUID) -> HttpResponse:
    """Delete one check-in."""
    desk = sit(request)
    rows = check_ins.history(desk.entry_id, viewer_id=desk.person_id)
    found = next((one for one in rows if one.id == number), None)
    if found is None:
        raise NotFound("check-in")
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        checking_in.delete(desk.entry_id, number, by=desk.person_id, at=clock.now())
        say(request, "It is deleted.")
        return redirect("person:check_ins")
    return render(request, "person/check_in_delete.html", {"form": form, "one": found})


@audience(Role.PERSON, takes_forms=True)
def delete_all(request: PageRequest) -> HttpResponse:
    """Delete every check-in."""
    desk, form = sit(request), Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        checking_in.delete_all(desk.entry_id, by=desk.person_id, at=clock.now())
        say(request, "All your check-ins are deleted.")
        return redirect("person:check_ins")
    return render(request, "person/check_in_delete.html", {"form": form, "one": None})


def _setting(desk: Desk) -> check_ins.Setting:
    return check_ins.setting(desk.entry_id, viewer_id=desk.person_id)


def _keep(desk: Desk, form: CheckInForm) -> None:
    """Keep what was said. Where nothing was, nothing is kept."""
    said = form.check_in()
    if not said.is_blank:
        number = UUID(form.cleaned_data["request_key"])
        checking_in.check_in(desk.entry_id, number, said, **_acting(desk))


def _acting(desk: Desk) -> dict[str, Any]:
    return {name: desk.acting[name] for name in ("offer", "by", "at")}
