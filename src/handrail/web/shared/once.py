"""Sending a form twice does the thing once.

A form carries a hidden ``request_key``. The first time it leads somewhere (a redirect), the address is
remembered for that session, page and key; the same form sent again, by a double press or the Back button,
is answered with the same address and its page does not run. A form that came back with errors, or was
refused, is not remembered, so it can be mended and sent again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from handrail.web.shared import errors

KEPT_SECONDS = 12 * 60 * 60
BUSY = "busy"
BUSY_SECONDS = 120
LONGEST_KEY = 36


class Once:
    """Stands last before the page, when access and the form's own mark are settled."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Run the page; afterwards remember where it led."""
        response = self.get_response(request)
        place = getattr(request, "once_place", None)
        if place:
            _remember(place, response)
        return response

    def process_view(self, request: Any, *_: Any) -> HttpResponse | None:
        """The first answer again, when this very form was sent before."""
        place = _place(request)
        if place is None or cache.add(place, BUSY, BUSY_SECONDS):
            request.once_place = place
            return None
        led_to = cache.get(place)
        if led_to in (None, BUSY):
            return errors.conflict(request)
        return HttpResponseRedirect(led_to)


def _place(request: Any) -> str | None:
    key = request.POST.get("request_key", "") if request.method == "POST" else ""
    if not key or len(key) > LONGEST_KEY:
        return None
    whole = "\n".join((request.session.session_key or "", request.path, key))
    return "once:" + hashlib.sha256(whole.encode()).hexdigest()


def _remember(place: str, response: HttpResponse) -> None:
    if response.status_code in (302, 303):
        cache.set(place, response["Location"], KEPT_SECONDS)
    else:
        cache.delete(place)
