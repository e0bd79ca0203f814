"""The sign-in library's forms in our words. What they check stays the library's."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.cache import cache

from handrail.web.shared.inputs import Look

PASSWORD_HINT = "At least 12 characters. Three or four words that only you would put together are good."  # noqa: S105
REMEMBERED_SECONDS = 180  # longer than a code from an app can be valid


def _dress(form: Any, **looks: tuple[str, Look]) -> None:
    """Give fields our labels and hints, and plain words for an empty answer."""
    form.use_required_attribute = False
    for name, (label, look) in looks.items():
        field = form.fields[name]
        field.label, field.look, field.help_text = label, look, ""
        field.widget.attrs.pop("placeholder", None)
        field.error_messages["required"] = f"Enter {label[0].lower()}{label[1:]}"


class SignIn(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, login=("Your work e-mail address", Look()), password=("Your password", Look()))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class _OneUse:
    """A code that was accepted once is not accepted again while it could still be right."""

    cleaned_data: dict[str, Any]
    user: Any

    def clean_code(self) -> str:
        """The code. Raises: ValidationError when it is wrong, or was used before."""
        code = str(super().clean_code())  # type: ignore[misc]
        used = hashlib.sha256(f"{self.user.pk} {''.join(code.split())}".encode()).hexdigest()
        if not cache.add(f"second-factor:{used}", True, REMEMBERED_SECONDS):
            raise forms.ValidationError("That code was used a moment ago. Wait for the next one.")
        return code


CODE = ("The code", Look(hint="Six digits from your app, or one of your recovery codes.", width=10))


class GiveCode(_OneUse, AuthenticateForm):
    """A code from an app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, code=CODE)


class GiveCodeAgain(_OneUse, ReauthenticateForm):
    """The same, to show that it is still you."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, code=CODE)


class AddApp(_OneUse, ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look = Look(hint="Six digits. They change every half minute.", width=10, inputmode="numeric")
        _dress(self, code=("The code that your app shows", look))


class AddPasskey(AddWebAuthnForm):
    """A new passkey: always with the person's own unlock, so that it can stand alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True
        hint = "So that you can tell it from another one, such as: work laptop."
        _dress(self, name=("What to call this passkey", Look(hint=hint, width=20)))


def _two_passwords(form: Any) -> None:
    _dress(
        form, password1=("New password", Look(hint=PASSWORD_HINT)), password2=("New password again", Look())
    )
    form.fields["password2"].error_messages["required"] = "Enter the new password again"


class ChoosePassword(ResetPasswordKeyForm):
    """A first password, or a new one by a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _two_passwords(self)


class ChangePassword(ChangePasswordForm):
    """A new password for somebody who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _two_passwords(self)
        _dress(self, oldpassword=("Your password now", Look()))
