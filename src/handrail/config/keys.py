"""Where keys come from: a file outside the database, readable by its owner alone."""

from __future__ import annotations

import hashlib

from django.conf import settings

from handrail.records.encryption import Keyring


def load_keyring() -> Keyring:
    """Derive the keys by purpose from the installation's master secret."""
    master = settings.SECRET_KEY.encode()

    def derive(purpose: str) -> bytes:
        return hashlib.blake2b(master, digest_size=32, person=purpose.encode()[:16]).digest()

    return Keyring(
        fields={"k1": derive("fields")},
        index=derive("index"),
        allocation_list=derive("list"),
        ledger=derive("ledger"),
    )
