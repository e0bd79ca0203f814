"""How second factors behave here: kept encrypted, and the last one stays."""

from __future__ import annotations

import base64
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from handrail.records import encryption

PLACE = "mfa.authenticator.data"  # bound into what is encrypted


class SecondFactor(DefaultMFAAdapter):
    """Authenticator apps, passkeys and recovery codes of staff."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code did not work. Wait for the next one, then type it again.",
        "cannot_delete_authenticator": "This is your only second step, so it has to stay. Add another first.",
    }

    def encrypt(self, text: str) -> str:
        """An app's secret, or the seed of recovery codes, as it is kept."""
        name, key = next(iter(encryption.keys().fields.items()))
        sealed = encryption.seal(text.encode(), key=key, place=PLACE)
        return f"{name}:{base64.b64encode(sealed).decode('ascii')}"

    def decrypt(self, encrypted_text: str) -> str:
        """What :meth:`encrypt` kept."""
        name, _, sealed = encrypted_text.partition(":")
        key = encryption.keys().fields[name]
        return encryption.unseal(base64.b64decode(sealed), key=key, place=PLACE).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only while another app or passkey stays: recovery codes alone are no second factor."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A name for a new passkey, to be changed by its holder."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "My passkey" if not count else f"My passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is made: the name in the address, and ours."""
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": settings.SERVICE_NAME}
