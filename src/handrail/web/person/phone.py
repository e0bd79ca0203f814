"""The device in somebody's hand: whose it is, what it keeps, and how it forgets. Staff have no such pages."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from handrail.domain.plan import Section
from handrail.domain.refusal import NotFound
from handrail.domain.support import next_due
from handrail.domain.words import Role
from handrail.web.person.desk import sit
from handrail.web.person.forms import Sure, Whose
from handrail.web.person.own import own
from handrail.web.person.plan import plan_of
from handrail.web.shared import clock, device, leaving
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.jinja import dialled, moment
from handrail.web.shared.layout import say


@audience(Role.PERSON, takes_forms=True)
def whose(request: PageRequest) -> HttpResponse:
    """Ask once whether this is somebody's own device. To skip is to share: nothing is kept."""
    before = device.device(request, request.viewer.id)
    form = Whose(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "person/whose.html", {"form": form, "before": before})
    is_own = form.cleaned_data["whose"] == "own"
    now = replace(before, owner=device.mark_of(request.viewer.id) if is_own else "", is_known=True)
    response = redirect("person:phone" if before.is_known else "person:today")
    if not is_own:
        now = replace(now, keeps=False, was_kept=False)
        device.wipe(response)
    device.remember(response, now)
    return response


@audience(Role.PERSON)
def phone(request: PageRequest) -> HttpResponse:
    """What was said of this device, what it keeps, and how to change that."""
    mine = own(request.viewer, under=settings.PROTOCOL)
    return render(request, "person/phone.html", {"mine": mine, "form": Sure()})


@audience(Role.PERSON, takes_forms=True)
def keep_plan(request: PageRequest) -> HttpResponse:
    """Keep a copy of the plan on this device, or keep none any more. Their own device only."""
    sit(request)
    now = device.device(request, request.viewer.id)
    if not now.is_own:
        return redirect("person:whose")
    form = Sure(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "person/keep_plan.html", {"form": form})
    keeps = request.POST.get("keeps") == "yes"
    response = redirect("person:plan" if keeps else "person:phone")
    say(request, "A copy is kept on this phone." if keeps else "No copy is kept on this phone now.")
    device.remember(response, replace(now, keeps=keeps, was_kept=False))
    if not keeps:
        device.wipe(response)
    return response


@audience(Role.PERSON, takes_forms=True)
def leave_fast(request: PageRequest) -> HttpResponse:
    """A button to leave fast on each of one's pages, or no such button; and what it does."""
    now = device.device(request, request.viewer.id)
    form = Sure(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "person/leave_fast.html", {"form": form})
    has_exit = request.POST.get("has_exit") == "yes"
    say(request, "The button is on your pages." if has_exit else "The button is off your pages.")
    response = redirect("person:leave_fast")
    device.remember(response, replace(now, has_exit=has_exit))
    return response


@audience(Role.PERSON, takes_forms=True)
def forget(request: PageRequest) -> HttpResponse:
    """Take everything off this device, and sign out."""
    form = Sure(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "person/forget.html", {"form": form})
    leaving.leave(request)
    response = redirect("entrance:ended")
    device.forget(response)
    return response


@audience(Role.PERSON)
def copy(request: PageRequest) -> HttpResponse:
    """The plan as a copy for this device. Raises: NotFound where nobody asked for one to be kept here."""
    desk = sit(request)
    said = device.device(request, request.viewer.id)
    if not (said.is_own and said.keeps):
        raise NotFound("copy")
    kept: dict[str, Any] = {
        "meeting": _meeting(request),
        "sections": [_section(one) for one in plan_of(desk) if not one.is_empty or one.is_unsure],
    }
    revision = hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:16]
    now = {"who": said.owner, "revision": revision, "saved": moment(clock.now()), "was_kept": said.was_kept}
    response = JsonResponse(kept | now)
    device.remember(response, replace(said, was_kept=True))
    return response


def _meeting(request: PageRequest) -> str:
    mine = own(request.viewer, under=settings.PROTOCOL)
    at = next_due(mine.supported, on=clock.today()) if mine.supported else None
    return moment(at) if at else ""


def _section(section: Section) -> dict[str, Any]:
    question = section.question
    boxes = {box.code: box for box in question.boxes if box.code != question.face_code}
    lines = []
    for line in section.lines:
        more = []
        for code, box in boxes.items():
            text = ", ".join(line.boxes.get(code, ()))
            dial = dialled(text) if box.kind == "telephone" else ""
            more += [{"label": box.label, "text": text, "dial": dial}] if text else []
        lines.append({"text": line.text, "more": more})
    return {
        "title": question.prompt,
        "lines": lines,
        "words": section.words,
        "is_unsure": section.is_unsure,
    }
