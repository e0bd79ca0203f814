"""How an arm is closed up on the list and opened again; and how a draw is sealed against being changed."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC
from typing import TYPE_CHECKING

from handrail.domain.allocation import ARM_CODE_LENGTH
from handrail.records.encryption import keys, seal, unseal

if TYPE_CHECKING:
    from handrail.records.allocation.models import Draw


def close_up(arm: str, *, stratum: str, position: int) -> bytes:
    """An arm's code, encrypted for this one place; every place's bytes are as long, and no two alike."""
    padded = arm.encode().ljust(ARM_CODE_LENGTH, b"\0")
    return seal(padded, key=keys().allocation_list, place=_place(stratum, position))


def open_up(sealed_arm: bytes | memoryview, *, stratum: str, position: int) -> str:
    """The arm's code. Raises: InvalidTag when the bytes were changed, or moved from another place."""
    padded = unseal(bytes(sealed_arm), key=keys().allocation_list, place=_place(stratum, position))
    return padded.rstrip(b"\0").decode()


def seal_of(draw: Draw) -> str:
    """HMAC-SHA-256, with a key of its own, over who drew which place and how; 64 hexadecimal characters.

    It binds the person's study number to the place and to what was closed up there, so that nothing on
    the way from a study number to an arm can be changed without the key.
    """
    slot, entry = draw.slot, draw.entry
    facts = [
        str(draw.id),
        str(entry.id),
        str(entry.registration_id),
        entry.registration.study_number,
        str(slot.id),
        slot.stratum,
        slot.position,
        bytes(slot.sealed_arm).hex(),
        draw.request_key,
        draw.strata,
        str(draw.drawn_by),
        draw.drawn_at.astimezone(UTC).isoformat(),
    ]
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(keys().draws, text.encode(), hashlib.sha256).hexdigest()


def is_as_drawn(draw: Draw) -> bool:
    """Whether a draw is still the one that was made."""
    return hmac.compare_digest(draw.seal.encode(), seal_of(draw).encode())


def _place(stratum: str, position: int) -> str:
    return f"allocation.slot.{stratum}.{position}"
