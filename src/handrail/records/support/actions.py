"""Writes pairings, sessions, stops and judgements. Sealed: its ledger lines are read only in this wing.

What an arm offers comes from the protocol by way of the caller: this room knows nobody's arm.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain import support as rules
from handrail.domain.dates import local_date
from handrail.domain.meeting import ChangeReason, Whose, Why, why_not_call_off, why_not_move
from handrail.domain.protocol import PeerSessions
from handrail.domain.refusal import insist
from handrail.domain.support import Meeting, SessionPlace, Worker
from handrail.domain.words import Attendance, Event, Relatedness
from handrail.domain.workbook import Part
from handrail.records.accounts import facts as accounts
from handrail.records.audit import actions as audit
from handrail.records.safety import facts as safety
from handrail.records.support import facts, models

Offer = PeerSessions | None


@transaction.atomic
def pair(entry_id: UUID, worker_id: UUID, *, offer: Offer, by: UUID, at: datetime) -> None:
    """Pair somebody with a peer worker; an earlier pairing ends that day. Raises: NotFound, Refused."""
    on = local_date(at)
    person = facts.supported(entry_id, offer=offer, lock=True)
    account = accounts.account(worker_id)
    worker = Worker(account.id, account.role, account.is_active)
    insist(rules.why_not_pair(person, worker, on=on))
    models.Pairing.objects.filter(entry_id=entry_id, until_on=None).update(until_on=on)
    models.Pairing.objects.create(entry_id=entry_id, worker_id=worker_id, paired_on=on, paired_by=by)
    audit.note(Event.PAIRED, about=entry_id, by=by, at=at)


@transaction.atomic
def plan_session(entry_id: UUID, *, planned_at: datetime, offer: Offer, by: UUID, at: datetime) -> UUID:
    """Plan a session with the worker somebody is paired with. Raises: NotFound, Refused."""
    person = facts.supported(entry_id, offer=offer, lock=True)
    insist(rules.why_not_plan(person, planned_at=planned_at, on=local_date(at)))
    assert person.worker_id is not None  # the rule above refuses when there is none
    made = models.Session.objects.create(
        entry_id=entry_id,
        worker_id=person.worker_id,
        planned_at=planned_at,
        attendance=Attendance.PLANNED,
    )
    audit.note(Event.SESSION_PLANNED, about=entry_id, by=by, at=at)
    return made.id


@transaction.atomic
def hold_session(
    session_id: UUID,
    *,
    minutes: int,
    held_at: datetime,
    place: SessionPlace,
    used: Collection[str] = (),
    parts: Collection[Part] = (),
    offer: Offer,
    by: UUID,
    at: datetime,
) -> None:
    """Record that a planned session was held, and which parts were used. Raises: NotFound, Refused."""
    entry_id, _ = facts.meeting(session_id)
    person = facts.supported(entry_id, offer=offer, lock=True)
    _, meeting = facts.meeting(session_id)  # read again now that the person is locked
    insist(rules.why_not_hold(person, meeting, held_at=held_at, minutes=minutes, on=local_date(at)))
    models.Session.objects.filter(id=session_id).update(
        attendance=Attendance.HELD,
        held_on=local_date(held_at),
        minutes=minutes,
        place=place,
        parts=facts.kept_parts(used, parts),
    )
    audit.note(Event.SESSION_HELD, about=entry_id, by=by, at=at)


@transaction.atomic
def mark_session(
    session_id: UUID,
    attendance: Attendance,
    *,
    why: Why | None = None,
    offer: Offer,
    by: UUID,
    at: datetime,
) -> None:
    """Record that a planned session was missed or cancelled, and why where it was said.

    Raises: NotFound, Refused.
    """
    entry_id, _ = facts.meeting(session_id)
    facts.supported(entry_id, offer=offer, lock=True)
    _, meeting = facts.meeting(session_id)
    insist(rules.why_not_mark(meeting, attendance))
    models.Session.objects.filter(id=session_id).update(attendance=attendance)
    if why is not None:
        _keep_change(meeting, None, why, by=by, at=at)
    audit.note(Event.SESSION_MARKED, about=entry_id, by=by, at=at)


@transaction.atomic
def call_off(session_id: UUID, *, reason: ChangeReason, offer: Offer, by: UUID, at: datetime) -> None:
    """A person calls off a meeting that is still to come. Raises: NotFound, Refused."""
    _, meeting = facts.meeting(session_id)
    insist(why_not_call_off(meeting, at=at))
    why = Why(Whose.PERSON, reason)
    mark_session(session_id, Attendance.CANCELLED, why=why, offer=offer, by=by, at=at)


@transaction.atomic
def move_session(
    session_id: UUID, *, planned_at: datetime, why: Why, offer: Offer, by: UUID, at: datetime
) -> None:
    """Move a planned session to another moment; the old one is kept. Raises: NotFound, Refused."""
    entry_id, _ = facts.meeting(session_id)
    person = facts.supported(entry_id, offer=offer, lock=True)
    _, meeting = facts.meeting(session_id)
    insist(why_not_move(person, meeting, planned_at=planned_at, on=local_date(at)))
    models.Session.objects.filter(id=session_id).update(planned_at=planned_at)
    _keep_change(meeting, planned_at, why, by=by, at=at)
    audit.note(Event.SESSION_MOVED, about=entry_id, by=by, at=at)


def _keep_change(meeting: Meeting, now_at: datetime | None, why: Why, *, by: UUID, at: datetime) -> None:
    models.Change.objects.create(
        session_id=meeting.id,
        was_at=meeting.planned_at,
        now_at=now_at,
        whose=why.whose,
        reason=why.reason,
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def lose_attendance(entry_id: UUID, *, offer: Offer, by: UUID, at: datetime) -> None:
    """Record that somebody's attendance cannot be known. Raises: NotFound, Refused."""
    person = facts.supported(entry_id, offer=offer, lock=True)
    is_lost = entry_id in facts.attendance_unknown()
    insist(rules.why_not_lose_attendance(person, is_lost=is_lost))
    models.AttendanceGap.objects.create(entry_id=entry_id, recorded_by=by, recorded_at=at)
    audit.note(Event.ATTENDANCE_UNKNOWN, about=entry_id, by=by, at=at)


@transaction.atomic
def stop(entry_id: UUID, *, offer: Offer, by: UUID, at: datetime) -> None:
    """Record that somebody stops the programme from today. Sessions still planned are called off.

    Interviews and records go on unless the person says so too. Raises: NotFound, Refused.
    """
    on = local_date(at)
    person = facts.supported(entry_id, offer=offer, lock=True)
    insist(rules.why_not_stop(person, on=on))
    models.ProgrammeStop.objects.create(entry_id=entry_id, stopped_on=on, recorded_by=by, recorded_at=at)
    ahead = models.Session.objects.filter(entry_id=entry_id, attendance=Attendance.PLANNED)
    ahead.filter(planned_at__gt=at).update(attendance=Attendance.CANCELLED)
    audit.note(Event.PROGRAMME_STOPPED, about=entry_id, by=by, at=at)


@transaction.atomic
def judge(
    event_id: UUID,
    relatedness: Relatedness,
    *,
    was_found_by_worker: bool,
    by: UUID,
    at: datetime,
) -> None:
    """Sign an unmasked judgement of a serious event, after the masked review. Raises: NotFound, Refused.

    Also of one that a correction made not serious: it was reviewed because it had been.
    """
    event = safety.event(event_id, lock=True)
    is_judged = models.Relatedness.objects.filter(event_id=event_id).exists()
    insist(rules.why_not_judge(event, is_judged=is_judged))
    models.Relatedness.objects.create(
        event_id=event_id,
        relatedness=relatedness,
        was_found_by_worker=was_found_by_worker,
        signed_by=by,
        signed_at=at,
    )
    audit.note(Event.RELATEDNESS_JUDGED, about=event.registration_id, by=by, at=at)
