"""What becomes known of a person later on: the day they died. Masked; reaches no sealed room.

Nothing is undone elsewhere. Interviews, reminders, codes, meetings and parcels each ask at their own time
whether the person has died, so they stop by themselves, and go on if a death was recorded by mistake.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.death import DeathPutRight
from handrail.records.enrolment import facts as enrolment
from handrail.records.followup import facts as followup
from handrail.records.people import actions
from handrail.records.people import facts as people
from handrail.records.referral import facts as referrals


@transaction.atomic
def record_death(
    person_id: UUID, died_on: date, *, why: DeathPutRight | None = None, by: UUID, at: datetime
) -> None:
    """Record the day somebody died, or put it right, saying why; what was on record before is kept.

    Raises:
        Refused: for a day to come, one before they were seen alive, or one put right without a reason.
        NotFound: when there is no such person.
    """
    people.person(person_id, lock=True)
    actions.record_death(person_id, died_on, why=why, alive_on=last_alive_on(person_id), by=by, at=at)


def last_alive_on(person_id: UUID) -> date | None:
    """The last day on which masked records show somebody alive: cared for, consenting, interviewed."""
    referral = referrals.latest_of(person_id)
    days = [referral.caseload_from] if referral else []
    registration = enrolment.of_person(person_id)
    if registration is not None:
        entry = enrolment.entry_of(registration.id)
        held = (one.held_on for one in followup.interviews(registration.id))
        days += [registration.registered_on, *([entry.entered_on] if entry else []), *filter(None, held)]
    return max(days, default=None)
