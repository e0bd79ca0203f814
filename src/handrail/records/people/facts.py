"""What is known of people: the only reads that return a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from handrail.domain.death import DeathPutRight, DeathRecord
from handrail.domain.person import Contact, telephone_digits
from handrail.domain.refusal import NotFound
from handrail.records.encryption import blind_index
from handrail.records.people.models import Death, Person
from handrail.records.question import Question

_COLUMNS = (
    *("id", "given_name", "surname", "born_on", "nhs_number", "email", "telephone", "address", "postcode"),
    *("is_synthetic", "died_on"),
    *("contact_confirmed_at", "contact_confirmed_by", "is_contact_confirmed_unmasked"),
)
_PERSON = Question(lambda person_id: Person.objects.filter(id=person_id).values_list(*_COLUMNS))
_PERSON_HELD = Question(
    lambda person_id: Person.objects.select_for_update().filter(id=person_id).values_list(*_COLUMNS)
)
_BY_NHS_NUMBER = Question(lambda index: Person.objects.filter(nhs_number_index=index).values_list("id"))


@dataclass(frozen=True)
class PersonFacts:
    """One person, decrypted."""

    id: UUID
    given_name: str
    surname: str
    born_on: date
    nhs_number: str
    contact: Contact
    is_synthetic: bool
    died_on: date | None
    contact_confirmed_at: datetime | None = None
    contact_confirmed_by: UUID | None = None
    is_contact_confirmed_unmasked: bool = False


def person(person_id: UUID, *, lock: bool = False) -> PersonFacts:
    """One person; ``lock`` makes every other act about this person wait until this one ends.

    Raises:
        NotFound: when there is no such person.
    """
    row = (_PERSON_HELD if lock else _PERSON).row(person_id)
    if row is None:
        raise NotFound("person")
    return _facts(row)


def people(person_ids: Iterable[UUID]) -> dict[UUID, PersonFacts]:
    """Several people by id, in two queries at most; an id that does not exist is left out."""
    rows = Person.objects.filter(id__in=list(person_ids)).values_list(*_COLUMNS)
    return {row[0]: _facts(row) for row in rows}


def by_nhs_number(text: str) -> UUID | None:
    """The person with this NHS number, spaces or not."""
    found: UUID | None = _BY_NHS_NUMBER.one(blind_index(text))
    return found


def by_email(text: str) -> UUID | None:
    """The one person with this e-mail address; None where nobody has it, or two people share it."""
    index = blind_index(text)
    found = list(Person.objects.filter(email_index=index).values_list("id", flat=True)[:2]) if index else []
    return found[0] if len(found) == 1 else None


def by_telephone(text: str) -> UUID | None:
    """The one person with this telephone number, however it is typed; None where two people share it."""
    index = blind_index(telephone_digits(text))
    found = (
        list(Person.objects.filter(telephone_index=index).values_list("id", flat=True)[:2]) if index else []
    )
    return found[0] if len(found) == 1 else None


def deaths(person_ids: Iterable[UUID]) -> dict[UUID, date]:
    """Who of these people has died, and when; without opening a name."""
    rows = Person.objects.filter(id__in=list(person_ids), died_on__isnull=False)
    return {person_id: died_on for person_id, died_on in rows.values_list("id", "died_on") if died_on}


def death_records(person_id: UUID) -> tuple[DeathRecord, ...]:
    """All that was ever recorded of one person's death, the latest first."""
    rows = Death.objects.filter(person_id=person_id).order_by("-recorded_at", "-id")
    return tuple(
        DeathRecord(
            row.died_on, DeathPutRight(row.why_put_right) if row.why_put_right else None, row.recorded_at
        )
        for row in rows
    )


def _facts(row: tuple[Any, ...]) -> PersonFacts:
    """From ``_COLUMNS``."""
    person_id, given_name, surname, born_on, nhs_number, *ways = row
    email, telephone, address, postcode, is_synthetic, died_on, *confirmed = ways
    return PersonFacts(
        person_id,
        given_name,
        surname,
        date.fromisoformat(born_on),
        nhs_number,
        Contact(email, telephone, address, postcode),
        is_synthetic,
        died_on,
        *confirmed,
    )
