"""The person's own pages: what comes next, what they agreed to, and how to change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.consent import CHANGEABLE
from handrail.domain.ending import Countdown, countdown
from handrail.domain.progress import interviews_ahead
from handrail.domain.refusal import NotFound, Reasons, Refused
from handrail.domain.support import ends_on, next_due, why_not_stop
from handrail.domain.words import Role, Scope
from handrail.journey import consent as consent_journey
from handrail.journey import deliver
from handrail.records.accounts import facts as accounts
from handrail.records.consent import facts as consents
from handrail.records.consent import history
from handrail.records.followup import facts as followup
from handrail.records.support import partings
from handrail.web.person.forms import Choice, Sure
from handrail.web.person.own import Own, own
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say, show_own_links

PLAIN = {
    Scope.INTERVIEWS: "Talking with a researcher now and then",
    Scope.RECORDS: "Letting us see if you used urgent care",
    Scope.RECONTACT: "Hearing about other studies",
}


@dataclass(frozen=True)
class Ahead:
    """What comes next for a person."""

    meeting_at: datetime | None
    is_over: bool
    worker: str
    countdown: Countdown | None
    talks: tuple[tuple[str, date], ...]


@audience(Role.PERSON)
def today(request: PageRequest) -> HttpResponse:
    """What comes next, and where everything is."""
    mine = own(request.viewer, under=settings.PROTOCOL)
    show_own_links(request, has_book=mine.has_book)
    told = partings.farewell(mine.entry_id) if mine.entry_id and mine.supported else None
    return render(request, "person/today.html", {"mine": mine, "ahead": _ahead(mine), "farewell": told})


def _ahead(mine: Own) -> Ahead:
    on = clock.today()
    worker_id = mine.supported.worker_id if mine.supported else None
    last = ends_on(mine.supported) if mine.supported else None
    allows = followup.followed(mine.registration_id, on=on).allows_interviews
    talks = (
        interviews_ahead(mine.entered_on, under=settings.PROTOCOL.schedule, on=on)
        if mine.entered_on and allows
        else ()
    )
    return Ahead(
        meeting_at=next_due(mine.supported, on=on) if mine.supported else None,
        is_over=bool(last and on > last) or bool(mine.supported and mine.supported.stopped_on),
        worker=accounts.account(worker_id).name if worker_id else "",
        countdown=countdown(mine.supported, on=on) if mine.supported else None,
        talks=talks,
    )


@audience(Role.PERSON)
def choices(request: PageRequest) -> HttpResponse:
    """What the person agreed to, and what they say now."""
    mine = own(request.viewer, under=settings.PROTOCOL)
    now = consents.scopes(mine.person_id, clock.today())
    given = consents.consents(mine.person_id)
    forms = {form.version: form for form in settings.PROTOCOL.consent_forms}
    rows = [(scope, PLAIN[scope], now.is_open(scope)) for scope in CHANGEABLE]
    last = given[-1] if given else None
    statements = forms[last.form_version].statements if last else ()
    context = {
        "rows": rows,
        "later": _told_later(mine.person_id),
        "given": last,
        "agreed": [item.text for item in statements if last and last.statements.get(item.code)],
        "can_stop": mine.supported is not None and not _why_not_stop(mine),
        "has_stopped": bool(mine.supported and mine.supported.stopped_on),
    }
    return render(request, "person/choices.html", context)


def _told_later(person_id: UUID) -> list[tuple[date, str, bool]]:
    """Each later yes or no, the latest first: what they said on their own pages, or told one of us."""
    said = (one for one in history.said(person_id) if not one.form_version)
    return [(one.from_on, PLAIN[scope], is_open) for one in said for scope, is_open in one.opens.items()]


@audience(Role.PERSON, takes_forms=True)
def choice(request: PageRequest, scope: str) -> HttpResponse:
    """Change one answer."""
    mine = own(request.viewer, under=settings.PROTOCOL)
    found = next((one for one in CHANGEABLE if one.value == scope), None)
    if found is None:
        raise NotFound("scope")
    form = Choice(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            consent_journey.change(
                mine.person_id,
                found,
                is_open=said["is_open"],
                words=said["words"],
                by=mine.person_id,
                at=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Thank you. Your choice is kept.")
            return redirect("person:choices")
    is_open = consents.scopes(mine.person_id, clock.today()).is_open(found)
    return render(request, "person/choice.html", {"form": form, "title": PLAIN[found], "is_open": is_open})


@audience(Role.PERSON, takes_forms=True)
def stop(request: PageRequest) -> HttpResponse:
    """Stop the programme; everything else goes on as it was."""
    mine = own(request.viewer, under=settings.PROTOCOL)
    if mine.entry_id is None:
        raise NotFound("entry")
    form = Sure(request.POST or None)
    if request.method == "POST" and form.is_valid():
        deliver.stop(mine.entry_id, under=settings.PROTOCOL, by=mine.person_id, at=clock.now())
        say(request, "You have stopped. You do not have to say why.")
        return redirect("person:choices")
    return render(request, "person/stop.html", {"form": form, "reasons": _why_not_stop(mine)})


def _why_not_stop(mine: Own) -> Reasons:
    return why_not_stop(mine.supported, on=clock.today()) if mine.supported else ()
