"""What a person's own pages know of them, and what they are offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.domain.protocol import Arm, Protocol
from handrail.domain.refusal import NotFound
from handrail.domain.support import Supported
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.support import facts as support


@dataclass(frozen=True)
class Own:
    """One person, for their own eyes. Blank before the step has been reached."""

    person_id: UUID
    given_name: str
    registration_id: UUID
    entry_id: UUID | None
    entered_on: date | None
    arm: Arm | None
    supported: Supported | None

    @property
    def has_book(self) -> bool:
        """Whether the workbook's online pages are theirs to open."""
        return bool(self.arm and self.arm.workbook and self.arm.workbook.is_online)


def own(person_id: UUID, *, under: Protocol) -> Own:
    """Everything that this person's pages need. Raises: NotFound before consent."""
    registration = enrolment.of_person(person_id)
    if registration is None:
        raise NotFound("registration")
    entry = enrolment.entry_of(registration.id)
    arm = allocation.offer(registration.id, under=under.arms)
    sessions = arm.peer_sessions if arm else None
    return Own(
        person_id=person_id,
        given_name=people.person(person_id).given_name,
        registration_id=registration.id,
        entry_id=entry.id if entry else None,
        entered_on=entry.entered_on if entry else None,
        arm=arm,
        supported=support.supported(entry.id, offer=sessions) if entry else None,
    )
