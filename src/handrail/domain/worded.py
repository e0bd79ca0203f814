"""What a stored word is made of: a lower-case value, and the sentence that people read for it."""

from __future__ import annotations

from enum import StrEnum


class Worded(StrEnum):
    """A stored word that knows what a person reads for it."""

    sentence: str

    def __new__(cls, value: str, sentence: str = "") -> Worded:
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member
