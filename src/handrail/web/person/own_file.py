"""What is the person's own: all of it to take away, part by part or whole to delete."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.dates import local_date
from handrail.domain.meeting import Reader
from handrail.domain.refusal import NotFound
from handrail.domain.sharing import title_of
from handrail.domain.words import Role
from handrail.journey import throw_away as journey
from handrail.records.sharing import facts as sharing
from handrail.records.support import endings
from handrail.records.workbook import check_ins, throwing_away
from handrail.reports.own_copy import Own, Shared, as_json, as_text
from handrail.web.person.desk import Desk, part_of, parts, sit
from handrail.web.shared import clock, sessions
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Form, Tick
from handrail.web.shared.layout import say

FORMS = {"text": (as_text, "text/plain; charset=utf-8", "txt"), "json": (as_json, "application/json", "json")}


class Sure(Form):
    """Everything goes: said in so many words first."""

    is_sure = Tick("Yes, delete all that I wrote", missing="Tick the box if you are sure")


@audience(Role.PERSON)
def mine(request: PageRequest) -> HttpResponse:
    """What is here, where it can go, and what the service keeps whatever is deleted."""
    sit(request)
    return render(request, "person/mine.html", {"parts": parts()})


@audience(Role.PERSON)
def download(request: PageRequest, form: str) -> HttpResponse:
    """All of it as a file, for whoever signed in a few minutes ago."""
    desk = sit(request)
    if form not in FORMS:
        raise NotFound("form")
    if not sessions.is_fresh(request):
        return ask_again(request)
    write, kind, ending = FORMS[form]
    name = {"Content-Disposition": f'attachment; filename="my-pages.{ending}"'}
    return HttpResponse(write(_own(desk), parts()), content_type=kind, headers=name)


@audience(Role.PERSON, takes_forms=True)
def clear_part(request: PageRequest, part: str) -> HttpResponse:
    """Delete one part."""
    desk, found, form = sit(request), part_of(part), Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        throwing_away.clear_part(desk.entry_id, found.code, by=desk.person_id, at=clock.now())
        say(request, "That part is empty now.")
        return redirect("person:mine")
    return render(request, "person/clear_part.html", {"form": form, "part": found})


@audience(Role.PERSON, takes_forms=True)
def throw_away(request: PageRequest) -> HttpResponse:
    """Delete all that the person wrote."""
    desk, form = sit(request), Sure(request.POST or None)
    if not sessions.is_fresh(request):
        return ask_again(request)
    if request.method == "POST" and form.is_valid():
        journey.throw_away(desk.entry_id, by=desk.person_id, at=clock.now())
        say(request, "All that you wrote is deleted. You can start again when you like.")
        return redirect("person:today")
    return render(request, "person/throw_away.html", {"form": form})


def ask_again(request: PageRequest) -> HttpResponse:
    """In place of a page that shows or deletes everything: sign in again first."""
    return render(request, "person/sign_in_again.html", {}, status=403)


def _own(desk: Desk) -> Own:
    book, who, on = desk.book, {"viewer_id": desk.person_id}, clock.today()
    shares = (
        *sharing.living(desk.entry_id, on=on, **who),
        *sharing.ended(desk.entry_id, on=on, **who),
    )
    return Own(
        book.answers,
        book.cards,
        book.links,
        tuple((one.made_at, one.said) for one in check_ins.history(desk.entry_id, **who)),
        tuple(_shared(one, sharing.looks(one.id, **who)) for one in shares),
        on,
        endings.ending(desk.entry_id, reader=Reader(desk.person_id, Role.PERSON)),
    )


def _shared(one: sharing.ShareFacts, looks: tuple) -> Shared:  # type: ignore[type-arg]
    what = title_of(one.item, parts())
    is_stopped = one.withdrawn_at is not None
    return Shared(what, one.name, local_date(one.made_at), one.until_on, is_stopped, looks)
