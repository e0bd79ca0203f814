"""The doors for staff: the sign-in library's pages, each with its audience and our templates.

Only these of the library's pages exist here; the rest (signing up, changing the address, signing in by
mailed code) are not wired at all.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as passkey_views
from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from handrail.domain.words import SecondFactorKind
from handrail.records.accounts import sign_in
from handrail.web.shared import clock, sessions
from handrail.web.shared.access import STAFF, PageRequest, audience, everyone
from handrail.web.shared.layout import say


class AddApp(app_views.ActivateTOTPView):
    """Add an authenticator app."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Add it, and count it for this session."""
        response = super().form_valid(form)
        _added(self.request, SecondFactorKind.TOTP, "Your authenticator app is added.")
        return response


class AddPasskey(passkey_views.AddWebAuthnView):
    """Add a passkey, which signs in by itself."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Add it, and count it for this session."""
        response = super().form_valid(form)
        _added(self.request, SecondFactorKind.WEBAUTHN, "Your passkey is added.")
        return response


class RecoveryCodes(recovery_views.ViewRecoveryCodesView):
    """The codes that are left; whoever has none is led to where they are made."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show them. The library says that the page is not there when no code was ever made."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            return redirect("mfa_generate_recovery_codes")


class RemoveApp(app_views.DeactivateTOTPView):
    """Take the authenticator app away."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it away, and tell the ledger."""
        response = super().form_valid(form)
        _removed(self.request, SecondFactorKind.TOTP)
        return response


class RemovePasskey(passkey_views.RemoveWebAuthnView):
    """Take a passkey away, unless it is the only factor."""

    success_url = "/security"

    def get_object(self, queryset: Any = None) -> Any:
        """The viewer's own passkey of this mark. Raises: Http404."""
        for passkey in self.get_queryset():
            if passkey_mark(passkey) == self.kwargs["mark"]:
                return passkey
        raise Http404

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it away, and tell the ledger; the last factor stays."""
        if not factors().can_delete_authenticator(self.get_object()):
            say(self.request, factors().error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        response = super().form_valid(form)
        _removed(self.request, SecondFactorKind.WEBAUTHN)
        return response


class SecuritySettings(factor_views.IndexView):
    """How the viewer signs in, and what to change about it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The library's, and the viewer's passkeys with the mark of each."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        own = context["authenticators"].get("webauthn", [])
        return {**context, "passkeys": [(passkey, passkey_mark(passkey.instance)) for passkey in own]}


def passkey_mark(authenticator: Any) -> str:
    """What a passkey is called in an address: the start of a hash of its own random key.

    The row's number would tell masked staff how many passkeys everybody else has made, and when.
    """
    credential = json.dumps(authenticator.data["credential"], sort_keys=True)
    return hashlib.sha256(credential.encode()).hexdigest()[:16]


def factors() -> Any:
    """The library's door to second factors, as we set it."""
    from allauth.mfa.adapter import get_adapter

    return get_adapter()


def _added(request: Any, kind: SecondFactorKind, words: str) -> None:
    sign_in.second_factor_added(request.user.pk, kind, at=clock.now())
    sessions.show_second_factor(request)
    say(request, words)


def _removed(request: Any, kind: SecondFactorKind) -> None:
    sign_in.second_factor_removed(request.user.pk, kind, at=clock.now())
    say(request, f"{kind.sentence} taken away.")


@audience(*STAFF)
def passkeys(request: PageRequest) -> HttpResponse:
    """The library's list of passkeys is part of our settings page."""
    return redirect("mfa_index")


_at_the_door = everyone(takes_forms=True)
_first_steps = audience(*STAFF, takes_forms=True, while_enrolling=True)
_inside = audience(*STAFF, takes_forms=True)

sign_in_page = _at_the_door(account_views.LoginView.as_view())
second_step = _at_the_door(factor_views.AuthenticateView.as_view())
by_passkey = _at_the_door(passkey_views.LoginWebAuthnView.as_view())
choose_password = _at_the_door(account_views.PasswordResetFromKeyView.as_view())
password_chosen = everyone()(account_views.PasswordResetFromKeyDoneView.as_view())

# The picture of the new app's secret is made for this page alone and stands in the page itself.
add_app = _first_steps(csp_update({"img-src": "data:"})(AddApp.as_view()))
add_passkey = _first_steps(AddPasskey.as_view())

settings_page = _inside(SecuritySettings.as_view())
again = _inside(factor_views.ReauthenticateView.as_view())
again_by_passkey = _inside(passkey_views.ReauthenticateWebAuthnView.as_view())
remove_app = _inside(RemoveApp.as_view())
remove_passkey = _inside(RemovePasskey.as_view())
recovery_codes = _inside(RecoveryCodes.as_view())
new_recovery_codes = _inside(recovery_views.GenerateRecoveryCodesView.as_view())
change_password = _inside(account_views.PasswordChangeView.as_view())
