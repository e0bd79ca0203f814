"""What a person's own pages know of them, and what they are offered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from handrail.domain.protocol import Arm, Protocol
from handrail.domain.refusal import NotFound
from handrail.domain.support import Supported
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.support import facts as support
from handrail.web.shared.viewer import Viewer


@dataclass(frozen=True)
class Own:
    """One person, for their own eyes. Blank before the step has been reached.

    ``hides_offer``: other eyes may be on the page too, so it is the same whatever the person is offered.
    """

    person_id: UUID
    given_name: str
    registration_id: UUID
    entry_id: UUID | None
    entered_on: date | None
    arm: Arm | None
    supported: Supported | None
    hides_offer: bool = False

    @property
    def has_book(self) -> bool:
        """Whether the workbook's online pages are theirs to open."""
        return bool(self.arm and self.arm.workbook and self.arm.workbook.is_online)


def own(viewer: Viewer, *, under: Protocol) -> Own:
    """Everything that this person's pages need. Raises: NotFound before consent."""
    person_id = viewer.id
    entry = enrolment.entry_of_person(person_id)
    registration = None if entry else enrolment.of_person(person_id)
    registration_id = entry.registration_id if entry else registration.id if registration else None
    if registration_id is None:
        raise NotFound("registration")
    mine = Own(
        person_id=person_id,
        given_name=people.person(person_id).given_name,
        registration_id=registration_id,
        entry_id=None,
        entered_on=entry.entered_on if entry else None,
        arm=None,
        supported=None,
        hides_offer=viewer.hides_offer,
    )
    return mine if entry is None or viewer.hides_offer else _with_offer(mine, entry.id, under=under)


def _with_offer(mine: Own, entry_id: UUID, *, under: Protocol) -> Own:
    arm = allocation.offer(mine.registration_id, under=under.arms)
    sessions = arm.peer_sessions if arm else None
    supported = support.supported(entry_id, offer=sessions)
    return replace(mine, entry_id=entry_id, arm=arm, supported=supported)
