"""What is known of referrals: masked-safe, before entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from handrail.domain.eligibility import CareDates, Screening
from handrail.domain.refusal import NotFound
from handrail.domain.words import Exit
from handrail.records.referral.models import Assessment, Referral


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
    row = _rows().filter(id=referral_id).first()
    if row is None:
        raise NotFound("referral")
    return _facts(row)


def person_of(referral_id: UUID) -> UUID:
    """The person whom a referral is about: enough to hold them before reading the rest. Raises: NotFound."""
    person_id = Referral.objects.filter(id=referral_id).values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotFound("referral")
    return person_id


def latest_of(person_id: UUID) -> ReferralFacts | None:
    """A person's newest referral."""
    row = _rows().filter(person_id=person_id).order_by("-received_on").first()
    return _facts(row) if row else None


def referrals(*, team_code: str = "", is_open: bool | None = None) -> tuple[ReferralFacts, ...]:
    """Referrals by day, then number: of one team or all; open means that nobody recorded a departure."""
    rows = _rows().order_by("received_on", "referral_number")
    if team_code:
        rows = rows.filter(team_code=team_code)
    if is_open is not None:
        rows = rows.filter(departure__isnull=is_open)
    return tuple(_facts(row) for row in rows)


class NumbersTaken:
    """The referral numbers in use: asked one at a time, so that a large trial costs no more."""

    def __contains__(self, number: object) -> bool:
        return Referral.objects.filter(referral_number=number).exists()


def screening(referral: ReferralFacts, born_on: date) -> Screening | None:
    """A referral's last screening as the rules ask for it; None before the first."""
    last = referral.last_assessment
    if last is None:
        return None
    dates = CareDates(born_on, referral.caseload_from, referral.discharged_on)
    return Screening(last.answers, dates, last.is_eligible, last.reasons, last.protocol_version)


def _rows() -> QuerySet[Referral]:
    return Referral.objects.select_related("departure").prefetch_related("assessments")


def _facts(row: Referral) -> ReferralFacts:
    departure = getattr(row, "departure", None)
    return ReferralFacts(
        id=row.id,
        person_id=row.person_id,
        referral_number=row.referral_number,
        team_code=row.team_code,
        received_on=row.received_on,
        caseload_from=row.caseload_from,
        discharged_on=row.discharged_on,
        assessments=tuple(_assessment(item) for item in row.assessments.all()),
        exit=Exit(departure.exit) if departure else None,
        left_on=departure.left_on if departure else None,
    )


def _assessment(row: Assessment) -> AssessmentFacts:
    return AssessmentFacts(
        number=row.number,
        answers=row.answers,
        answered_on=row.answered_on,
        is_eligible=row.is_eligible,
        reasons=tuple(row.reasons),
        warnings=tuple(row.warnings),
        protocol_version=row.protocol_version,
    )
