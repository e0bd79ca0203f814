"""How the sign-in library behaves here: nobody signs up, nothing is given away, and the ledger is told."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from handrail.domain.words import SecondFactorKind
from handrail.records.accounts import access, sign_in
from handrail.web.shared import clock, sessions

WORDS = {
    "email_password_mismatch": "That e-mail address and password do not go together. Check both.",
    "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
    "incorrect_code": "That code did not work. Wait for the next one, then type it again.",
    "enter_current_password": "That is not your password now.",
    "invalid_password_reset": "That link does not work any more. Ask for a new one.",
    "rate_limited": "Too many tries. Wait five minutes, then try again.",
}


def shown_name(account: Any) -> str:
    """How an account is named on a passkey's prompt."""
    return str(account.name)


class StaffDoor(DefaultAccountAdapter):
    """Staff accounts: invited, never signed up; every coming and going in the ledger."""

    error_messages = DefaultAccountAdapter.error_messages | WORDS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by an administrator."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The account, when address and password go together and it has not left.

        The library would tell an account that left that it is closed; here it gets the common answer.
        """
        account = super().authenticate(request, **credentials)
        if account is not None and not account.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return account

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Tell the ledger, for a known and an unknown address alike."""
        sign_in.sign_in_failed(credentials.get("email", ""), at=clock.now())

    def login(self, request: Any, user: Any) -> None:
        """Begin a session, with a new key and its own clocks."""
        super().login(request, user)
        sessions.begin(request)
        records = get_authentication_records(request, user)
        if any(record.get("method") == "mfa" for record in records):
            sessions.show_second_factor(request)

    def post_login(self, request: Any, user: Any, **_: Any) -> HttpResponse:
        """Tell the ledger, and go to where this account begins."""
        sign_in.signed_in(user.pk, at=clock.now())
        return HttpResponseRedirect(reverse("entrance:front"))

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """The passkey of an account that left opens nothing, and says no more than that."""
        messages.error(request, WORDS["email_password_mismatch"])
        return HttpResponseRedirect(reverse("account_login"))

    def set_password(self, user: Any, password: str) -> None:
        """Keep a password that its holder chose."""
        user.set_password(password)
        sign_in.keep_password(user.pk, user.password, at=clock.now())

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Pass on what went wrong; what went well our pages say themselves."""
        if level == messages.ERROR and kwargs.get("message"):
            messages.error(request, str(kwargs["message"]))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page of sign-in settings."""
        messages.success(request, "Your password is changed. Every other session of yours is signed out.")
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whether to ask again before touching passwords and factors: unless asked a moment ago.

        Signing in counts as being asked, so that a first factor is added without a second password.
        """
        request = context.request
        records = get_authentication_records(request, request.user)
        latest = max((record.get("at", 0) for record in records), default=0)
        return time.time() - latest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Asked again, staff show a second factor: the password alone is not enough.

        Somebody who has none yet signs in afresh.
        """
        kinds = access.second_factor_kinds(user.pk) if user.is_authenticated else frozenset()
        ways = []
        if kinds - {SecondFactorKind.WEBAUTHN}:
            ways.append(("mfa_reauthenticate", "Use a code instead"))
        if SecondFactorKind.WEBAUTHN in kinds:
            ways.append(("mfa_reauthenticate_webauthn", "Use a passkey instead"))
        return [{"id": name, "description": words, "url": reverse(name)} for name, words in ways]
