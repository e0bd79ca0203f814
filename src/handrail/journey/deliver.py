"""What an arm offers is given: peer sessions, or a workbook by post, or online pages. Sealed.

The arm says only what it offers; no code here names one. Whether a person has stopped is asked before
every act, so that nothing has to be undone from outside the sealed wing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.chance import Pick
from handrail.domain.dates import local_date
from handrail.domain.meeting import Why
from handrail.domain.protocol import Arm, Protocol
from handrail.domain.refusal import insist
from handrail.domain.safe_contact import Way, may_use
from handrail.domain.support import SessionPlace, why_not_give_code
from handrail.domain.words import Attendance, Posting, Relatedness
from handrail.domain.workbook import Part
from handrail.exchange.mail import Parcel
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import codes, safe_contact
from handrail.records.people import facts as people
from handrail.records.people.facts import PersonFacts
from handrail.records.post import actions as post
from handrail.records.post import facts as parcels
from handrail.records.support import actions as support
from handrail.records.support import facts as supported

NO_DAYS: frozenset[date] = frozenset()


@transaction.atomic
def pair(entry_id: UUID, worker_id: UUID, *, under: Protocol, by: UUID, at: datetime) -> None:
    """Pair somebody with a peer worker, or change the worker. Raises: NotFound, Refused."""
    support.pair(entry_id, worker_id, offer=_arm(entry_id, under).peer_sessions, by=by, at=at)


@transaction.atomic
def plan_session(entry_id: UUID, *, planned_at: datetime, under: Protocol, by: UUID, at: datetime) -> UUID:
    """Plan a session, and return its id. Raises: NotFound, Refused."""
    offer = _arm(entry_id, under).peer_sessions
    return support.plan_session(entry_id, planned_at=planned_at, offer=offer, by=by, at=at)


@transaction.atomic
def hold_session(
    session_id: UUID,
    *,
    minutes: int,
    held_at: datetime,
    place: SessionPlace,
    used: Collection[str] = (),
    parts: Collection[Part] = (),
    under: Protocol,
    by: UUID,
    at: datetime,
) -> None:
    """Record that a session was held; ``used``: codes of the ``parts`` used. Raises: NotFound, Refused."""
    entry_id, _ = supported.meeting(session_id)
    support.hold_session(
        session_id,
        minutes=minutes,
        held_at=held_at,
        place=place,
        used=used,
        parts=parts,
        offer=_arm(entry_id, under).peer_sessions,
        by=by,
        at=at,
    )


@transaction.atomic
def mark_session(
    session_id: UUID,
    attendance: Attendance,
    *,
    why: Why | None = None,
    under: Protocol,
    by: UUID,
    at: datetime,
) -> None:
    """Record that a session was missed or cancelled, and why where it was said. Raises: NotFound, Refused."""
    entry_id, _ = supported.meeting(session_id)
    offer = _arm(entry_id, under).peer_sessions
    support.mark_session(session_id, attendance, why=why, offer=offer, by=by, at=at)


@transaction.atomic
def lose_attendance(entry_id: UUID, *, under: Protocol, by: UUID, at: datetime) -> None:
    """Record that somebody's attendance cannot be known. Raises: NotFound, Refused."""
    support.lose_attendance(entry_id, offer=_arm(entry_id, under).peer_sessions, by=by, at=at)


@transaction.atomic
def give_code(entry_id: UUID, *, pick: Pick, under: Protocol, by: UUID, at: datetime) -> str:
    """A sign-in code for somebody whom this peer worker supports, face to face. Raises: NotFound, Refused."""
    person = supported.supported(entry_id, offer=_arm(entry_id, under).peer_sessions, lock=True)
    insist(why_not_give_code(person, by=by, on=local_date(at)))
    return codes.issue_code(enrolment.entry(entry_id).person_id, pick=pick, by=by, at=at)


@transaction.atomic
def stop(entry_id: UUID, *, under: Protocol, by: UUID, at: datetime) -> None:
    """Record that somebody stops the programme, whatever it offers them. Raises: NotFound, Refused."""
    support.stop(entry_id, offer=_arm(entry_id, under).peer_sessions, by=by, at=at)


@transaction.atomic
def judge(
    event_id: UUID, relatedness: Relatedness, *, was_found_by_worker: bool, by: UUID, at: datetime
) -> None:
    """Sign how far an adverse event is related. Raises: NotFound, Refused."""
    support.judge(event_id, relatedness, was_found_by_worker=was_found_by_worker, by=by, at=at)


@transaction.atomic
def order_workbook(
    entry_id: UUID,
    *,
    under: Protocol,
    holidays: frozenset[date] = NO_DAYS,
    by: UUID,
    at: datetime,
) -> None:
    """Order a workbook by post. Raises: NotFound, Refused."""
    offer, stopped_on = _arm(entry_id, under).workbook, supported.stopped_on(entry_id)
    post.order(entry_id, offer=offer, stopped_on=stopped_on, holidays=holidays, by=by, at=at)


@transaction.atomic
def post_workbook(entry_id: UUID, *, under: Protocol, by: UUID, at: datetime) -> None:
    """Record that a workbook went into the post. Raises: NotFound, Refused."""
    person = people.person(enrolment.entry(entry_id).person_id)
    post.send(
        entry_id,
        offer=_arm(entry_id, under).workbook,
        stopped_on=supported.stopped_on(entry_id),
        has_address=_has_address(person),
        is_post_safe=may_use(safe_contact.card(person.id), Way.POST),
        by=by,
        at=at,
    )


@transaction.atomic
def record_return(
    entry_id: UUID, *, returned_on: date | None = None, under: Protocol, by: UUID, at: datetime
) -> None:
    """Record that a workbook came back undelivered. Raises: NotFound, Refused."""
    offer = _arm(entry_id, under).workbook
    post.take_back(entry_id, offer=offer, returned_on=returned_on, by=by, at=at)


@transaction.atomic
def list_posting(*, by: UUID, at: datetime) -> tuple[Parcel, ...]:
    """What there is to post, with names and addresses; the ledger keeps that the list was made.

    Those who died, stopped, have no full address or call post unsafe are left out;
    :func:`post_workbook` says why.
    """
    stops = supported.stops()
    waiting = [one for one in parcels.parcels(state=Posting.ORDERED) if one.entry_id not in stops]
    entries = {entry.id: entry for entry in enrolment.entries()}
    known = people.people(entries[one.entry_id].person_id for one in waiting)
    found = [(one, known[entries[one.entry_id].person_id]) for one in waiting]
    cards = safe_contact.cards(known)
    post.note_list(by=by, at=at)
    return tuple(
        Parcel(
            study_number=parcel.study_number,
            name=f"{person.given_name} {person.surname}",
            address=person.contact.address,
            postcode=person.contact.postcode,
            due_on=parcel.due_on,
        )
        for parcel, person in found
        if person.died_on is None and _has_address(person) and may_use(cards.get(person.id), Way.POST)
    )


def _arm(entry_id: UUID, under: Protocol) -> Arm:
    return under.arm(allocation.arm_of(entry_id))


def _has_address(person: PersonFacts) -> bool:
    return bool(person.contact.address.strip() and person.contact.postcode.strip())
