"""What a person shows to somebody without an account: a link, a code, and then that one item to read.

Whoever comes is told nothing until both are right. What is open is looked up afresh each time, so what is
withdrawn is gone at the next request.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.sharing import READ_FOR
from handrail.records import encryption
from handrail.records.sharing import facts, links
from handrail.web.shared import clock, errors
from handrail.web.shared.access import everyone
from handrail.web.shared.forms import Form, Line
from handrail.web.shared.shown import parts

OPEN = "shown_by_link"  # in a session: which share its code opened, and until when


class GiveCode(Form):
    """The code that the person gave."""

    code = Line(
        "Your code",
        hint="Eight digits, from whoever gave you the link. A gap in the middle is fine.",
        missing="Enter your code",
        autocomplete="off",
        inputmode="numeric",
        width=10,
        max_length=20,
    )


@everyone(takes_forms=True)
def knock(request: HttpRequest, link: str) -> HttpResponse:
    """Give the code. The page is the same for every link, right or wrong."""
    form = GiveCode(request.POST or None)
    if form.is_valid():
        key = encryption.blind_index(link)
        if not ratelimit.consume(request, action="shown_code_tried", key=key):
            return errors.too_many(request)
        try:
            share_id = links.open_with(link, form.cleaned_data["code"], at=clock.now())
        except Refused as refused:
            form.refuse(refused.reasons, {reason.code.value: "code" for reason in refused.reasons})
        else:
            _open(request, share_id)
            return redirect("recipient:now")
    # A form cannot be sent from a page that gives no referrer at all: a browser then hides where it is from.
    return _quiet(render(request, "recipient/code.html", {"form": form}), "strict-origin")


@everyone()
def now(request: HttpRequest) -> HttpResponse:
    """What is shown, as it reads now. Each look is kept, and the person sees it."""
    share_id = _opened(request)
    if share_id is None:
        return _quiet(render(request, "recipient/closed.html", {}, status=404))
    try:
        links.look(share_id, at=clock.now())
    except NotFound:
        return _quiet(render(request, "recipient/closed.html", {}, status=404))
    shown, until_on = facts.as_shown(share_id, parts=parts())
    return _quiet(render(request, "recipient/shown.html", {"shown": shown, "until_on": until_on}))


def _quiet(answer: HttpResponse, policy: str = "no-referrer") -> HttpResponse:
    answer["Referrer-Policy"] = policy
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def _open(request: Any, share_id: UUID) -> None:
    request.session.cycle_key()
    request.session[OPEN] = [str(share_id), (clock.now() + READ_FOR).timestamp()]


def _opened(request: Any) -> UUID | None:
    share_id, until = request.session.get(OPEN, ("", 0))
    return UUID(share_id) if clock.now().timestamp() < until else None
