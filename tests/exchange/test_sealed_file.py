"""Files sealed to one reader: only that reader opens them, and a changed one opens for nobody."""

from __future__ import annotations

import pytest

from handrail.domain.refusal import BadFile
from handrail.exchange import sealed_file

CONTENT = b"study_number,arm\n"


def test_only_the_key_it_was_sealed_to_opens_it() -> None:
    mine, yours = sealed_file.new_identity(), sealed_file.new_identity()
    sealed = sealed_file.encrypt(CONTENT, mine.recipient)
    assert sealed_file.decrypt(sealed, mine.secret) == CONTENT
    with pytest.raises(BadFile) as bad:
        sealed_file.decrypt(sealed, yours.secret)
    assert "does not open with this key" in str(bad.value)


def test_the_sealed_file_has_the_age_format_and_none_of_the_content() -> None:
    sealed = sealed_file.encrypt(CONTENT, sealed_file.new_identity().recipient)
    assert sealed.startswith(b"age-encryption.org/v1\n")
    assert b"study_number" not in sealed


def test_one_changed_byte_is_noticed() -> None:
    key = sealed_file.new_identity()
    sealed = bytearray(sealed_file.encrypt(CONTENT, key.recipient))
    sealed[-1] ^= 1
    with pytest.raises(BadFile):
        sealed_file.decrypt(bytes(sealed), key.secret)


def test_notes_in_a_key_file_are_passed_over() -> None:
    key = sealed_file.new_identity()
    sealed = sealed_file.encrypt(CONTENT, f" {key.recipient}\n")
    text = f"# SYNTHETIC: no real person\n\n{key.secret}\n"
    assert sealed_file.decrypt(sealed, text) == CONTENT


@pytest.mark.parametrize("text", ["", "# only a note", "age1notakey", "AGE-SECRET-KEY-1NOTAKEY"])
def test_what_is_not_a_key_is_refused_with_how_to_mend_it(text: str) -> None:
    with pytest.raises(BadFile) as bad:
        sealed_file.decrypt(b"", text)
    assert "Copy it whole: AGE-SECRET-KEY-1" in str(bad.value)
    with pytest.raises(BadFile):
        sealed_file.encrypt(CONTENT, text)
    assert not sealed_file.is_recipient(text)


def test_a_public_key_is_known_as_one_and_a_secret_key_is_not() -> None:
    key = sealed_file.new_identity()
    assert sealed_file.is_recipient(key.recipient)
    assert not sealed_file.is_recipient(key.secret)


def test_salts_differ() -> None:
    assert len({sealed_file.fresh_salt() for _ in range(100)}) == 100


@pytest.mark.parametrize("length", [1, 99, 100, 101])
def test_what_is_sealed_is_filled_up_to_whole_steps(length: int) -> None:
    filled = sealed_file.filled_up(b"7" * length, step=100)
    assert len(filled) == (200 if length > 100 else 100)
    assert filled.rstrip(b" ") == b"7" * length
