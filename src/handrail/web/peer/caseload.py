"""What a peer worker's pages show: the people they support now, and nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.domain.dates import local_date
from handrail.domain.protocol import Arm
from handrail.domain.refusal import NotFound
from handrail.domain.support import Supported, dose, ends_on, is_finished, next_due, sessions_left
from handrail.domain.words import Attendance
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.people.facts import PersonFacts
from handrail.records.support import facts as support
from handrail.web.shared.viewer import Viewer


@dataclass(frozen=True)
class Companion:
    """One person whom a peer worker supports, and where the two have got to."""

    entry_id: UUID
    person: PersonFacts
    supported: Supported
    held: int
    most: int
    left: int  # meetings that may still be planned: none once the two have finished
    untold: int  # meetings that were planned for a day now past, of which nobody has said how they went
    next_at: datetime | None
    ends_on: date | None
    is_attendance_lost: bool


def caseload(worker_id: UUID, *, arms: tuple[Arm, ...], on: date) -> tuple[Companion, ...]:
    """Everybody whom this worker supports now: those with the next meeting first, then by first name."""
    rows = _companions(support.caseload(worker_id), arms=arms, on=on)
    return tuple(sorted(rows, key=_next_first))


def companion(viewer: Viewer, entry_id: UUID, *, arms: tuple[Arm, ...], on: date) -> Companion:
    """One person in the viewer's own caseload. Raises: NotFound, also for everybody else's people."""
    if not support.is_of(entry_id, worker_id=viewer.id):
        raise NotFound("entry")
    (found,) = _companions((entry_id,), arms=arms, on=on)
    return found


def _next_first(one: Companion) -> tuple[bool, str, str]:
    return one.next_at is None, one.next_at.isoformat() if one.next_at else "", one.person.given_name


def _untold(supported: Supported, on: date) -> int:
    return sum(
        one.attendance is Attendance.PLANNED and local_date(one.planned_at) < on for one in supported.meetings
    )


def _companions(entry_ids: Iterable[UUID], *, arms: tuple[Arm, ...], on: date) -> list[Companion]:
    entries = {entry.id: entry for entry in enrolment.entries()}
    wanted = [entries[entry_id] for entry_id in entry_ids]
    persons = people.people(entry.person_id for entry in wanted)
    lost = support.attendance_unknown()
    rows = []
    for entry in wanted:
        arm = allocation.offer(entry.registration_id, under=arms)
        supported = support.supported(entry.id, offer=arm.peer_sessions if arm else None)
        rows.append(
            Companion(
                entry_id=entry.id,
                person=persons[entry.person_id],
                supported=supported,
                held=dose(supported.meetings).held_count or 0,
                most=supported.offer.maximum_count if supported.offer else 0,
                left=0 if is_finished(supported, on=on) else sessions_left(supported),
                untold=0 if entry.id in lost else _untold(supported, on),
                next_at=next_due(supported, on=on),
                ends_on=ends_on(supported),
                is_attendance_lost=entry.id in lost,
            )
        )
    return rows
