"""Who is told of each rung that a visit has come to, and whether it reached them. Sealed.

Made from times and from who works here now: it says so where no message was ever tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.domain.visit import Rang, Rung, VisitFacts, reached, supervisors_of
from handrail.domain.words import Role
from handrail.records.accounts import facts as accounts
from handrail.records.accounts.facts import AccountFacts
from handrail.records.visit import models


@dataclass(frozen=True)
class Told:
    """One colleague whose turn has come; ``sent_at`` is none until a message has gone."""

    visit_id: UUID
    rung: Rung
    reached_at: datetime
    account: AccountFacts
    sent_at: datetime | None


@dataclass(frozen=True)
class CallFacts:
    """Who rang whom about an overdue worker, and when."""

    rang: Rang
    was_answered: bool
    by_name: str
    at: datetime


def supervisors(visit: VisitFacts) -> tuple[AccountFacts, ...]:
    """The supervisors whose turn it is when a worker stays overdue."""
    everybody = accounts.accounts(role=Role.PEER_SUPERVISOR, is_active=True)
    chosen = supervisors_of(visit.team_code, [(one.id, one.team_code) for one in everybody])
    return tuple(one for one in everybody if one.id in chosen)


def told(visit: VisitFacts, *, at: datetime) -> tuple[Told, ...]:
    """Everybody whose turn has come by a moment, in order, and whether a message to them went."""
    sent = {
        (row.rung, row.reached_at, row.account_id): row.sent_at
        for row in models.Notice.objects.filter(visit_id=visit.id)
    }
    return tuple(
        Told(visit.id, step.rung, step.at, one, sent.get((step.rung.value, step.at, one.id)))
        for step in reached(visit, at=at)
        for one in _turn_of(visit, step.rung)
    )


def calls(visit_id: UUID) -> tuple[CallFacts, ...]:
    """The telephone calls about a visit, in order."""
    rows = models.Call.objects.filter(visit_id=visit_id).select_related("by").order_by("at", "id")
    return tuple(CallFacts(Rang(row.rang), row.was_answered, row.by.name, row.at) for row in rows)


def _turn_of(visit: VisitFacts, rung: Rung) -> tuple[AccountFacts, ...]:
    if rung is not Rung.BUDDY:
        return supervisors(visit)
    return (accounts.account(visit.buddy_id),) if visit.buddy_id else ()
