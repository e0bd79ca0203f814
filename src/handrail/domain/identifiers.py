"""Numbers that name people: study numbers with a check character, and the NHS number's check digit."""

from __future__ import annotations

from collections.abc import Callable, Container

from handrail.domain.refusal import Reasons, only
from handrail.domain.words import Because

# No I, L, O or U: they are misread as digits or make words. No Z: 31 is prime, which the check needs.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
BODY_LENGTH = 5


def check_character(body: str) -> str:
    """The character that makes a study number catch any one wrong or two swapped characters.

    ISO 7064's idea with modulus 31 and rising weights; every weight is prime to the modulus.
    """
    total = sum(weight * ALPHABET.index(char) for weight, char in enumerate(body, start=2))
    return ALPHABET[total % len(ALPHABET)]


def study_number(body: str) -> str:
    """A study number as printed, ``HR-7K2M9-C``: five characters drawn by chance, and a check character."""
    return f"HR-{body}-{check_character(body)}"


def draw_study_number(pick: Callable[[str], str], *, taken: Container[str]) -> str:
    """A fresh study number. ``pick`` draws one character; numbers carry no order, team or date."""
    while True:
        number = study_number("".join(pick(ALPHABET) for _ in range(BODY_LENGTH)))
        if number not in taken:
            return number


def draw_referral_number(pick: Callable[[str], str], *, taken: Container[str]) -> str:
    """A fresh referral number, ``RF-`` and six characters drawn by chance; never the study number."""
    while True:
        number = "RF-" + "".join(pick(ALPHABET) for _ in range(6))
        if number not in taken:
            return number


def why_not_study_number(text: str) -> Reasons:
    """Reasons why this is not a study number."""
    parts = text.strip().upper().split("-")
    shaped = len(parts) == 3 and parts[0] == "HR" and len(parts[1]) == BODY_LENGTH and len(parts[2]) == 1
    known = shaped and all(char in ALPHABET for char in parts[1] + parts[2])
    return only((not known or check_character(parts[1]) != parts[2], Because.STUDY_NUMBER_WRONG))


def nhs_check_digit(first_nine: str) -> int:
    """The tenth digit of an NHS number, by modulus 11; 10 means that no such number is issued."""
    total = sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11


def why_not_nhs_number(text: str) -> Reasons:
    """Reasons why this is not an NHS number (NHS Data Dictionary: ten digits, modulus 11)."""
    digits = text.replace(" ", "")
    shaped = len(digits) == 10 and digits.isascii() and digits.isdigit()
    return only((not shaped or nhs_check_digit(digits[:9]) != int(digits[9]), Because.NHS_NUMBER_WRONG))
