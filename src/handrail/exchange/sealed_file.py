"""Files sealed to one reader's public key, in the age format: what the arm file travels in.

The key that seals cannot open. Whoever holds the identity (the statistician) can, with any tool that
knows the format.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import pyrage

from handrail.domain.refusal import BadFile, Fault

PREFIX = "age1"
MEND_RECIPIENT = "Copy it whole: age1 and 58 more letters and digits"
STEP = 256 * 1024  # bytes; the arms of some thousands of people


@dataclass(frozen=True)
class Identity:
    """A pair of keys: ``recipient`` may be given to anybody; ``secret`` opens, and stays with its owner."""

    secret: str
    recipient: str


def new_identity() -> Identity:
    """A fresh pair of keys, from the operating system's randomness."""
    made = pyrage.x25519.Identity.generate()
    return Identity(secret=str(made), recipient=str(made.to_public()))


def fresh_salt() -> str:
    """32 hexadecimal characters of chance, so that equal contents never make equal files, inside or out."""
    return secrets.token_hex(16)


def filled_up(content: bytes, *, step: int = STEP) -> bytes:
    """The content with spaces after it, up to a whole number of steps; JSON reads the same.

    What is sealed keeps its length, and names of arms differ in theirs: the files of two locks, one
    person apart, would tell by their sizes which arm that person is in.
    """
    return content + b" " * (-len(content) % step)


def is_recipient(text: str) -> bool:
    """Whether this is a public key in the age format."""
    try:
        pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        return False
    return True


def encrypt(content: bytes, recipient: str) -> bytes:
    """Seal to a public key. Raises: BadFile, when it is not one."""
    return bytes(pyrage.encrypt(content, [reader_of(recipient)]))


def reader_of(recipient: str) -> pyrage.x25519.Recipient:
    """Whoever holds the other half of a public key. Raises: BadFile, when it is not one."""
    try:
        return pyrage.x25519.Recipient.from_str(recipient.strip())
    except pyrage.RecipientError:
        raise _bad("public key", "is not a public key in the age format", MEND_RECIPIENT) from None


def decrypt(sealed: bytes, identity: str) -> bytes:
    """Open with a secret key; lines that start with # are notes. Raises: BadFile."""
    try:
        return bytes(pyrage.decrypt(sealed, [identity_of(identity)]))
    except pyrage.DecryptError:
        mend = "Use the key that the file was sealed to, and an unchanged file"
        raise _bad("sealed file", "does not open with this key", mend) from None


def identity_of(identity: str) -> pyrage.x25519.Identity:
    """The secret key in a file's text; lines that start with # are notes. Raises: BadFile."""
    lines = [line.strip() for line in identity.splitlines()]
    secret = next((line for line in lines if line and not line.startswith("#")), "")
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        mend = "Copy it whole: AGE-SECRET-KEY-1 and 58 more letters and digits"
        raise _bad("secret key", "is not a secret key in the age format", mend) from None


def secret_in(content: bytes, name: str, *, word: str) -> str:
    """The text of a secret key's file, which somebody named by ``word``. Raises: BadFile, when it is none."""
    text = content.decode("utf-8", "replace")
    try:
        identity_of(text)
    except BadFile as bad:
        faults = (Fault(name, 0, word, fault.problem, fault.mend) for fault in bad.faults)
        raise BadFile(tuple(faults)) from None
    return text


def _bad(name: str, problem: str, mend: str) -> BadFile:
    return BadFile((Fault(name, 0, "", problem, mend),))
