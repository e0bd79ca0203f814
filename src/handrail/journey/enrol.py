"""The allocation list is made, once; and people are allocated from it, one after another.  [sealed]"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.allocation import (
    Candidate,
    ListRequest,
    make_blocks,
    next_slot,
    strata_of,
    stratum_of,
    why_not_make_list,
    why_not_randomise,
)
from handrail.domain.chance import Pick
from handrail.domain.dates import local_date
from handrail.domain.protocol import Protocol
from handrail.domain.protocol_words import Stratum
from handrail.domain.refusal import Conflict, Reasons, insist
from handrail.records.accounts import facts as accounts
from handrail.records.allocation import actions, facts
from handrail.records.consent import facts as consent
from handrail.records.enrolment import facts as enrolment
from handrail.records.followup import facts as followup
from handrail.records.people import facts as people
from handrail.records.people.facts import PersonFacts
from handrail.records.referral import facts as referrals


@transaction.atomic
def make_list(
    *,
    under: Protocol,
    block_sizes: tuple[int, ...],
    pick: Pick,
    is_seeded: bool,
    by: UUID | None,
    at: datetime,
    agent: str = "",
) -> None:
    """Make the whole list, before recruitment: a stream of blocks for every stratum.

    ``is_seeded`` tells what kind of dice ``pick`` is; whoever reads the settings knows. The block sizes
    are used here and kept nowhere.

    Raises:
        Refused: for sizes that break the ratio, seeded dice among real people, or a second list.
    """
    request = ListRequest(block_sizes, facts.is_list_made(), is_seeded, accounts.is_synthetic())
    insist(why_not_make_list(request, arms=under.arms))
    shares = {arm.code: arm.share for arm in under.arms}
    length = under.allocation.slots_per_stratum
    lists = {
        stratum: make_blocks(shares, sizes=block_sizes, length=length, pick=pick)
        for stratum in strata_of(under.allocation, under.programme)
    }
    actions.make_list(lists, is_seeded=is_seeded, under=under, by=by, agent=agent, at=at)


@transaction.atomic
def randomise(registration_id: UUID, *, request_key: str, under: Protocol, by: UUID, at: datetime) -> UUID:
    """Allocate a person, and return the entry's id; the arm is not in the answer.

    The same request again returns the same entry and writes nothing. There is no undo.

    Raises:
        Refused: with every reason why not.
        Conflict: when the key belongs to another person's request, or somebody was quicker.
        NotFound: when there is no such registration.
    """
    registration = enrolment.registration(registration_id)
    person = people.person(registration.person_id, lock=True)
    earlier = facts.draw_by_request(request_key)
    if earlier is not None:
        if earlier.registration_id != registration_id:
            raise Conflict("request")
        return earlier.entry_id
    strata = {Stratum.TEAM.value: registration.team_code}
    stratum = stratum_of(strata, under=under) or ""
    candidate = _candidate(registration.id, person, strata, stratum, on=local_date(at))
    insist(why_not_randomise(candidate, request_key=request_key, under=under, on=local_date(at)))
    return actions.draw(
        registration_id,
        slot_id=next_slot(candidate.free_slots).id,
        request_key=request_key,
        stratum=stratum,
        strata=strata,
        under=under,
        by=by,
        at=at,
    )


def readiness(registration_id: UUID, *, under: Protocol, on: date) -> Reasons:
    """What stands in the way of allocating this person, if anything; a page asks before anybody tries.

    Raises:
        NotFound: when there is no such registration.
    """
    registration = enrolment.registration(registration_id)
    strata = {Stratum.TEAM.value: registration.team_code}
    stratum = stratum_of(strata, under=under) or ""
    person = people.person(registration.person_id)
    candidate = _candidate(registration.id, person, strata, stratum, on=on, lock=False)
    return why_not_randomise(candidate, request_key="page", under=under, on=on)


def _candidate(
    registration_id: UUID,
    person: PersonFacts,
    strata: dict[str, str],
    stratum: str,
    *,
    on: date,
    lock: bool = True,
) -> Candidate:
    """Everything the rule asks, read after the person and (``lock``) the stratum's list are held."""
    free_slots = facts.free_slots(stratum, lock=lock)
    referral = referrals.latest_of(person.id)
    return Candidate(
        strata=strata,
        screening=referrals.screening(referral, person.born_on) if referral else None,
        consent=consent.latest(person.id),
        scopes=consent.scopes(person.id, on),
        is_baseline_done=followup.is_baseline_done(registration_id),
        is_entered=enrolment.has_entered(person.id),
        has_died=person.died_on is not None,
        has_left=referral is not None and referral.exit is not None,
        is_list_made=facts.is_list_made(),
        free_slots=free_slots,
    )
