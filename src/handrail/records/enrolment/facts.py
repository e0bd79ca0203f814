"""Who has a study number, and who has entered: masked-safe; the arm is nowhere near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from handrail.domain.refusal import NotFound
from handrail.records.enrolment.models import Registration, TrialEntry
from handrail.records.people.models import Person
from handrail.records.question import Question

# In the order of RegistrationFacts and EntryFacts.
_REGISTRATION = ("id", "person_id", "study_number", "team_code", "registered_on")
_ENTRY = (
    *("id", "registration_id", "registration__person_id"),
    *("registration__study_number", "registration__team_code"),
    *("entered_on", "entered_at", "stratum", "protocol_version"),
)

_BY_ID = Question(lambda key: Registration.objects.filter(id=key).values_list(*_REGISTRATION))
_BY_NUMBER = Question(lambda text: Registration.objects.filter(study_number=text).values_list(*_REGISTRATION))
_OF_PERSON = Question(lambda key: Registration.objects.filter(person_id=key).values_list(*_REGISTRATION))
_ENTRY_BY_ID = Question(lambda key: TrialEntry.objects.filter(id=key).values_list(*_ENTRY))
_ENTRY_OF = Question(lambda key: TrialEntry.objects.filter(registration_id=key).values_list(*_ENTRY))
_ENTRY_OF_PERSON = Question(
    lambda key: TrialEntry.objects.filter(registration__person_id=key).values_list(*_ENTRY)
)
_ENTERED = Question(lambda key: TrialEntry.objects.filter(registration__person_id=key).values_list("id"))
_HELD = Person.objects.select_for_update(of=("self",)).values_list("id")
_HOLD = Question(lambda key: _HELD.filter(registration=key))
_HOLD_ENTRANT = Question(lambda key: _HELD.filter(registration__entry=key))


@dataclass(frozen=True)
class RegistrationFacts:
    """Somebody who consented."""

    id: UUID
    person_id: UUID
    study_number: str
    team_code: str
    registered_on: date


@dataclass(frozen=True)
class EntryFacts:
    """Somebody's entry into the trial: ``entered_on`` is day 0 of every clock."""

    id: UUID
    registration_id: UUID
    person_id: UUID
    study_number: str
    team_code: str
    entered_on: date
    entered_at: datetime
    stratum: str
    protocol_version: str


def registration(registration_id: UUID) -> RegistrationFacts:
    """One registration. Raises: NotFound."""
    return _one(_BY_ID.row(registration_id))


def by_study_number(text: str) -> RegistrationFacts:
    """The registration with this study number, in any case. Raises: NotFound."""
    return _one(_BY_NUMBER.row(text.strip().upper()))


def of_person(person_id: UUID) -> RegistrationFacts | None:
    """A person's registration, or None before consent."""
    row = _OF_PERSON.row(person_id)
    return RegistrationFacts(*row) if row else None


def registrations(*, team_code: str = "", ids: Iterable[UUID] | None = None) -> tuple[RegistrationFacts, ...]:
    """Registrations by study number, which has no order or meaning; of one team, of some ids, or all."""
    rows = Registration.objects.order_by("study_number")
    if team_code:
        rows = rows.filter(team_code=team_code)
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    return tuple(RegistrationFacts(*row) for row in rows.values_list(*_REGISTRATION))


class NumbersTaken:
    """The study numbers in use: asked one at a time, so that a large trial costs no more."""

    def __contains__(self, number: object) -> bool:
        return _BY_NUMBER.row(str(number)) is not None


def entry(entry_id: UUID) -> EntryFacts:
    """One entry. Raises: NotFound."""
    row = _ENTRY_BY_ID.row(entry_id)
    if row is None:
        raise NotFound("entry")
    return EntryFacts(*row)


def entry_of(registration_id: UUID) -> EntryFacts | None:
    """A registration's entry, or None before it."""
    row = _ENTRY_OF.row(registration_id)
    return EntryFacts(*row) if row else None


def entry_of_person(person_id: UUID) -> EntryFacts | None:
    """A person's entry, or None before it."""
    row = _ENTRY_OF_PERSON.row(person_id)
    return EntryFacts(*row) if row else None


def has_entered(person_id: UUID) -> bool:
    """Whether a person has entered the trial."""
    return _ENTERED.row(person_id) is not None


def entries(*, team_code: str = "") -> tuple[EntryFacts, ...]:
    """Entries by study number; of one team or all."""
    rows = TrialEntry.objects.order_by("registration__study_number")
    if team_code:
        rows = rows.filter(registration__team_code=team_code)
    return tuple(EntryFacts(*row) for row in rows.values_list(*_ENTRY))


def hold(registration_id: UUID) -> None:
    """Make every other act about this person, a death or a withdrawal included, wait until this one ends."""
    _HOLD.row(registration_id)


def hold_entrant(entry_id: UUID) -> None:
    """As :func:`hold`, by the person's entry."""
    _HOLD_ENTRANT.row(entry_id)


def _one(row: tuple[Any, ...] | None) -> RegistrationFacts:
    if row is None:
        raise NotFound("registration")
    return RegistrationFacts(*row)
