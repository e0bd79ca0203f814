"""Encrypted columns: AES-256-GCM with the key's name in the value and the column's name bound to it.

Two equal texts never look alike in the database, a value moved to another column will not open, and
keys live outside the database. A blind index (keyed hash of the normalised text) lets an exact value be
found without being stored. Keys are derived by purpose from one master key, and handed in by ``config``.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import models

NONCE_LENGTH = 12
NOBODYS_CODE = "00" * 16 + "$" + "0" * 64  # compared with where there is no code, so that it takes as long


@dataclass(frozen=True)
class Keyring:
    """Keys by purpose, each 32 bytes. ``fields`` maps a key's name to the key; the first one writes."""

    fields: dict[str, bytes]
    index: bytes
    allocation_list: bytes
    ledger: bytes
    draws: bytes
    incoming: bytes


def derive_key(master: bytes, purpose: str) -> bytes:
    """The key for one purpose, 32 bytes (HKDF, SHA-256): knowing one tells nothing about another."""
    return HKDF(SHA256(), length=32, salt=None, info=f"handrail {purpose}".encode()).derive(master)


def keyring_from(master: bytes) -> Keyring:
    """The keys of the records, from the installation's master key."""
    return Keyring(
        fields={"k1": derive_key(master, "fields k1")},
        index=derive_key(master, "blind index"),
        allocation_list=derive_key(master, "allocation list"),
        ledger=derive_key(master, "ledger"),
        draws=derive_key(master, "draws"),
        incoming=derive_key(master, "incoming files"),
    )


_keyring: list[Callable[[], Keyring]] = []


def use_keys(keyring: Keyring | Callable[[], Keyring]) -> None:
    """Take the keys, or the way to them, which is then gone when a key is first needed. By ``config``."""
    if isinstance(keyring, Keyring):
        taken = keyring
        _keyring[:] = [lambda: taken]
    else:
        _keyring[:] = [functools.cache(keyring)]


def keys() -> Keyring:
    """The keys in use.

    Raises:
        RuntimeError: when none were handed in.
    """
    if not _keyring:
        raise RuntimeError("no keys: config must call use_keys() at start")
    return _keyring[0]()


def seal(plain: bytes, *, key: bytes, place: str) -> bytes:
    """Encrypt, bound to a place (such as ``people.person.surname``): nonce, then ciphertext with tag."""
    nonce = os.urandom(NONCE_LENGTH)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(sealed: bytes, *, key: bytes, place: str) -> bytes:
    """Decrypt what :func:`seal` made.

    Raises:
        InvalidTag: when the key, the place or the bytes are not the ones that were sealed.
    """
    return AESGCM(key).decrypt(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], place.encode())


def blind_index(text: str) -> str:
    """A keyed hash of the text, in lower case without spaces: equal texts, equal index; 64 hex characters."""
    normal = "".join(text.lower().split())
    return hmac.new(keys().index, normal.encode(), hashlib.sha256).hexdigest() if normal else ""


def hash_code(code: str, *, salt: str, kind: str = "one-time code") -> str:
    """How a code is kept that somebody must show: a keyed, salted hash. Gaps in it do not count."""
    text = f"{kind} {salt} {''.join(code.split())}".encode()
    return f"{salt}${hmac.new(keys().index, text, hashlib.sha256).hexdigest()}"


def is_hash_of(code: str, kept: str, *, kind: str = "one-time code") -> bool:
    """Whether this is the code that was kept, whatever it is in the same time."""
    return hmac.compare_digest(kept, hash_code(code, salt=kept.partition("$")[0], kind=kind))


class EncryptedTextField(models.BinaryField):
    """Text that is stored encrypted. It cannot be searched or sorted. Empty text is stored as empty."""

    # What the type checker is told: text on both sides, though the column holds bytes.
    _pyi_private_set_type: str
    _pyi_private_get_type: str  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def _check_str_default_value(self) -> list[Any]:
        return []  # bytes in the database, text in Python: Django's own check knows only bytes

    @property
    def place(self) -> str:
        """The column's name, bound into every value."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in."""
        if value in (None, "", b""):
            return b""
        name, key = next(iter(keys().fields.items()))
        return name.encode() + b":" + seal(str(value).encode(), key=key, place=self.place)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Encrypt, then let the database's driver wrap the bytes."""
        plain = value if prepared else self.get_prep_value(value)
        return connection.Database.Binary(plain)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> str:
        """Decrypt on the way out."""
        return self.to_python(bytes(value)) if value else ""

    def to_python(self, value: Any) -> str:
        """Text as it is; bytes decrypted."""
        if not isinstance(value, bytes):
            return "" if value is None else str(value)
        name, _, sealed = value.partition(b":")
        key = keys().fields.get(name.decode("ascii", "replace"))
        if key is None:
            raise InvalidTag
        return unseal(sealed, key=key, place=self.place).decode()

    def value_to_string(self, _obj: Any) -> str:
        """Serialise nothing: an encrypted column never leaves by a dump in the clear."""
        return ""
