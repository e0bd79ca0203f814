"""Going: signing out, also when a phone was offline as somebody did it, and a device that changes hands.

A script that signs somebody out without a network cannot reach the session, nor a cookie that scripts may
not read. It leaves a word, ``away``, and the session ends before anything else when the network is back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from handrail.records.accounts import sign_in
from handrail.records.people import requests
from handrail.web.shared import clock, device, errors, sessions

AWAY = "away"  # a cookie that static/handrail/phone.js sets
FORGET = "forget"


def leave(request: Any) -> None:
    """End the session of whoever is signed in."""
    viewer = sessions.viewer(request)
    if viewer is not None:
        remember = requests.signed_out if viewer.kind == "person" else sign_in.signed_out
        remember(viewer.id, at=clock.now())
    logout(request)


class Leaving:
    """Ends a session that was left offline; has a device forget somebody else than who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Look for the word first, and at who is there afterwards."""
        word = request.COOKIES.get(AWAY)
        if word is not None:
            return self._gone(request, word)
        response = self.get_response(request)
        viewer = getattr(request, "viewer", None)
        person_id = viewer.id if viewer is not None and viewer.kind == "person" else None
        if viewer is not None and device.is_anothers(request, person_id):
            device.forget(response)
        return response

    def _gone(self, request: Any, word: str) -> HttpResponse:
        if sessions.is_open(request):
            leave(request)
            response = errors.session_ended(request, "out")
        else:
            response = self.get_response(request)
        device.has_left(request, response)
        if word == FORGET:
            device.forget(response)
        response.delete_cookie(AWAY)
        return response
