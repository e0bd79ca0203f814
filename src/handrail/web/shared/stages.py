"""Where each referred person is on the journey, in stages that are the same whatever the arm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.domain.progress import JourneyFacts, Stage, stage
from handrail.domain.protocol import Eligibility, Schedule
from handrail.domain.words import Unmet
from handrail.records.consent import facts as consents
from handrail.records.enrolment import facts as enrolment
from handrail.records.followup import facts as followup
from handrail.records.people import facts as people
from handrail.records.referral.facts import ReferralFacts


def reason_words(under: Eligibility) -> dict[str, str]:
    """What each coded reason of a screening means, in the protocol's words or our own."""
    words = {item.code: item.reason for item in under.criteria}
    return words | {unmet.value: unmet.sentence for unmet in Unmet}


@dataclass(frozen=True)
class Reached:
    """A referral and the stage its person has reached; no study number before consent."""

    referral: ReferralFacts
    stage: Stage
    registration_id: UUID | None
    study_number: str
    entered_on: date | None


def stages(referrals: Iterable[ReferralFacts], *, under: Schedule, on: date) -> tuple[Reached, ...]:
    """The stage of each referral, in six queries whatever their number."""
    rows = tuple(referrals)
    registered = {found.person_id: found for found in enrolment.registrations()}
    entered = {found.person_id: found for found in enrolment.entries()}
    baselines, consented = followup.baselines_done(), consents.consented()
    deaths = people.deaths(row.person_id for row in rows)
    reached = []
    for row in rows:
        registration, entry = registered.get(row.person_id), entered.get(row.person_id)
        last = row.last_assessment
        known = JourneyFacts(
            is_eligible=last.is_eligible if last else None,
            is_consented=row.person_id in consented,
            is_baseline_done=registration is not None and registration.id in baselines,
            entered_on=entry.entered_on if entry else None,
            exit=row.exit,
            died_on=deaths.get(row.person_id),
        )
        reached.append(
            Reached(
                referral=row,
                stage=stage(known, under=under, on=on),
                registration_id=registration.id if registration else None,
                study_number=registration.study_number if registration else "",
                entered_on=entry.entered_on if entry else None,
            )
        )
    return tuple(reached)
