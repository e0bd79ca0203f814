"""Whom a worker covers today: their people are the cover's to see on those days, and not a day longer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handrail.records.accounts import facts as accounts
from handrail.records.accounts.facts import AccountFacts
from handrail.records.supervision import facts as supervision


def covered(worker_id: UUID, *, on: date) -> tuple[AccountFacts, ...]:
    """Whoever is away on a day and is covered by this worker, by name."""
    away = (accounts.account(one) for one in supervision.covered_by(worker_id, on=on))
    return tuple(sorted(away, key=lambda one: (one.name, one.email)))
