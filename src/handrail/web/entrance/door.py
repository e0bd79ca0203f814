"""The door for people: a one-time code, never a link. And the page where staff ask for a new password.

Both keep what was asked for and look nobody up, so a known and an unknown contact get the same bytes in
the same time. What was typed travels to the next page encrypted in the session, never in an address.
"""

from __future__ import annotations

import base64
from typing import Any

from allauth.core import ratelimit
from cryptography.exceptions import InvalidTag
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import Refused
from handrail.domain.words import DoorRequest
from handrail.journey import admit
from handrail.records import encryption
from handrail.records.people import codes, requests
from handrail.web.shared import clock, device, errors, sessions
from handrail.web.shared.access import everyone
from handrail.web.shared.forms import Email, Form, Line
from handrail.web.shared.letters import answer_soon

CONTACT = "contact_at_the_door"
PLACE = "web.entrance.contact"
CODE_HINT = "Eight digits. A gap in the middle is fine."


class AskCode(Form):
    """Who asks for a code."""

    contact = Line(
        "Your e-mail address, mobile number or study number",
        missing="Enter your e-mail address, mobile number or study number",
        autocomplete="username",
        max_length=254,
    )


class GiveCode(Form):
    """The code, and whose it is when the page before did not say."""

    contact = Line(
        "Your e-mail address, mobile number or study number",
        missing="Enter your e-mail address, mobile number or study number",
        autocomplete="username",
        max_length=254,
    )
    code = Line(
        "Your code",
        hint=CODE_HINT,
        missing="Enter your code",
        autocomplete="one-time-code",
        inputmode="numeric",
        width=10,
        max_length=20,
    )


class AskPassword(Form):
    """Which account wants a new password."""

    email = Email("Your work e-mail address", missing="Enter your work e-mail address")


@everyone(takes_forms=True)
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Ask for a one-time code."""
    form = AskCode(request.POST or None)
    if form.is_valid():
        contact = form.cleaned_data["contact"]
        if not _is_allowed(request, "person_code_asked", contact):
            return errors.too_many(request)
        requests.ask(DoorRequest.CODE, contact, at=clock.now())
        _carry(request, contact)
        answer_soon()
        return redirect("entrance:enter_code")
    return render(request, "entrance/ask-code.html", {"form": form})


@everyone(takes_forms=True)
def enter_code(request: HttpRequest) -> HttpResponse:
    """Sign in with a one-time code."""
    carried = _carried(request)
    form = GiveCode(request.POST or None, initial={"contact": carried})
    if carried:
        del form.fields["contact"]
    if form.is_valid():
        contact = carried or form.cleaned_data["contact"]
        if not _is_allowed(request, "person_code_tried", contact):
            return errors.too_many(request)
        try:
            came_in = codes.use_code(admit.who(contact), form.cleaned_data["code"], at=clock.now())
        except Refused as refusal:
            form.refuse(refusal.reasons, {reason.code.value: "code" for reason in refusal.reasons})
        else:
            sessions.begin(request, person_id=came_in.person_id, hides_offer=not came_in.opens_offer)
            is_known = device.device(request, came_in.person_id).is_known
            return redirect("entrance:front" if is_known else "person:whose")
    return render(request, "entrance/enter-code.html", {"form": form, "is_carried": bool(carried)})


@everyone(takes_forms=True)
def ask_for_password(request: HttpRequest) -> HttpResponse:
    """Ask for a link to choose a password."""
    form = AskPassword(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if not _is_allowed(request, "reset_password", email):
            return errors.too_many(request)
        requests.ask(DoorRequest.PASSWORD, email, at=clock.now())
        answer_soon()
        return redirect("account_reset_password_done")
    return render(request, "entrance/ask-password.html", {"form": form})


@everyone()
def password_asked(request: HttpRequest) -> HttpResponse:
    """Say what happens now, the same for everybody."""
    return render(request, "entrance/password-asked.html", {})


def _is_allowed(request: HttpRequest, action: str, contact: str) -> bool:
    return ratelimit.consume(request, action=action, key=encryption.blind_index(contact))


def _carry(request: Any, contact: str) -> None:
    name, key = next(iter(encryption.keys().fields.items()))
    sealed = encryption.seal(contact.encode(), key=key, place=PLACE)
    request.session[CONTACT] = f"{name}:{base64.b64encode(sealed).decode('ascii')}"


def _carried(request: Any) -> str:
    name, _, sealed = request.session.get(CONTACT, "").partition(":")
    key = encryption.keys().fields.get(name)
    if key is None:
        return ""
    try:
        return encryption.unseal(base64.b64decode(sealed), key=key, place=PLACE).decode()
    except InvalidTag:
        return ""
