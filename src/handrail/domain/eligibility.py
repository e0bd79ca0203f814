"""Answers and dates → eligible, or the reasons why not (protocol: eligibility).

The questions are asked of the clinician; age and dates are worked out. An unmet age always makes a
person ineligible. An unmet date warns or refuses, as the protocol says: the CORE trial's "a week or
more on the caseload" and "discharged within about a month" are warnings that go on record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handrail.domain.dates import age_on, days_between
from handrail.domain.protocol import DerivedRule, Eligibility
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Unmet


@dataclass(frozen=True)
class CareDates:
    """The dates that eligibility is worked out from; not discharged while ``discharged_on`` is None."""

    born_on: date
    caseload_from: date
    discharged_on: date | None


@dataclass(frozen=True)
class Assessment:
    """What the rule made of one screening: coded reasons why not, and coded warnings."""

    is_eligible: bool
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Screening:
    """A screening as it stands on record: the answers, under which protocol, and the result."""

    answers: Mapping[str, bool]
    dates: CareDates
    is_eligible: bool
    reasons: tuple[str, ...]
    protocol_version: str


def why_not_assess(answers: Mapping[str, bool], *, under: Eligibility) -> Reasons:
    """Reasons why these answers cannot be assessed: one missing, or one to a question never asked."""
    asked = {criterion.code: criterion for criterion in under.criteria}
    missing = [criterion for code, criterion in asked.items() if answers.get(code) is None]
    unknown = [code for code in answers if code not in asked]
    return (
        *(Reason(Because.ANSWER_MISSING, criterion.question) for criterion in missing),
        *(Reason(Because.ANSWER_UNKNOWN, code) for code in unknown),
    )


def assess(answers: Mapping[str, bool], dates: CareDates, *, under: Eligibility, on: date) -> Assessment:
    """Whether a person is eligible on this day; ``answers`` holds one for every criterion.

    Raises:
        KeyError: for a criterion without an answer; ask :func:`why_not_assess` first.
    """
    wrong = [item.code for item in under.criteria if answers[item.code] is not item.eligible_answer]
    young = [Unmet.TOO_YOUNG.value] if age_on(dates.born_on, on) < under.minimum_age else []
    unmet = [unmet.value for unmet in _unmet_dates(dates, under=under, on=on)]
    refuses = under.date_rules is DerivedRule.REFUSE
    reasons = (*young, *wrong, *(unmet if refuses else ()))
    return Assessment(not reasons, reasons, () if refuses else tuple(unmet))


def _unmet_dates(dates: CareDates, *, under: Eligibility, on: date) -> list[Unmet]:
    left_on = dates.discharged_on
    stay = days_between(dates.caseload_from, left_on or on)
    unmet = [Unmet.SHORT_CASELOAD] if stay < under.minimum_caseload_days else []
    if left_on is None:
        unmet.append(Unmet.NOT_DISCHARGED)
    elif days_between(left_on, on) > under.discharged_within_days:
        unmet.append(Unmet.DISCHARGED_LONG_AGO)
    return unmet


def why_not_eligible(last: Screening | None) -> Reasons:
    """Reasons why a person's last screening does not let them go on; no earlier one counts."""
    if last is None:
        return (Reason(Because.NOT_ASSESSED),)
    return only((not last.is_eligible, Reason(Because.NOT_ELIGIBLE, in_words(last.reasons))))


def why_not_still_eligible(last: Screening | None, *, under: Eligibility, version: str, on: date) -> Reasons:
    """Reasons why a person is not eligible on a later day than that of the screening.

    A screening is stale when it was made under another version of the protocol, or when the same
    answers would be judged otherwise on this day.
    """
    reasons = why_not_eligible(last)
    if last is None or reasons:
        return reasons
    if last.protocol_version != version or why_not_assess(last.answers, under=under):
        return (Reason(Because.ASSESSMENT_STALE, last.protocol_version),)
    rejudged = assess(last.answers, last.dates, under=under, on=on)
    return only((not rejudged.is_eligible, Reason(Because.NOT_ELIGIBLE, in_words(rejudged.reasons))))


def why_not_screen(*, has_left: bool, is_entered: bool, has_died: bool) -> Reasons:
    """Reasons not to screen, or to end, a referral: it is closed already."""
    return only(
        (has_left, Because.HAS_LEFT), (is_entered, Because.ALREADY_ENTERED), (has_died, Because.HAS_DIED)
    )


def in_words(codes: tuple[str, ...]) -> str:
    """Coded reasons as a person reads them; a code of the protocol's own is shown as it is."""
    derived = {unmet.value: unmet.sentence.lower() for unmet in Unmet}
    return ", ".join(derived.get(code, code.replace("_", " ")) for code in codes)
