"""How an arm is closed up on the list and opened again: encrypted at random, padded, bound to its place."""

from __future__ import annotations

from handrail.domain.allocation import ARM_CODE_LENGTH
from handrail.records.encryption import keys, seal, unseal


def close_up(arm: str, *, stratum: str, position: int) -> bytes:
    """An arm's code, encrypted for this one place; every place's bytes are as long, and no two alike."""
    padded = arm.encode().ljust(ARM_CODE_LENGTH, b"\0")
    return seal(padded, key=keys().allocation_list, place=_place(stratum, position))


def open_up(sealed_arm: bytes | memoryview, *, stratum: str, position: int) -> str:
    """The arm's code. Raises: InvalidTag when the bytes were changed, or moved from another place."""
    padded = unseal(bytes(sealed_arm), key=keys().allocation_list, place=_place(stratum, position))
    return padded.rstrip(b"\0").decode()


def _place(stratum: str, position: int) -> str:
    return f"allocation.slot.{stratum}.{position}"
