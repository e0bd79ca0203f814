"""One master key in a closed file; every other key is derived from it, and from nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, hmac

from handrail.commands.installation import make_master_key, write_closed
from handrail.config.keys import KeyPlace
from handrail.domain.refusal import BadFile
from handrail.records import encryption
from handrail.records.encryption import derive_key, keyring_from


@pytest.fixture
def place(tmp_path: Path) -> KeyPlace:
    make_master_key(tmp_path / "keys" / "master.key")
    return KeyPlace(tmp_path / "keys" / "master.key", is_testing=False)


def said_of(place: KeyPlace) -> str:
    with pytest.raises(BadFile) as refused:
        place.master()
    return str(refused.value)


def test_a_master_key_is_made_once_closed_and_never_replaced(place: KeyPlace) -> None:
    first = place.master()

    make_master_key(place.path)

    assert (len(first), place.master()) == (32, first)
    assert place.path.stat().st_mode & 0o777 == 0o600
    assert place.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    write_closed(tmp_path / "word", b"first")

    with pytest.raises(FileExistsError):
        write_closed(tmp_path / "word", b"second")

    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("word", b"first")]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_refused(place: KeyPlace, mode: int) -> None:
    assert place.master()

    place.path.chmod(mode)

    assert f"can be read by others. Run: chmod 600 {place.path}" in said_of(place)


@pytest.mark.parametrize("content", [b"", b"\xff" * 64, b"zz" * 32, b"ab" * 31, b"ab" * 33])
def test_what_is_not_a_key_is_refused(place: KeyPlace, content: bytes) -> None:
    place.path.write_bytes(content)

    assert "this is not a master key" in said_of(place)


def test_without_a_key_it_says_how_to_make_one(place: KeyPlace) -> None:
    place.path.unlink()

    assert "there is no master key. Run `handrail setup`" in said_of(place)


def test_each_purpose_has_a_key_of_its_own(place: KeyPlace) -> None:
    keys = place.keyring()
    every = [*keys.fields.values(), keys.index, keys.allocation_list, keys.ledger]

    assert len({*every, place.master(), bytes.fromhex(str(place.secret_key()))}) == 6
    assert {len(key) for key in every} == {32}
    assert place.at(place.path).keyring() == keys


def test_a_key_is_derived_as_the_standard_says() -> None:
    """HKDF by hand (RFC 5869): extract with a salt of noughts, then one block of expansion."""

    def mac(key: bytes, text: bytes) -> bytes:
        made = hmac.HMAC(key, hashes.SHA256())
        made.update(text)
        return made.finalize()

    master = bytes(range(32))

    by_hand = mac(mac(b"\0" * 32, master), b"handrail ledger\x01")

    assert derive_key(master, "ledger") == by_hand == keyring_from(master).ledger


def test_keys_are_read_only_when_one_is_needed_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "_keyring", [])
    asked: list[int] = []

    def read() -> encryption.Keyring:
        asked.append(1)
        return keyring_from(b"k" * 32)

    with pytest.raises(RuntimeError, match="use_keys"):
        encryption.keys()
    encryption.use_keys(read)
    assert asked == []
    for _ in range(3):
        assert encryption.keys() == keyring_from(b"k" * 32)
    assert asked == [1]
    encryption.use_keys(keyring_from(b"l" * 32))
    assert encryption.keys() == keyring_from(b"l" * 32)


def test_the_tests_own_key_needs_no_file(tmp_path: Path) -> None:
    assert len(KeyPlace(tmp_path / "none", is_testing=True).master()) == 32
