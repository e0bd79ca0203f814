"""Peer sessions: who may be paired, what may be planned and held, and how much a person received. Sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.domain.dates import add_months, in_words, local_date
from handrail.domain.protocol import PeerSessions
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.safety import EventFacts, counts_as_serious
from handrail.domain.words import Attendance, Because, Role, Worded

LONGEST_MINUTES = 240


class SessionPlace(Worded):
    """Where a session is held: as the person prefers, and as is safe."""

    HOME = "home", "At home"
    COMMUNITY = "community", "Somewhere in the community"
    NHS_PREMISES = "nhs_premises", "At a clinic or other NHS building"
    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video call"


@dataclass(frozen=True)
class Meeting:
    """One session with a peer worker."""

    id: UUID
    planned_at: datetime
    attendance: Attendance
    held_on: date | None
    minutes: int | None
    place: str = ""
    parts: tuple[str, ...] = ()  # of the workbook that the two worked on


@dataclass(frozen=True)
class Supported:
    """One person in the trial, as these rules see them; no ``offer`` where the arm has no sessions."""

    entry_id: UUID
    study_number: str
    entered_on: date
    offer: PeerSessions | None
    worker_id: UUID | None
    stopped_on: date | None
    died_on: date | None
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True)
class Worker:
    """A member of staff who might be somebody's peer worker."""

    id: UUID
    role: Role
    is_active: bool


@dataclass(frozen=True)
class Dose:
    """What a person received. Counts are none where attendance is not known: unknown is never nought."""

    held_count: int | None
    missed_count: int | None
    minutes: int | None
    first_on: date | None
    last_on: date | None


UNKNOWN_DOSE = Dose(None, None, None, None, None)


def ends_on(person: Supported) -> date | None:
    """The last day on which a session may be held; none where none is offered."""
    return add_months(person.entered_on, person.offer.within_months) if person.offer else None


def is_finished(person: Supported, *, on: date) -> bool:
    """Whether the two will not meet again: the time has passed, or the person stopped or died."""
    return bool(why_not_choose(person, on=on))


def why_not_support(person: Supported, *, on: date) -> Reasons:
    """Reasons why this person can have no more support at all; asked before every act of this room."""
    return only(
        (person.offer is None, Because.NOT_OFFERED),
        (person.died_on is not None and person.died_on <= on, Because.HAS_DIED),
        (person.stopped_on is not None and person.stopped_on <= on, Because.PROGRAMME_STOPPED),
    )


def why_not_choose(person: Supported, *, on: date) -> Reasons:
    """Reasons why nobody at all can be paired with this person any more, asked before a worker is chosen.

    Meetings that are still to be written up do not need a new worker: the one of the time, or their
    supervisor, says what is known of them.
    """
    last = ends_on(person)
    return why_not_support(person, on=on) + only(
        (last is not None and on > last, Reason(Because.SUPPORT_OVER, _told(last))),
    )


def why_not_pair(person: Supported, worker: Worker, *, on: date) -> Reasons:
    """Reasons why this peer worker cannot be paired with this person. A change of worker is a new pairing."""
    return why_not_choose(person, on=on) + only(
        (worker.role is not Role.PEER_WORKER or not worker.is_active, Because.NOT_A_PEER_WORKER),
        (person.worker_id == worker.id, Because.ALREADY_PAIRED),
    )


def why_not_plan(person: Supported, *, planned_at: datetime, on: date) -> Reasons:
    """Reasons why a session cannot be planned for a moment. One already past may be entered afterwards."""
    day, last = local_date(planned_at), ends_on(person)
    return why_not_support(person, on=on) + only(
        (person.worker_id is None, Because.NOT_PAIRED),
        (day < person.entered_on, Reason(Because.BEFORE_ENTRY, in_words(day))),
        (last is not None and day > last, Reason(Because.SESSION_TOO_LATE, _told(last))),
        (_is_used_up(person), Reason(Because.SESSIONS_USED, _most(person))),
        (planned_at in taken_moments(person), Because.SESSION_CLASHES),
    )


def why_not_hold(
    person: Supported, meeting: Meeting, *, held_at: datetime, minutes: int, on: date
) -> Reasons:
    """Reasons why a session cannot be recorded as held. What was done before a stop may still be recorded."""
    day, last = local_date(held_at), ends_on(person)
    return why_not_support(person, on=day) + only(
        (meeting.attendance is not Attendance.PLANNED, Because.SESSION_SETTLED),
        (day > on, Reason(Because.DAY_TO_COME, in_words(day))),
        (day < person.entered_on, Reason(Because.BEFORE_ENTRY, in_words(day))),
        (last is not None and day > last, Reason(Because.SESSION_TOO_LATE, _told(last))),
        (not 1 <= minutes <= LONGEST_MINUTES, Reason(Because.MINUTES_WRONG, str(LONGEST_MINUTES))),
    )


def why_not_mark(meeting: Meeting, attendance: Attendance) -> Reasons:
    """Reasons why a planned session cannot be recorded as missed or cancelled."""
    return only(
        (attendance not in (Attendance.MISSED, Attendance.CANCELLED), Because.ATTENDANCE_WRONG),
        (meeting.attendance is not Attendance.PLANNED, Because.SESSION_SETTLED),
    )


def why_not_stop(person: Supported, *, on: date) -> Reasons:
    """Reasons why a wish to stop the programme cannot be recorded: anybody may stop, once."""
    return only(
        (person.stopped_on is not None, Because.PROGRAMME_STOPPED),
        (person.died_on is not None and person.died_on <= on, Because.HAS_DIED),
    )


def why_not_lose_attendance(person: Supported, *, is_lost: bool) -> Reasons:
    """Reasons why attendance cannot be recorded as unknown."""
    return only((person.offer is None, Because.NOT_OFFERED), (is_lost, Because.ATTENDANCE_LOST))


def why_not_give_code(person: Supported, *, by: UUID, on: date) -> Reasons:
    """Reasons why a worker cannot give this person a sign-in code: it is for the two while they meet."""
    return why_not_choose(person, on=on) + only((person.worker_id != by, Because.NOT_PAIRED))


def why_not_judge(event: EventFacts, *, is_judged: bool) -> Reasons:
    """Reasons why relatedness cannot be judged: the masked review comes first, and settles if to look.

    An event that a correction made not serious is judged like any other where it could be related.
    """
    return only(
        (not counts_as_serious(event), Because.NOT_SERIOUS),
        (event.could_be_related is None, Because.NOT_REVIEWED),
        (event.could_be_related is False, Because.NOT_RELATED),
        (is_judged, Because.ALREADY_REVIEWED),
    )


def awaits_judgement(event: EventFacts, *, is_judged: bool) -> bool:
    """Whether it waits for somebody who may know the arm: the masked reviewer said it could be related."""
    return counts_as_serious(event) and event.could_be_related is True and not is_judged


def dose(meetings: Iterable[Meeting]) -> Dose:
    """Sessions held and missed, minutes in all, first and last day."""
    meetings = tuple(meetings)
    held = [one for one in meetings if one.attendance is Attendance.HELD]
    days = sorted(one.held_on for one in held if one.held_on)
    return Dose(
        held_count=len(held),
        missed_count=sum(one.attendance is Attendance.MISSED for one in meetings),
        minutes=sum(one.minutes or 0 for one in held),
        first_on=days[0] if days else None,
        last_on=days[-1] if days else None,
    )


def is_adherent(received: Dose, *, under: PeerSessions) -> bool | None:
    """Whether enough sessions were held to count as having taken part; none where attendance is not known."""
    return None if received.held_count is None else received.held_count >= under.adherent_count


def next_due(person: Supported, *, on: date) -> datetime | None:
    """The next session planned on or after a day."""
    planned = (one.planned_at for one in person.meetings if one.attendance is Attendance.PLANNED)
    return min((moment for moment in planned if local_date(moment) >= on), default=None)


def sessions_left(person: Supported) -> int:
    """How many sessions may still be planned. Missed and cancelled ones do not use the offer up."""
    using = sum(one.attendance in (Attendance.PLANNED, Attendance.HELD) for one in person.meetings)
    return max(0, person.offer.maximum_count - using) if person.offer else 0


def taken_moments(person: Supported) -> frozenset[datetime]:
    """The moments at which the two have a meeting already; one that was called off leaves its time free."""
    return frozenset(one.planned_at for one in person.meetings if one.attendance is not Attendance.CANCELLED)


def _is_used_up(person: Supported) -> bool:
    return person.offer is not None and sessions_left(person) == 0


def _most(person: Supported) -> str:
    return str(person.offer.maximum_count) if person.offer else "0"


def _told(day: date | None) -> str:
    return in_words(day) if day else ""
