"""Hands a caseload over when its worker cannot go on: everybody in one act, or nobody. Sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.dates import local_date
from handrail.domain.ending import Farewell, Placing, WhyLeft, why_not_hand_over
from handrail.domain.protocol import PeerSessions
from handrail.domain.refusal import insist
from handrail.domain.support import is_finished
from handrail.domain.words import Attendance, Event
from handrail.records.accounts import facts as accounts
from handrail.records.audit import actions as audit
from handrail.records.support import actions, facts, models

Offers = Mapping[UUID, PeerSessions]


def to_hand_over(worker_id: UUID, *, offers: Offers, at: datetime) -> tuple[UUID, ...]:
    """The entries of those whom this worker still supports, in the order in which they were paired."""
    on = local_date(at)
    return tuple(
        entry_id
        for entry_id in facts.caseload(worker_id)
        if not is_finished(facts.supported(entry_id, offer=offers.get(entry_id)), on=on)
    )


@transaction.atomic
def hand_over(
    worker_id: UUID,
    why: WhyLeft,
    placings: Collection[Placing],
    *,
    offers: Offers,
    by: UUID,
    at: datetime,
) -> None:
    """Tell everybody of a caseload, pair them anew or keep them to be found, and move what was planned.

    All of it or nothing. Nobody counts as having stopped or said no. Raises: NotFound, Refused.
    """
    accounts.account(worker_id)
    for entry_id in sorted(facts.caseload(worker_id)):
        facts.supported(entry_id, offer=offers.get(entry_id), lock=True)
    caseload = to_hand_over(worker_id, offers=offers, at=at)
    insist(why_not_hand_over(caseload, placings, leaving=worker_id, at=at))
    for one in placings:
        _part(one, worker_id, why, offer=offers.get(one.entry_id), by=by, at=at)
    audit.note(Event.CASELOAD_HANDED_OVER, about=worker_id, by=by, at=at, detail={"count": len(placings)})


def _part(
    one: Placing, leaving: UUID, why: WhyLeft, *, offer: PeerSessions | None, by: UUID, at: datetime
) -> None:
    ahead = models.Session.objects.filter(
        entry_id=one.entry_id, attendance=Attendance.PLANNED, planned_at__gt=at
    )
    if one.worker_id:
        actions.pair(one.entry_id, one.worker_id, offer=offer, by=by, at=at)
        ahead.update(worker_id=one.worker_id)
    else:
        open_pairing = models.Pairing.objects.filter(entry_id=one.entry_id, until_on=None)
        open_pairing.update(until_on=local_date(at))
        ahead.update(attendance=Attendance.CANCELLED)
    if one.worker_id and one.meeting_at:
        actions.plan_session(one.entry_id, planned_at=one.meeting_at, offer=offer, by=by, at=at)
    models.Farewell.objects.create(
        entry_id=one.entry_id,
        worker_id=leaving,
        why=why,
        words=one.words.strip(),
        new_worker_id=one.worker_id,
        meeting_at=one.meeting_at,
        told_by_id=by,
        told_at=at,
    )


def farewell(entry_id: UUID) -> Farewell | None:
    """The last that somebody was told when a worker of theirs could not go on."""
    rows = models.Farewell.objects.filter(entry_id=entry_id).select_related("told_by")
    row = rows.order_by("told_at").last()
    if row is None:
        return None
    return Farewell(entry_id, row.words, row.told_by.name, row.new_worker_id, row.meeting_at, row.told_at)


def left_behind(*, team_code: str) -> tuple[UUID, ...]:
    """Workers whose account is closed, and with whom people of a team are still paired."""
    rows = models.Pairing.objects.filter(
        until_on=None, worker__is_active=False, entry__registration__team_code=team_code
    )
    return tuple(dict.fromkeys(rows.order_by("paired_on").values_list("worker_id", flat=True)))
