"""Where the keys come from: one master key in a file outside the database, readable by its owner alone.

Everything else is derived from it by purpose (HKDF), so that losing one derived key betrays no other.
"""

from __future__ import annotations

from pathlib import Path

from django.utils.functional import lazy

from handrail.domain.refusal import BadFile, Fault
from handrail.records.encryption import Keyring, derive_key, keyring_from

FOR_TESTS_ONLY = b"good for nothing, except in tests"[:32]


class KeyPlace:
    """The file of the master key, read when a key is first needed: `handrail setup` makes it before that."""

    def __init__(self, path: Path, *, is_testing: bool) -> None:
        self.path = path
        self.is_testing = is_testing

    def master(self) -> bytes:
        """The master key, 32 bytes.

        Raises:
            BadFile: when the file is missing, is not a key, or others may read it.
        """
        if self.is_testing:
            return FOR_TESTS_ONLY
        try:
            mode = self.path.stat().st_mode
            text = self.path.read_text(encoding="ascii").strip()
        except OSError:
            raise self._bad("there is no master key", "Run `handrail setup`, or bring the key back") from None
        except UnicodeDecodeError:
            text = ""
        if mode & 0o077:
            raise self._bad("the master key can be read by others", f"Run: chmod 600 {self.path}")
        try:
            key = bytes.fromhex(text)
        except ValueError:
            key = b""
        if len(key) != 32:
            raise self._bad("this is not a master key: 64 hexadecimal digits", "Bring the right file back")
        return key

    def at(self, path: Path) -> KeyPlace:
        """The same, with the key in another file: a backup's, before it is in its place."""
        return KeyPlace(path, is_testing=self.is_testing)

    def keyring(self) -> Keyring:
        """The keys of the records, by purpose."""
        return keyring_from(self.master())

    def secret_key(self) -> str:
        """The key with which Django signs sessions and forms: a text that is worked out when it is used."""
        return lazy(lambda: derive_key(self.master(), "sessions and forms").hex(), str)()

    def _bad(self, problem: str, mend: str) -> BadFile:
        return BadFile((Fault(str(self.path), 0, "", problem, mend),))
