"""Who is signed in, for how long, and when that ends.

Staff are signed in by account and second factor, people by a one-time code; the two never share a
session. A session ends when it has been idle or open too long, when the account left or changed its
password (the framework sees to that), or when an administrator ended the account's sessions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from handrail.domain.words import Role
from handrail.records.accounts import access
from handrail.records.people import requests as people
from handrail.web.shared import device, errors
from handrail.web.shared.viewer import Viewer

PERSON = "person_id"  # the person signed in by code
HIDES_OFFER = "hides_offer"  # the code may have been read by masked staff
SECOND_FACTOR = "second_factor"  # this session has shown one
BEGAN = "began_at"  # seconds since 1970
SEEN = "seen_at"
FRESH_FOR_SECONDS = 20  # how stale "seen" may be, to spare a write on every page

Why = Literal["idle", "long"]


def viewer(request: Any) -> Viewer | None:
    """Whoever this session belongs to, as things stand now: a leaver is nobody at the next request.

    A session that turns out to be nobody's is ended on the spot.
    """
    was_open = PERSON in request.session or request.user.is_authenticated
    found = _holder(request.session, request.user) if was_open else None
    if was_open and found is None:
        logout(request)
    return found


def is_open(request: Any) -> bool:
    """Whether this session was somebody's when it was last used."""
    return PERSON in request.session or "_auth_user_id" in request.session


def _holder(session: Any, account: Any) -> Viewer | None:
    if PERSON in session:
        return None if account.is_authenticated else _person(session)
    if _is_ended(session, account):
        return None
    is_enrolling = not session.get(SECOND_FACTOR)
    if is_enrolling and access.has_second_factor(account.id):
        return None  # added in another session meanwhile: this one has to show it first
    return Viewer(account.id, "account", Role(account.role), account.team_code, account.name, is_enrolling)


def _person(session: Any) -> Viewer | None:
    person_id, hides_offer = UUID(session[PERSON]), bool(session.get(HIDES_OFFER))
    if not people.may_sign_in(person_id):
        return None
    return Viewer(person_id, "person", Role.PERSON, hides_offer=hides_offer)


def _is_ended(session: Any, account: Any) -> bool:
    ended = account.sessions_from
    return ended is not None and session.get(BEGAN, 0) < ended.timestamp()


def begin(request: Any, *, person_id: UUID | None = None, hides_offer: bool = False) -> None:
    """Start the clocks of a new session; for a person, end any other first and take a new key.

    ``hides_offer``: nothing in this session tells what the person is offered.
    """
    if person_id is not None:
        request.session.flush()
        request.session[PERSON] = str(person_id)
        request.session[HIDES_OFFER] = hides_offer
    else:
        request.session.pop(PERSON, None)
        request.session.pop(SECOND_FACTOR, None)
    request.session[BEGAN] = request.session[SEEN] = int(timezone.now().timestamp())


def is_fresh(request: Any) -> bool:
    """Whether whoever is there signed in a few minutes ago: asked before everything is shown or deleted."""
    began = int(request.session.get(BEGAN, 0))
    return int(timezone.now().timestamp()) - began <= settings.FRESH_SECONDS


def show_second_factor(request: Any) -> None:
    """Remember that this session has shown, or just added, a second factor."""
    request.session[SECOND_FACTOR] = True


class SessionLimits:
    """Ends a session that was idle or open too long, and says so, whatever page was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Check the clocks first; keep them up to date."""
        if is_open(request):
            why = _keep_time(request.session, _limits(request), int(timezone.now().timestamp()))
            if why:
                request.session.flush()
                return errors.session_ended(request, why)
        return self.get_response(request)


def _limits(request: Any) -> tuple[int, int]:
    """Seconds idle, seconds in all. Whose device it is stands on the device, never with the session."""
    if PERSON not in request.session:
        return settings.STAFF_LIMITS
    said = device.device(request, UUID(request.session[PERSON]))
    return settings.OWN_DEVICE_LIMITS if said.is_own else settings.PERSON_LIMITS


def _keep_time(session: Any, limits: tuple[int, int], now: int) -> Why | None:
    idle, longest = limits
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    if now - began > longest:
        return "long"
    if now - seen > idle:
        return "idle"
    if now - seen >= FRESH_FOR_SECONDS or BEGAN not in session:
        session[BEGAN], session[SEEN] = began, now
    return None
