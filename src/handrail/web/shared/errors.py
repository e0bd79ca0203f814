"""Pages for when something is not there, not allowed, or went wrong. Each carries help in a crisis.

"Not there" and "not yours" are one answer, byte for byte. The four errors of the house (refused, not
found, conflict, bad file) become pages here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from handrail.domain.refusal import BadFile, Conflict, NotFound, Refused
from handrail.web.shared.layout import bare_layout
from handrail.web.shared.unsent import unsent


def not_found(request: Any, exception: Exception | None = None) -> HttpResponse:
    """The one answer to whoever asks for what is not there or not theirs.

    Staff who have yet to add a second factor are shown the way to it, again whatever they asked for.
    """
    viewer = getattr(request, "viewer", None)
    if viewer is not None and viewer.is_enrolling:
        return HttpResponseRedirect(reverse("entrance:enrol"))
    return render(request, "shared/not-found.html", {}, status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that no page of ours would have sent."""
    return HttpResponse(_plain("shared/bad-request.html"), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed: a page that asks nothing of the database."""
    return HttpResponse(_plain("shared/broken.html"), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid mark of ours: most often an old page, sent after signing out."""
    return render(request, "shared/form-expired.html", {}, status=403)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too many tries in too short a time."""
    return render(request, "shared/too-many.html", {}, status=429)


def session_ended(request: HttpRequest, why: str) -> HttpResponse:
    """The session was over before this request: say so, whatever was asked for.

    Somebody who had just sent a page of their own words gets them back to copy, and nothing is saved. Only
    for a form of our own: another site must not put words on our page.
    """
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    boxes = unsent(request) if request.method == "POST" and is_ours else []
    if not boxes:
        return HttpResponseRedirect(f"{reverse('entrance:ended')}?why={why}")
    return render(request, "shared/unsent.html", {"boxes": boxes}, status=401)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A rule said no: the same reasons that the page lists in place of the button."""
    return render(request, "shared/refused.html", {"reasons": refusal.reasons}, status=422)


def conflict(request: HttpRequest) -> HttpResponse:
    """Somebody was quicker."""
    return render(request, "shared/conflict.html", {}, status=409)


def bad_file(request: HttpRequest, bad: BadFile) -> HttpResponse:
    """A file was refused whole, with every fault."""
    return render(request, "shared/bad-file.html", {"faults": bad.faults}, status=422)


def _plain(template: str) -> str:
    return render_to_string(template, {"layout": bare_layout()})


class DomainErrors:
    """Turns the four errors of the house into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing on the way in or out."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for one of the four; any other error is left to the last resort."""
        if isinstance(exception, NotFound):
            return not_found(request)
        if isinstance(exception, Refused):
            return refused(request, exception)
        if isinstance(exception, Conflict):
            return conflict(request)
        return bad_file(request, exception) if isinstance(exception, BadFile) else None
