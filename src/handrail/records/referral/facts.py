"""What is known of referrals: masked-safe, before entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.domain.eligibility import CareDates, Screening
from handrail.domain.refusal import NotFound
from handrail.domain.words import Exit
from handrail.records.question import Question, Row
from handrail.records.referral.models import Assessment, Referral

_REFERRAL = (
    *("id", "person_id", "referral_number", "team_code", "received_on", "caseload_from", "discharged_on"),
    *("departure__exit", "departure__left_on"),
)
_ASSESSED = (*("number", "answers", "answered_on", "is_eligible", "reasons", "warnings", "protocol_version"),)

_BY_ID = Question(lambda key: Referral.objects.filter(id=key).values_list(*_REFERRAL))
_LATEST = Question(
    lambda person_id: (
        Referral.objects.filter(person_id=person_id).order_by("-received_on").values_list(*_REFERRAL)[:1]
    )
)
_ASSESSMENTS = Question(
    lambda key: Assessment.objects.filter(referral_id=key).order_by("number").values_list(*_ASSESSED)
)
_PERSON = Question(lambda key: Referral.objects.filter(id=key).values_list("person_id"))
_BY_NUMBER = Question(lambda text: Referral.objects.filter(referral_number=text).values_list("id"))


@dataclass(frozen=True)
class AssessmentFacts:
    """One screening as it was judged, by number within its referral."""

    number: int
    answers: Mapping[str, bool]
    answered_on: date
    is_eligible: bool
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    protocol_version: str


@dataclass(frozen=True)
class ReferralFacts:
    """One referral, its screenings oldest first, and how it ended before entry, if it did."""

    id: UUID
    person_id: UUID
    referral_number: str
    team_code: str
    received_on: date
    caseload_from: date
    discharged_on: date | None
    assessments: tuple[AssessmentFacts, ...]
    exit: Exit | None
    left_on: date | None

    @property
    def last_assessment(self) -> AssessmentFacts | None:
        """The screening that counts: the last one."""
        return self.assessments[-1] if self.assessments else None


def referral(referral_id: UUID) -> ReferralFacts:
    """One referral. Raises: NotFound."""
    row = _BY_ID.row(referral_id)
    if row is None:
        raise NotFound("referral")
    return _facts(row, _ASSESSMENTS.rows(referral_id))


def person_of(referral_id: UUID) -> UUID:
    """The person whom a referral is about: enough to hold them before reading the rest. Raises: NotFound."""
    person_id: UUID | None = _PERSON.one(referral_id)
    if person_id is None:
        raise NotFound("referral")
    return person_id


def latest_of(person_id: UUID) -> ReferralFacts | None:
    """A person's newest referral."""
    row = _LATEST.row(person_id)
    return _facts(row, _ASSESSMENTS.rows(row[0])) if row else None


def referrals(*, team_code: str = "", is_open: bool | None = None) -> tuple[ReferralFacts, ...]:
    """Referrals by day, then number: of one team or all; open means that nobody recorded a departure."""
    rows = Referral.objects.order_by("received_on", "referral_number")
    if team_code:
        rows = rows.filter(team_code=team_code)
    if is_open is not None:
        rows = rows.filter(departure__isnull=is_open)
    found = list(rows.values_list(*_REFERRAL))
    assessed: dict[UUID, list[Row]] = defaultdict(list)
    for row in Assessment.objects.filter(referral__in=rows.order_by()).values_list("referral_id", *_ASSESSED):
        assessed[row[0]].append(row[1:])
    return tuple(_facts(row, assessed[row[0]]) for row in found)


class NumbersTaken:
    """The referral numbers in use: asked one at a time, so that a large trial costs no more."""

    def __contains__(self, number: object) -> bool:
        return _BY_NUMBER.row(str(number)) is not None


def screening(referral: ReferralFacts, born_on: date) -> Screening | None:
    """A referral's last screening as the rules ask for it; None before the first."""
    last = referral.last_assessment
    if last is None:
        return None
    dates = CareDates(born_on, referral.caseload_from, referral.discharged_on)
    return Screening(last.answers, dates, last.is_eligible, last.reasons, last.protocol_version)


def _facts(row: Row, assessed: Iterable[Row]) -> ReferralFacts:
    """From ``_REFERRAL``, and ``_ASSESSED`` of each of its assessments."""
    referral_id, person_id, number, team_code, received_on, caseload_from, discharged_on, exit, left_on = row
    return ReferralFacts(
        id=referral_id,
        person_id=person_id,
        referral_number=number,
        team_code=team_code,
        received_on=received_on,
        caseload_from=caseload_from,
        discharged_on=discharged_on,
        assessments=tuple(_assessment(item) for item in assessed),
        exit=Exit(exit) if exit else None,
        left_on=left_on,
    )


def _assessment(row: Row) -> AssessmentFacts:
    number, answers, answered_on, is_eligible, reasons, warnings, version = row
    return AssessmentFacts(
        number, answers, answered_on, is_eligible, tuple(reasons), tuple(warnings), version
    )
