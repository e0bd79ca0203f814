"""A crisis team refers somebody: the person goes on record, once, and the referral with them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.chance import Pick
from handrail.domain.dates import local_date
from handrail.domain.identifiers import draw_referral_number
from handrail.domain.protocol import Protocol
from handrail.domain.referral import KnownPerson, NewReferral, why_not_accept
from handrail.domain.refusal import insist
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import actions as people_actions
from handrail.records.people import facts as people
from handrail.records.referral import actions, facts


@transaction.atomic
def receive(new: NewReferral, *, under: Protocol, pick: Pick, by: UUID, at: datetime) -> UUID:
    """Accept a referral and return its id.

    Somebody already on record under the same NHS number keeps that record, contact details included.

    Raises:
        Refused: when the referral is incomplete, out of time, or for somebody already referred.
        Conflict: when the same referral came twice at once.
    """
    person_id = people.by_nhs_number(new.person.nhs_number)
    known = _known(person_id, new) if person_id else None
    insist(why_not_accept(new, known=known, under=under.programme, on=local_date(at)))
    return actions.receive(
        person_id or people_actions.register(new.person, by=by, at=at),
        new,
        referral_number=draw_referral_number(pick, taken=facts.NumbersTaken()),
        by=by,
        at=at,
    )


def _known(person_id: UUID, new: NewReferral) -> KnownPerson:
    person = people.person(person_id, lock=True)
    latest = facts.latest_of(person_id)
    surnames = person.surname.casefold(), new.person.surname.strip().casefold()
    return KnownPerson(
        is_same=surnames[0] == surnames[1] and person.born_on == new.person.born_on,
        has_open_referral=latest is not None and latest.exit is None,
        is_registered=enrolment.of_person(person_id) is not None,
        has_died=person.died_on is not None,
    )
