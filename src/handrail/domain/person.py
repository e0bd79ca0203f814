"""Who somebody is and how to reach them: what must be known before the programme can hold their name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from handrail.domain.dates import age_on, in_words
from handrail.domain.identifiers import why_not_nhs_number
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because

OLDEST_YEARS = 120
NAME_LENGTH = 80
CONTACT_LENGTH = 200
DIALLED = frozenset("0123456789 +()-.")  # how people write a telephone number
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True)
class Contact:
    """How to reach somebody; an empty text where there is no such way."""

    email: str = ""
    telephone: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is to be put on record."""

    given_name: str
    surname: str
    born_on: date
    nhs_number: str
    contact: Contact


def why_not_person(person: NewPerson, *, on: date) -> Reasons:
    """Reasons not to put this person on record: a name, a birthday, an NHS number, a way to reach them."""
    names = person.given_name.strip(), person.surname.strip()
    born = person.born_on
    return (
        *only(
            (not all(names), Because.NAME_MISSING),
            (_too_long(names, NAME_LENGTH), Reason(Because.TEXT_TOO_LONG, str(NAME_LENGTH))),
            (not all(name.isprintable() for name in names), Because.TEXT_ODD),
            (born >= on or age_on(born, on) > OLDEST_YEARS, Because.BORN_ON_WRONG),
        ),
        *why_not_nhs_number(person.nhs_number),
        *why_not_contact(person.contact),
    )


def why_not_contact(contact: Contact) -> Reasons:
    """Reasons not to record these ways of reaching somebody: at least one, and an e-mail that could work."""
    ways = contact.email, contact.telephone, contact.address, contact.postcode
    return only(
        (not any(way.strip() for way in ways[:3]), Because.CONTACT_MISSING),
        (bool(contact.email) and not is_email(contact.email), Because.EMAIL_WRONG),
        (_too_long(ways, CONTACT_LENGTH), Reason(Because.TEXT_TOO_LONG, str(CONTACT_LENGTH))),
    )


def why_not_death(died_on: date, *, born_on: date, alive_on: date | None = None, on: date) -> Reasons:
    """Reasons not to record a death on this day; ``alive_on``: the last day the records show them alive."""
    is_early = alive_on is not None and born_on <= died_on < alive_on
    return only(
        (died_on > on, Reason(Because.DAY_TO_COME, in_words(died_on))),
        (died_on < born_on, Because.DIED_BEFORE_BIRTH),
        (is_early, Reason(Because.SEEN_ALIVE, in_words(alive_on) if alive_on else "")),
    )


def why_not_take_back_death(*, has_died: bool) -> Reasons:
    """Reasons not to say that a death was recorded by mistake."""
    return only((not has_died, Because.NOT_RECORDED_DEAD))


def takes_over(*, is_same: bool, has_confirmer: bool, is_masked: bool) -> bool:
    """Whether whoever confirms a contact now is named for it, instead of whoever did before.

    A contact that unmasked staff have confirmed may receive a code that tells what the person is offered.
    Masked staff who confirm the same one again take nothing away; one that they change counts as theirs.
    ``is_same``: a code arrives where it did (:func:`leads_to_same`); a postal address receives none.
    """
    return not (is_same and has_confirmer and is_masked)


def leads_to_same(one: Contact, other: Contact) -> bool:
    """Whether a code sent to either contact arrives at one place: e-mail and telephone, however written."""
    return [_reached(way) for way in (one.email, one.telephone)] == [
        _reached(way) for way in (other.email, other.telephone)
    ]


def is_email(text: str) -> bool:
    """Whether this has the shape of an e-mail address; only a message that arrives proves one."""
    return len(text) <= CONTACT_LENGTH and text.isprintable() and EMAIL.fullmatch(text) is not None


def _reached(way: str) -> str:
    """An e-mail address or telephone number in one spelling. Whatever is odd in it stays, and so differs."""
    bare = way.strip().lower()
    return (telephone_digits(bare) if set(bare) <= DIALLED else "") or bare


def _too_long(texts: tuple[str, ...], longest: int) -> bool:
    return any(len(text) > longest for text in texts)


def telephone_digits(text: str) -> str:
    """A British telephone number as its digits from the first 0, so that it is found however it is typed.

    ``+44 7700 900123``, ``0044…`` and ``07700 900123`` are one number. Empty where there is no number.
    """
    digits = "".join(char for char in text if char in "0123456789")
    for abroad in ("0044", "44"):
        if digits.startswith(abroad) and (abroad == "0044" or "+" in text):
            digits = "0" + digits.removeprefix(abroad).removeprefix("0")
    return digits if len(digits) >= 10 else ""
