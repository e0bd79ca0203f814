"""Consent is given, version by version, and each scope of it is closed or opened again later.

Serves masked pages, and reaches no sealed room, not even indirectly.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.chance import Pick
from handrail.domain.consent import (
    Choice,
    GivenConsent,
    opened,
    why_not_change,
    why_not_give,
    why_not_valid,
)
from handrail.domain.dates import local_date
from handrail.domain.identifiers import draw_study_number
from handrail.domain.person import Contact
from handrail.domain.protocol import ConsentForm
from handrail.domain.refusal import insist
from handrail.domain.words import ConsentRoute, Scope
from handrail.records.consent import actions, facts, history
from handrail.records.enrolment import actions as enrolment_actions
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import actions as people_actions
from handrail.records.people import facts as people
from handrail.records.referral import facts as referrals


@transaction.atomic
def give(
    referral_id: UUID,
    statements: Mapping[str, bool],
    *,
    form_version: str,
    capacity_confirmed: bool,
    how: ConsentRoute,
    contact: Contact | None = None,
    under: tuple[ConsentForm, ...],
    pick: Pick,
    by: UUID,
    at: datetime,
) -> UUID:
    """Keep a consent and return the registration's id; the first one draws the study number.

    A later one, to a newer version of the form, keeps the same registration. ``contact`` is how the person,
    asked there and then, says they are reached; where nobody asked, no code is sent until somebody does.

    Raises:
        Refused: when it is not valid on this day, or the person is not eligible.
        NotFound: when there is no such referral.
    """
    on = local_date(at)
    person = people.person(referrals.person_of(referral_id), lock=True)
    referral = referrals.referral(referral_id)
    registration = enrolment.of_person(person.id)
    given = GivenConsent(form_version, statements, capacity_confirmed)
    insist(
        why_not_give(
            referrals.screening(referral, person.born_on),
            has_left=referral.exit is not None,
            has_died=person.died_on is not None,
            is_entered=enrolment.has_entered(person.id),
        )
    )
    insist(why_not_valid(given, under=under, on=on))
    actions.give(person.id, given, opened(statements, under=under, on=on), how=how, by=by, at=at)
    if contact is not None:
        people_actions.change_contact(person.id, contact, by=by, at=at)
    if registration is not None:
        return registration.id
    number = draw_study_number(pick, taken=enrolment.NumbersTaken())
    return enrolment_actions.register(
        person.id, study_number=number, team_code=referral.team_code, by=by, at=at
    )


@transaction.atomic
def change(
    person_id: UUID,
    scope: Scope,
    *,
    is_open: bool,
    words: str,
    from_on: date | None = None,
    by: UUID,
    at: datetime,
) -> None:
    """Record that a person says no, or yes again, to one scope: from today, or from the day they told it.

    Raises:
        Refused: for the programme (that is said in the sealed wing), without consent, or no change.
        NotFound: when there is no such person.
    """
    on = local_date(at)
    person = people.person(person_id, lock=True)
    choice = Choice(scope, is_open, from_on or on, words)
    last_said_on = history.last_said_on(person_id)
    scopes = None if last_said_on is None else facts.scopes(person_id, on)
    insist(why_not_change(choice, scopes=scopes, last_said_on=last_said_on, died_on=person.died_on, on=on))
    actions.change(person_id, choice, by=by, at=at)
