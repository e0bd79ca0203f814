"""Whoever answers worries about the people of their team. Taking one up shows who it is about, for good.

Everybody on the ladder may: the duty clinician first, then the team's supervisor, then the trial manager and,
once the data are locked, the service manager. That is recorded. Before it the list says only how urgent a
worry is and since when it waits.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.concern import ConcernFacts, is_unmasked_by, why_not_acknowledge
from handrail.domain.ladder import ANSWERING
from handrail.domain.protocol import Arm
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import MASKED_ROLES
from handrail.records.accounts import facts as accounts
from handrail.records.allocation import facts as allocation
from handrail.records.concern import actions
from handrail.records.concern import facts as concerns
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.web.duty.forms import FIELD_OF, Answer
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say

_TEAMLESS = {True: "Every team", False: "No team"}
ANSWERS, LATER = sorted(ANSWERING - MASKED_ROLES), sorted(ANSWERING & MASKED_ROLES)


@audience(*ANSWERS, after_lock=LATER)
def today(request: PageRequest) -> HttpResponse:
    """Worries that wait, and those that this member of staff took up."""
    mine = concerns.taken_up_by(request.viewer.id)
    names = people.people(one.person_id for one in mine)
    team_code = request.viewer.team_code
    waiting = [one for one in concerns.waiting() if request.viewer.sees(one.team_code)]
    team = settings.PROTOCOL.team(team_code).name if team_code else _TEAMLESS[request.viewer.sees("")]
    context = {"waiting": waiting, "mine": mine, "names": names, "team": team}
    return render(request, "duty/today.html", context)


@audience(*ANSWERS, after_lock=LATER)
def concern(request: PageRequest, concern_id: UUID) -> HttpResponse:
    """One worry: in full for whoever took it up, otherwise only how urgent it is."""
    found = concerns.concern(concern_id)
    if is_unmasked_by(found, request.viewer.id):
        return _whole(request, found, Answer())
    if found.acknowledged_by is not None or not _is_of_team(request, found):
        raise NotFound("concern")
    context = {"concern": found, "reasons": why_not_acknowledge(found), "key": str(uuid4())}
    return render(request, "duty/waiting.html", context)


@audience(*ANSWERS, after_lock=LATER, takes_forms=True)
def take_up(request: PageRequest, concern_id: UUID) -> HttpResponse:
    """Take a worry up."""
    if not _is_of_team(request, concerns.concern(concern_id)):
        raise NotFound("concern")
    if request.method == "POST":
        actions.acknowledge(concern_id, by=request.viewer.id, at=clock.now())
        say(request, "You have taken this up. It is recorded that you now know who it is about.")
    return redirect("duty:concern", concern_id)


@audience(*ANSWERS, after_lock=LATER, takes_forms=True)
def answer(request: PageRequest, concern_id: UUID) -> HttpResponse:
    """Say what was done about a worry."""
    found = concerns.concern(concern_id)
    if not is_unmasked_by(found, request.viewer.id):
        raise NotFound("concern")
    form = Answer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(concern_id, form.cleaned_data["words"], by=request.viewer.id, at=clock.now())
        except Refused as refused:
            form.refuse(refused.reasons, FIELD_OF)
        else:
            say(request, "Your answer was kept.")
            return redirect("duty:concern", concern_id)
    return _whole(request, found, form)


def _is_of_team(request: PageRequest, found: ConcernFacts) -> bool:
    """Whether a worry is about somebody of this viewer's own team."""
    registration = enrolment.of_person(found.person_id)
    return registration is not None and request.viewer.sees(registration.team_code)


def _whole(request: HttpRequest, found: ConcernFacts, form: Answer) -> HttpResponse:
    context = {
        "concern": found,
        "person": people.person(found.person_id),
        "raised_by": accounts.account(found.raised_by),
        "arm": _arm(found.person_id),
        "form": form,
    }
    return render(request, "duty/concern.html", context)


def _arm(person_id: UUID) -> Arm | None:
    registration = enrolment.of_person(person_id)
    entry = enrolment.entry_of(registration.id) if registration else None
    return settings.PROTOCOL.arm(allocation.arm_of(entry.id)) if entry else None
