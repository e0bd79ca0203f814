"""One key for each person: their words open with nothing else, and are gone when it is thrown away."""

from __future__ import annotations

import os
from uuid import UUID

from handrail.records.encryption import keys, seal, unseal
from handrail.records.workbook import models

KEY_LENGTH = 32


def key_of(entry_id: UUID, *, make: bool) -> bytes | None:
    """One person's key, made when it is wanted and there is none; none where there is nothing to open."""
    row = models.PersonKey.objects.filter(entry_id=entry_id).first()
    if row is not None:
        return _unwrap(bytes(row.wrapped_key), entry_id)
    if not make:
        return None
    key = os.urandom(KEY_LENGTH)
    models.PersonKey.objects.create(entry_id=entry_id, wrapped_key=_wrap(key, entry_id))
    return key


def _wrap(key: bytes, entry_id: UUID) -> bytes:
    name, wrapping = next(iter(keys().fields.items()))
    return name.encode() + b":" + seal(key, key=wrapping, place=f"workbook.key.{entry_id}")


def _unwrap(wrapped: bytes, entry_id: UUID) -> bytes:
    name, _, sealed = wrapped.partition(b":")
    return unseal(sealed, key=keys().fields[name.decode()], place=f"workbook.key.{entry_id}")
