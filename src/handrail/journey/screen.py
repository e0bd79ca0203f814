"""Screening: answers are judged and added to the referral; somebody who leaves, leaves with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.dates import local_date
from handrail.domain.eligibility import Assessment, CareDates, assess, why_not_assess, why_not_screen
from handrail.domain.protocol import Protocol
from handrail.domain.refusal import Reasons, insist
from handrail.domain.words import Exit
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.referral import actions, facts
from handrail.records.referral.facts import ReferralFacts


@transaction.atomic
def record(
    referral_id: UUID, answers: Mapping[str, bool], *, under: Protocol, by: UUID, at: datetime
) -> Assessment:
    """Judge one set of screening answers, keep them with the result, and return it.

    Raises:
        Refused: when an answer is missing, or the referral is closed.
        NotFound: when there is no such referral.
    """
    person = people.person(facts.person_of(referral_id), lock=True)
    referral = facts.referral(referral_id)
    insist(_why_not(referral, has_died=person.died_on is not None))
    insist(why_not_assess(answers, under=under.eligibility))
    dates = CareDates(person.born_on, referral.caseload_from, referral.discharged_on)
    assessment = assess(answers, dates, under=under.eligibility, on=local_date(at))
    version = under.programme.version
    actions.assess(referral_id, answers, assessment, protocol_version=version, by=by, at=at)
    return assessment


@transaction.atomic
def depart(referral_id: UUID, exit: Exit, *, by: UUID, at: datetime) -> None:
    """Close a referral before entry. Raises: Refused, when it is closed already; NotFound."""
    people.person(facts.person_of(referral_id), lock=True)
    insist(_why_not(facts.referral(referral_id), has_died=False))
    actions.depart(referral_id, exit, by=by, at=at)


def _why_not(referral: ReferralFacts, *, has_died: bool) -> Reasons:
    return why_not_screen(
        has_left=referral.exit is not None,
        is_entered=enrolment.has_entered(referral.person_id),
        has_died=has_died,
    )
