"""What a complete referral is, from whom, and when (protocol: programme, referral)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handrail.domain.dates import in_words
from handrail.domain.person import NewPerson, why_not_person
from handrail.domain.protocol import Programme
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because


@dataclass(frozen=True)
class NewReferral:
    """A crisis team's referral of one person. ``discharged_on`` is None while they are on the caseload."""

    person: NewPerson
    team_code: str
    caseload_from: date
    discharged_on: date | None
    agreed_to_contact: bool


@dataclass(frozen=True)
class KnownPerson:
    """What is already on record under the same NHS number."""

    is_same: bool  # the surname and the date of birth agree
    has_open_referral: bool
    is_registered: bool
    has_died: bool


def why_not_accept(new: NewReferral, *, known: KnownPerson | None, under: Programme, on: date) -> Reasons:
    """Reasons not to accept this referral on this day: every one, so that all can be mended at once."""
    teams = {team.code for team in under.teams}
    period = f"{in_words(under.recruits_from)} to {in_words(under.recruits_until)}"
    return (
        *why_not_person(new.person, on=on),
        *only(
            (new.team_code not in teams, Reason(Because.TEAM_UNKNOWN, new.team_code or "An empty team")),
            (not new.agreed_to_contact, Because.NO_AGREEMENT_TO_CONTACT),
            (
                not under.recruits_from <= on <= under.recruits_until,
                Reason(Because.RECRUITMENT_CLOSED, period),
            ),
        ),
        *_why_not_dates(new, on=on),
        *_why_not_again(known),
    )


def _why_not_dates(new: NewReferral, *, on: date) -> Reasons:
    discharged_on = new.discharged_on
    return only(
        (new.caseload_from > on, Because.CASELOAD_TO_COME),
        (discharged_on is not None and discharged_on < new.caseload_from, Because.DISCHARGE_TOO_EARLY),
        (
            discharged_on is not None and discharged_on > on,
            Reason(Because.DAY_TO_COME, in_words(discharged_on) if discharged_on else ""),
        ),
    )


def _why_not_again(known: KnownPerson | None) -> Reasons:
    if known is None:
        return ()
    return only(
        (not known.is_same, Because.PERSON_DIFFERS),
        (known.has_died, Because.HAS_DIED),
        (known.is_registered, Because.ALREADY_CONSENTED),
        (known.has_open_referral, Because.ALREADY_REFERRED),
    )
