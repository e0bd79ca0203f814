"""What every page shows around its own content: who is signed in, the banner, crisis help, whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from handrail.domain.words import Role
from handrail.exchange import trial_office
from handrail.exchange.crisis_file import CrisisLine
from handrail.exchange.trial_office import TrialOffice
from handrail.web.shared import clock, device
from handrail.web.shared.device import Device
from handrail.web.shared.viewer import Viewer

# The button in the header, one tap away on every page: for those whom the programme supports and those
# who meet them. Everybody has the same lines at the foot of the page.
SHOWN_HELP = frozenset({Role.PERSON, Role.PEER_WORKER, Role.PEER_SUPERVISOR})

HAS_BOOK = "has_book"  # in a person's session


@dataclass(frozen=True)
class Notice:
    """One thing to say at the top of the next page."""

    text: str
    is_good: bool


@dataclass(frozen=True)
class Alarm:
    """What stands at the top of every page until somebody has done something about it."""

    text: str
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class Layout:
    """What the layout template reads."""

    viewer: Viewer | None
    home: str
    shows_help: bool
    is_synthetic: bool
    crisis_lines: tuple[CrisisLine, ...]
    office: TrialOffice | None = None
    notices: tuple[Notice, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    own_links: tuple[tuple[str, str, bool], ...] = ()  # a person's plan, one tap away on every page
    device: Device | None = None  # a person's, as they described it
    leave_to: str = ""


def layout(request: HttpRequest) -> dict[str, Any]:
    """The context processor: ``layout`` in every template."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    said = messages.get_messages(request) if hasattr(request, "_messages") else ()
    is_synthetic = clock.is_synthetic()
    shown = Layout(
        viewer=viewer,
        home=viewer.home if viewer else reverse("entrance:front"),
        shows_help=viewer is None or viewer.role in SHOWN_HELP,
        is_synthetic=is_synthetic,
        crisis_lines=settings.CRISIS_LINES,
        office=whom_to_ask(is_synthetic=is_synthetic)
        if viewer is None or viewer.role is Role.PERSON
        else None,
        notices=tuple(Notice(str(one), one.level == messages.SUCCESS) for one in said),
        alarms=request.alarms() if hasattr(request, "alarms") else (),
        own_links=_own_links(request) if viewer and viewer.role is Role.PERSON else (),
        device=device.device(request, viewer.id) if viewer and viewer.kind == "person" else None,
        leave_to=settings.LEAVE_TO,
    )
    return {"layout": shown}


def show_own_links(request: HttpRequest, *, has_book: bool) -> None:
    """Keep with the session whether this person's pages lead to a plan and a workbook.

    Pages that everybody shares must not know what a person is offered, and the help page is one of them.
    """
    if request.session.get(HAS_BOOK, False) != has_book:
        request.session[HAS_BOOK] = has_book


def _own_links(request: HttpRequest) -> tuple[tuple[str, str, bool], ...]:
    if not request.session.get(HAS_BOOK, False):
        return ()
    home, plan, book = (reverse(f"person:{name}") for name in ("today", "plan", "book"))
    at = request.path
    return (
        ("Home", home, at == home),
        ("My plan", plan, at.startswith(plan)),
        ("Workbook", book, at.startswith(book)),
    )


def whom_to_ask(*, is_synthetic: bool) -> TrialOffice | None:
    """The trial office that people are told of; none where a real installation has named none yet."""
    return trial_office.shown(
        settings.TRIAL_OFFICE, example=settings.EXAMPLE_OFFICE, is_synthetic=is_synthetic
    )


def bare_layout() -> Layout:
    """A layout that asks nothing of the database, for when something is broken."""
    return Layout(None, "/", shows_help=True, is_synthetic=False, crisis_lines=settings.CRISIS_LINES)


def still_layout() -> Layout:
    """The layout of a page that is the same for everybody and always: for what a browser keeps."""
    is_synthetic = clock.is_synthetic()
    office = whom_to_ask(is_synthetic=is_synthetic)
    return Layout(None, "/", True, is_synthetic, settings.CRISIS_LINES, office)


def say(request: HttpRequest, text: str) -> None:
    """Say at the top of the next page that something was done."""
    messages.success(request, text)
