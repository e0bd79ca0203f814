"""Who has a study number, and who has entered: masked-safe; the arm is nowhere near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from handrail.domain.refusal import NotFound
from handrail.records.enrolment.models import Registration, TrialEntry
from handrail.records.people.models import Person


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
    return _one(Registration.objects.filter(id=registration_id).first())


def by_study_number(text: str) -> RegistrationFacts:
    """The registration with this study number, in any case. Raises: NotFound."""
    return _one(Registration.objects.filter(study_number=text.strip().upper()).first())


def of_person(person_id: UUID) -> RegistrationFacts | None:
    """A person's registration, or None before consent."""
    row = Registration.objects.filter(person_id=person_id).first()
    return _registration(row) if row else None


def registrations(*, team_code: str = "", ids: Iterable[UUID] | None = None) -> tuple[RegistrationFacts, ...]:
    """Registrations by study number, which has no order or meaning; of one team, of some ids, or all."""
    rows = Registration.objects.order_by("study_number")
    if team_code:
        rows = rows.filter(team_code=team_code)
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    return tuple(_registration(row) for row in rows)


class NumbersTaken:
    """The study numbers in use: asked one at a time, so that a large trial costs no more."""

    def __contains__(self, number: object) -> bool:
        return Registration.objects.filter(study_number=number).exists()


def entry(entry_id: UUID) -> EntryFacts:
    """One entry. Raises: NotFound."""
    row = TrialEntry.objects.select_related("registration").filter(id=entry_id).first()
    if row is None:
        raise NotFound("entry")
    return _entry(row)


def entry_of(registration_id: UUID) -> EntryFacts | None:
    """A registration's entry, or None before it."""
    row = TrialEntry.objects.select_related("registration").filter(registration_id=registration_id).first()
    return _entry(row) if row else None


def has_entered(person_id: UUID) -> bool:
    """Whether a person has entered the trial."""
    return TrialEntry.objects.filter(registration__person_id=person_id).exists()


def entries(*, team_code: str = "") -> tuple[EntryFacts, ...]:
    """Entries by study number; of one team or all."""
    rows = TrialEntry.objects.select_related("registration").order_by("registration__study_number")
    if team_code:
        rows = rows.filter(registration__team_code=team_code)
    return tuple(_entry(row) for row in rows)


def hold(registration_id: UUID) -> None:
    """Make every other act about this person, a death or a withdrawal included, wait until this one ends."""
    _hold(Person.objects.filter(registration=registration_id))


def hold_entrant(entry_id: UUID) -> None:
    """As :func:`hold`, by the person's entry."""
    _hold(Person.objects.filter(registration__entry=entry_id))


def _hold(people: QuerySet[Person]) -> None:
    people.select_for_update(of=("self",)).values_list("id", flat=True).first()


def _one(row: Registration | None) -> RegistrationFacts:
    if row is None:
        raise NotFound("registration")
    return _registration(row)


def _registration(row: Registration) -> RegistrationFacts:
    return RegistrationFacts(row.id, row.person_id, row.study_number, row.team_code, row.registered_on)


def _entry(row: TrialEntry) -> EntryFacts:
    return EntryFacts(
        id=row.id,
        registration_id=row.registration_id,
        person_id=row.registration.person_id,
        study_number=row.registration.study_number,
        team_code=row.registration.team_code,
        entered_on=row.entered_on,
        entered_at=row.entered_at,
        stratum=row.stratum,
        protocol_version=row.protocol_version,
    )
