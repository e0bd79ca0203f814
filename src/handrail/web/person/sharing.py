"""What the person shows to others: chosen, looked at first, stopped by one tap; and who looked."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from handrail.domain.refusal import Conflict, NotFound, Reasons, Refused
from handrail.domain.sharing import Item, people_in, title_of, why_not_share
from handrail.domain.words import Role
from handrail.records.accounts import facts as accounts
from handrail.records.sharing import actions, facts
from handrail.records.support import facts as support
from handrail.web.person.desk import Desk, parts, sit
from handrail.web.person.share_form import ShareForm
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.forms import Form
from handrail.web.shared.layout import say


@audience(Role.PERSON)
def shares(request: PageRequest) -> HttpResponse:
    """What is shown to others now, each with a button that stops it, and what was."""
    desk, on = sit(request), clock.today()
    mine = facts.living(desk.entry_id, viewer_id=desk.person_id, on=on)
    past = facts.ended(desk.entry_id, viewer_id=desk.person_id, on=on)
    context = {
        "rows": [(one, title_of(one.item, parts())) for one in mine],
        "past": [(one, title_of(one.item, parts())) for one in past],
        "parts": parts(),
    }
    return render(request, "person/shares.html", context)


@audience(Role.PERSON, takes_forms=True)
def new(request: PageRequest, part: str, field: str = "") -> HttpResponse:
    """Choose whom to show something to, look at exactly what they will see, and then share it."""
    desk, item = sit(request), Item(part, field)
    title = title_of(item, parts())
    if not title:
        raise NotFound("item")
    form = _form(request, desk, item)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        reasons = _why_not(desk, form)
        form.refuse(reasons)
        if not reasons:
            return _share(request, desk, form) if "is_seen" in request.POST else _check(request, desk, form)
    return render(request, "person/share_new.html", {"form": form, "title": title, "back_to": _back(item)})


@audience(Role.PERSON)
def one(request: PageRequest, share_id: UUID) -> HttpResponse:
    """One thing that is or was shown: what they see now, and when they looked."""
    desk = sit(request)
    found = facts.share(share_id, viewer_id=desk.person_id)
    context = {
        "share": found,
        "address": _address(found.link),
        "is_on": found.withdrawn_at is None and found.until_on >= clock.today(),
        "shown": facts.preview(desk.book, found.item, found.shared_with, found.people, parts=parts()),
        "looks": facts.looks(share_id, viewer_id=desk.person_id),
    }
    return render(request, "person/share_one.html", context)


@audience(Role.PERSON, takes_forms=True)
def stop(request: PageRequest, share_id: UUID) -> HttpResponse:
    """Stop showing something, by one tap."""
    desk = sit(request)
    facts.share(share_id, viewer_id=desk.person_id)
    if request.method == "POST":
        actions.withdraw(share_id, by=desk.person_id, at=clock.now())
        say(request, "You do not share that any more.")
        return redirect("person:shares")
    return redirect("person:share", share_id)


@audience(Role.PERSON, takes_forms=True)
def code(request: PageRequest, share_id: UUID) -> HttpResponse:
    """A new code for a link, in place of the one before."""
    desk = sit(request)
    found, form = facts.share(share_id, viewer_id=desk.person_id), Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fresh = actions.renew_code(share_id, pick=secrets.choice, by=desk.person_id, at=clock.now())
        context = {"name": found.name, "address": _address(found.link), "code": fresh}
        return render(request, "person/share_handed.html", context)
    return render(request, "person/share_code.html", {"share": found, "form": form})


def _form(request: PageRequest, desk: Desk, item: Item) -> ShareForm:
    worker_id = support.worker_of(desk.entry_id)
    return ShareForm(
        request.POST or None,
        item=item,
        worker=accounts.account(worker_id).name if worker_id else "",
        named=people_in(item, parts(), facts.as_written(desk.book)),
        on=clock.today(),
    )


def _why_not(desk: Desk, form: ShareForm) -> Reasons:
    on = clock.today()
    living = len(facts.living(desk.entry_id, viewer_id=desk.person_id, on=on))
    worker_id = support.worker_of(desk.entry_id)
    return why_not_share(form.share(), parts(), worker_id=worker_id, living=living, on=on)


def _check(request: PageRequest, desk: Desk, form: ShareForm) -> HttpResponse:
    """What will be shared, with whom and until when: nothing is shared yet."""
    new = form.share()
    context = {
        "form": form,
        "who": form.who(),
        "share": new,
        "shown": facts.preview(desk.book, new.item, new.shared_with, new.people, parts=parts()),
        "sent": [(name, text) for name, texts in request.POST.lists() for text in texts if name in _BOXES],
    }
    return render(request, "person/share_check.html", context)


_BOXES = {"shared_with", "name", "until_on-day", "until_on-month", "until_on-year", "people", "request_key"}


def _share(request: PageRequest, desk: Desk, form: ShareForm) -> HttpResponse:
    share_id, new = UUID(form.cleaned_data["request_key"]), form.share()
    try:
        handed = actions.share(share_id, desk.entry_id, new, pick=secrets.choice, **desk.acting)
    except Conflict:  # this very form was sent before: its code was shown then, and is kept nowhere
        return redirect("person:share", share_id)
    except Refused as refused:
        form.refuse(refused.reasons)
        title = title_of(new.item, parts())
        context = {"form": form, "title": title, "back_to": _back(new.item)}
        return render(request, "person/share_new.html", context)
    if not handed.link:
        say(request, f"You share it with {form.who()} now. You can stop at any time.")
        return redirect("person:shares")
    context = {"name": new.name, "address": _address(handed.link), "code": handed.code}
    return render(request, "person/share_handed.html", context)


def _address(link: str) -> str:
    return settings.ADDRESS + reverse("recipient:knock", args=[link]) if link else ""


def _back(item: Item) -> str:
    if item.field:
        return reverse("person:question", args=(item.part, item.field))
    is_plan = next(one.is_plan for one in parts() if one.code == item.part)
    return reverse("person:plan") if is_plan else reverse("person:part", args=(item.part,))
