"""Puts people on record, changes how to reach them, and records a death."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from handrail.domain.account import UNMASKED_ROLES
from handrail.domain.dates import local_date
from handrail.domain.death import DeathPutRight, why_not_put_right
from handrail.domain.person import (
    Contact,
    NewPerson,
    leads_to_same,
    takes_over,
    telephone_digits,
    why_not_contact,
    why_not_death,
    why_not_person,
    why_not_take_back_death,
)
from handrail.domain.refusal import Conflict, insist
from handrail.domain.safe_contact import SafeContact, Way, why_not_keep
from handrail.domain.words import Event
from handrail.records.accounts import facts as accounts
from handrail.records.audit import actions as audit
from handrail.records.encryption import blind_index
from handrail.records.people import facts, safe_contact
from handrail.records.people.models import Death, Person, SafeContactCard, SignInCode


@transaction.atomic
def register(details: NewPerson, *, by: UUID, at: datetime) -> UUID:
    """Put somebody on record. One NHS number, one person.

    Raises:
        Refused: when something is missing or wrong.
        Conflict: when that NHS number is on record already.
    """
    insist(why_not_person(details, on=local_date(at)))
    person = Person(
        given_name=details.given_name.strip(),
        surname=details.surname.strip(),
        surname_index=blind_index(details.surname),
        born_on=details.born_on.isoformat(),
        nhs_number="".join(details.nhs_number.split()),
        nhs_number_index=blind_index(details.nhs_number),
        is_synthetic=accounts.is_synthetic(),
        **_ways(details.contact),
    )
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("person") from error
    audit.note(Event.PERSON_ADDED, about=person.id, by=by, at=at)
    return person.id


@transaction.atomic
def change_contact(person_id: UUID, contact: Contact, *, by: UUID, at: datetime) -> None:
    """Keep how somebody who was asked says they are reached; the same as before confirms it.

    Codes that are on their way are dead from now on: they may have gone elsewhere, or say what was true then.

    Raises: Refused, NotFound.
    """
    person = facts.person(person_id, lock=True)
    insist(why_not_contact(contact))
    ways = _ways(contact)
    event = Event.CONTACT_CONFIRMED if ways == _ways(person.contact) else Event.CONTACT_CHANGED
    is_same = leads_to_same(contact, person.contact)
    is_unmasked = accounts.role_of(by) in UNMASKED_ROLES
    has_confirmer = person.contact_confirmed_by is not None
    if takes_over(is_same=is_same, has_confirmer=has_confirmer, is_masked=not is_unmasked):
        ways |= {"contact_confirmed_at": at, "contact_confirmed_by": by}
        ways |= {"is_contact_confirmed_unmasked": is_unmasked}
    Person.objects.filter(id=person_id).update(**ways)
    sent = SignInCode.objects.filter(person_id=person_id, issued_by=person_id)
    sent.filter(expires_at__gt=at).update(expires_at=at)
    audit.note(event, about=person_id, by=by, at=at)


@transaction.atomic
def keep_safe_contact(person_id: UUID, card: SafeContact, *, by: UUID, at: datetime) -> None:
    """Keep how somebody says they are contacted safely; the same as before confirms it.

    It holds from now on, for what waits to be sent as well. Nobody is told: a notice would itself go by a
    way that may be old or unsafe. Raises: Refused, NotFound.
    """
    facts.person(person_id, lock=True)
    insist(why_not_keep(card))
    is_same = card == safe_contact.card(person_id)
    SafeContactCard.objects.create(
        person_id=person_id,
        ways=" ".join(way for way in Way if way in card.ways),
        may_leave_voicemail=card.may_leave_voicemail,
        safe_times=card.safe_times,
        language=card.language,
        needs=card.needs,
        not_to=card.not_to,
        kept_at=at,
        kept_by=by,
        kept_as=accounts.role_of(by) or "",
    )
    event = Event.SAFE_CONTACT_CONFIRMED if is_same else Event.SAFE_CONTACT_KEPT
    audit.note(event, about=person_id, by=by, at=at)


@transaction.atomic
def record_death(
    person_id: UUID,
    died_on: date,
    *,
    why: DeathPutRight | None = None,
    alive_on: date | None = None,
    by: UUID,
    at: datetime,
) -> None:
    """Record the day somebody died, or put it right, saying why; ``alive_on``: the last day known alive.

    Raises: Refused, NotFound.
    """
    person = facts.person(person_id, lock=True)
    insist(
        why_not_death(died_on, born_on=person.born_on, alive_on=alive_on, on=local_date(at))
        + why_not_put_right(died_on, on_record=person.died_on, why=why)
    )
    _keep_death(person_id, died_on, why=why, by=by, at=at)
    audit.note(Event.DEATH_RECORDED, about=person_id, by=by, at=at)


@transaction.atomic
def take_back_death(person_id: UUID, *, why: DeathPutRight, by: UUID, at: datetime) -> None:
    """A death was recorded by mistake: everything that waited goes on. Raises: Refused, NotFound."""
    person = facts.person(person_id, lock=True)
    insist(why_not_take_back_death(has_died=person.died_on is not None))
    _keep_death(person_id, None, why=why, by=by, at=at)
    audit.note(Event.DEATH_TAKEN_BACK, about=person_id, by=by, at=at)


def _keep_death(
    person_id: UUID, died_on: date | None, *, why: DeathPutRight | None, by: UUID, at: datetime
) -> None:
    Death.objects.create(
        person_id=person_id, died_on=died_on, why_put_right=why, recorded_by=by, recorded_at=at
    )
    Person.objects.filter(id=person_id).update(died_on=died_on)


def _ways(contact: Contact) -> dict[str, Any]:
    return {
        "email": contact.email.strip(),
        "email_index": blind_index(contact.email),
        "telephone": contact.telephone.strip(),
        "telephone_index": blind_index(telephone_digits(contact.telephone)),
        "address": contact.address.strip(),
        "postcode": contact.postcode.strip(),
    }
