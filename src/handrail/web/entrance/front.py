"""The first page, help in a crisis, the end of a session, health: what everybody may see. And a few that
belong to no audience: adding a second factor, and where the statistician's files are."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.words import Role
from handrail.web.shared import device, leaving
from handrail.web.shared.access import STAFF, PageRequest, audience, everyone

WHY_ENDED = {
    "idle": "You were signed out because nothing happened for a while.",
    "long": "You were signed out because you had been signed in for long.",
    "out": "You are signed out.",
}


@everyone()
def front(request: Any) -> HttpResponse:
    """The first page: two ways in, or straight to where the viewer begins."""
    return redirect(request.viewer.home) if request.viewer else render(request, "entrance/front.html", {})


@everyone()
def help_now(request: HttpRequest) -> HttpResponse:
    """Where to turn in a crisis."""
    return render(request, "entrance/help.html", {})


@everyone()
def ended(request: HttpRequest) -> HttpResponse:
    """Say that a session is over, and why."""
    why = WHY_ENDED.get(request.GET.get("why", ""), WHY_ENDED["out"])
    return render(request, "entrance/ended.html", {"why": why})


@everyone(takes_forms=True)
def sign_out(request: Any) -> HttpResponse:
    """Sign out, and have the browser forget what it holds. A visit by GET only offers the button."""
    if request.method != "POST":
        return render(request, "entrance/sign-out.html", {})
    leaving.leave(request)
    response = redirect("entrance:ended")
    device.has_left(request, response)
    return response


@everyone(takes_forms=True)
def leave(request: Any) -> HttpResponse:
    """Leave fast: sign out, and be on a harmless page of another site. Works without scripts."""
    if request.method != "POST":
        return redirect("entrance:front")
    leaving.leave(request)
    response = render(request, "entrance/left.html", {"to": settings.LEAVE_TO})
    device.has_left(request, response)
    return response


@everyone()
def health(request: HttpRequest) -> HttpResponse:
    """Whether the site and its database answer; nothing more to a stranger."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        cache.get("health")
    except DatabaseError:
        return HttpResponse("not ok\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@audience(*STAFF, while_enrolling=True)
def enrol(request: PageRequest) -> HttpResponse:
    """Add a second factor before anything else."""
    if not request.viewer.is_enrolling:
        return redirect(request.viewer.home)
    return render(request, "entrance/enrol.html", {"minutes": settings.STAFF_LIMITS[0] // 60})


@audience(Role.STATISTICIAN)
def files(request: PageRequest) -> HttpResponse:
    """The statistician works from files, never from live records."""
    return render(request, "entrance/files.html", {})
