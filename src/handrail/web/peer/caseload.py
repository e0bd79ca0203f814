"""What a peer worker's pages show: the people they support now, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from handrail.domain.dates import local_date
from handrail.domain.ending import Countdown, countdown
from handrail.domain.meeting import (
    Diary,
    Reader,
    Writing,
    agenda,
    asked_for_another_time,
    called_off_by_person,
    clash,
)
from handrail.domain.meeting_log import Promise, still_open
from handrail.domain.protocol import Arm
from handrail.domain.refusal import NotFound
from handrail.domain.support import Meeting, Supported, dose, ends_on, is_finished, sessions_left
from handrail.domain.words import Attendance
from handrail.records.accounts.facts import AccountFacts
from handrail.records.allocation import facts as allocation
from handrail.records.people import facts as people
from handrail.records.people.facts import PersonFacts
from handrail.records.support import diary as diaries
from handrail.records.support import facts as support
from handrail.records.support.facts import CaseloadFacts
from handrail.web.peer.cover import covered
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
    next: Meeting | None
    ends_on: date | None
    countdown: Countdown | None  # from the first meeting on, until the meetings end
    is_attendance_lost: bool
    diary: Diary
    agenda: str  # what the person would like to talk about next, in their own words
    asks: Writing | None  # that they ask for another time for the next meeting
    called_off: tuple[Meeting, ...]  # by the person, and still to come
    promises: tuple[Promise, ...]  # of either, of which nobody has said what came of them
    cover_for: str = ""  # who is away, where the viewer covers for them today
    clashes: bool = False  # the next meeting, with another one of this worker's


def reader(viewer: Viewer) -> Reader:
    """The viewer as the rules of the meeting log see them."""
    return Reader(viewer.id, viewer.role, viewer.team_code)


def caseload(viewer: Viewer, *, arms: tuple[Arm, ...], at: datetime) -> tuple[Companion, ...]:
    """Everybody whom this worker supports, or covers today: the next meeting first, then by first name."""
    rows = _companions(reader(viewer), support.caseload_facts(viewer.id), arms=arms, at=at)
    for away in covered(viewer.id, on=local_date(at)):
        theirs = _companions(_as(away), support.caseload_facts(away.id), arms=arms, at=at)
        rows += [replace(one, cover_for=away.name) for one in theirs]
    ahead = [(row.entry_id, one.planned_at) for row in rows for one in _ahead(row.supported, local_date(at))]
    marked = [replace(row, clashes=_clashes(row, ahead)) for row in rows]
    return tuple(sorted(marked, key=_next_first))


def companion(viewer: Viewer, entry_id: UUID, *, arms: tuple[Arm, ...], at: datetime) -> Companion:
    """One person whom the viewer supports, or covers today. Raises: NotFound, also for all others."""
    found = support.caseload_facts(viewer.id, entry_id=entry_id)
    if found:
        return _companions(reader(viewer), found, arms=arms, at=at)[0]
    for away in covered(viewer.id, on=local_date(at)):
        found = support.caseload_facts(away.id, entry_id=entry_id)
        if found:
            return replace(_companions(_as(away), found, arms=arms, at=at)[0], cover_for=away.name)
    raise NotFound("entry")


def _as(away: AccountFacts) -> Reader:
    """Whoever covers reads the log as the one who is away does."""
    return Reader(away.id, away.role, away.team_code)


def _next_first(one: Companion) -> tuple[bool, str, str]:
    return one.next is None, one.next.planned_at.isoformat() if one.next else "", one.person.given_name


def _ahead(supported: Supported, on: date) -> list[Meeting]:
    planned = (one for one in supported.meetings if one.attendance is Attendance.PLANNED)
    return [one for one in planned if local_date(one.planned_at) >= on]


def _clashes(row: Companion, ahead: list[tuple[UUID, datetime]]) -> bool:
    at = row.next.planned_at if row.next else None
    return at is not None and any(other != row.entry_id and clash(at, moment) for other, moment in ahead)


def _untold(supported: Supported, on: date) -> int:
    return sum(
        one.attendance is Attendance.PLANNED and local_date(one.planned_at) < on for one in supported.meetings
    )


def _companions(
    who: Reader, found: tuple[CaseloadFacts, ...], *, arms: tuple[Arm, ...], at: datetime
) -> list[Companion]:
    """Each of them, in as many questions for forty as for one."""
    ids = [one.supported.entry_id for one in found]
    persons = people.people(one.person_id for one in found)
    offers = allocation.offers(under=arms, entry_ids=ids)
    told = diaries.diaries(ids, reader=who)
    rows = []
    for one in found:
        supported = replace(one.supported, offer=offers[one.supported.entry_id].peer_sessions)
        whole = replace(one, supported=supported)
        rows.append(_companion(whole, persons[one.person_id], told[supported.entry_id], at=at))
    return rows


def _companion(one: CaseloadFacts, person: PersonFacts, told: Diary, *, at: datetime) -> Companion:
    supported, on = one.supported, local_date(at)
    ahead = _ahead(supported, on)
    return Companion(
        entry_id=supported.entry_id,
        person=person,
        supported=supported,
        held=dose(supported.meetings).held_count or 0,
        most=supported.offer.maximum_count if supported.offer else 0,
        left=0 if is_finished(supported, on=on) else sessions_left(supported),
        untold=0 if one.is_attendance_lost else _untold(supported, on),
        next=ahead[0] if ahead else None,
        ends_on=ends_on(supported),
        countdown=countdown(supported, on=on),
        is_attendance_lost=one.is_attendance_lost,
        diary=told,
        agenda=agenda(told, supported.meetings),
        asks=asked_for_another_time(told, ahead[0]) if ahead else None,
        called_off=called_off_by_person(told, supported.meetings, at=at),
        promises=still_open(told),
    )
