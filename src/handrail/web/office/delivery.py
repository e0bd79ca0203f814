"""Workbooks by post: ordered, posted, come back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.safe_contact import Way, may_use
from handrail.domain.words import Because, Posting, Role
from handrail.journey import deliver
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.people import safe_contact
from handrail.records.post import facts as post
from handrail.web.office.forms import PostStep
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.parts import part


@audience(Role.TRIAL_MANAGER)
def parcels(request: PageRequest) -> HttpResponse:
    """Every workbook ordered by post: those still to be posted first."""
    rows = sorted(post.parcels(), key=lambda one: (one.state is not Posting.ORDERED, one.due_on))
    shown = part(request, rows)
    waiting = {one.entry_id for one in shown.rows if one.state is Posting.ORDERED}
    whose = {one.id: one.person_id for one in enrolment.entries() if one.id in waiting}
    cards = safe_contact.cards(whose.values())
    held = {entry for entry, person in whose.items() if not may_use(cards.get(person), Way.POST)}
    return render(request, "office/parcels.html", {"part": shown, "held": held})


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def parcel(request: PageRequest, entry_id: UUID) -> HttpResponse:
    """One workbook: where it goes, and its next step."""
    found = post.parcel(entry_id)
    if found is None:
        raise NotFound("parcel")
    form = PostStep(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _step(request, entry_id, found.state, form)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "That is on record.")
            return redirect("office:parcels")
    person = people.person(enrolment.entry(entry_id).person_id)
    is_safe = may_use(safe_contact.card(person.id), Way.POST)
    waits = "" if is_safe or found.state is not Posting.ORDERED else Because.POST_NOT_SAFE.sentence
    context = {"parcel": found, "person": person, "form": form, "waits": waits}
    return render(request, "office/parcel.html", context)


def _step(request: PageRequest, entry_id: UUID, state: Posting, form: PostStep) -> None:
    under, by, at = settings.PROTOCOL, request.viewer.id, clock.now()
    if state is Posting.ORDERED:
        deliver.post_workbook(entry_id, under=under, by=by, at=at)
    else:
        returned_on = form.cleaned_data["returned_on"]
        deliver.record_return(entry_id, returned_on=returned_on, under=under, by=by, at=at)
