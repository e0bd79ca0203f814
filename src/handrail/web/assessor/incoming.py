"""What the data desk sent in and has not said yes to: it names people, so it is kept encrypted, for a day.

It is sealed to whoever sent it in: another account that learns its address opens nothing.
"""

from __future__ import annotations

import time
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from django.conf import settings

from handrail.domain.refusal import NotFound
from handrail.exchange import acutecare, incoming
from handrail.exchange.acutecare import CheckedFile
from handrail.records.encryption import keys, seal, unseal


def folder() -> Path:
    """Where such files wait."""
    return Path(settings.PLACE) / "incoming"


def keep(checked: bytes, *, by: UUID) -> UUID:
    """Encrypt what the check wrote for whoever sent it in, and give the token by which it is found again."""
    token = uuid4()
    incoming.keep(folder(), token, seal(checked, key=keys().incoming, place=_bound_to(token, by)))
    return token


def waiting(token: UUID, *, by: UUID) -> CheckedFile:
    """What waits under this token. Raises: NotFound, also when it was changed, moved, or sent by others."""
    clear_away()
    try:
        plain = unseal(incoming.sealed(folder(), token), key=keys().incoming, place=_bound_to(token, by))
    except InvalidTag:
        raise NotFound("file") from None
    return acutecare.parse(plain, "checked file")


def drop(token: UUID) -> None:
    """It was read, or refused."""
    incoming.drop(folder(), token)


def clear_away() -> None:
    """Take away what nobody said yes to in time, by the machine's own clock: the files' times are its own."""
    incoming.clear_away(folder(), at=time.time())


def _bound_to(token: UUID, by: UUID) -> str:
    return f"incoming.{token}.{by}"
