"""Somebody deletes all that they wrote: first nothing is shown to anybody, then words and key go."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.records.sharing import actions as sharing
from handrail.records.workbook import throwing_away


@transaction.atomic
def throw_away(entry_id: UUID, *, by: UUID, at: datetime) -> None:
    """Delete everything that is this person's own. The trial's records stay. Raises: NotFound."""
    sharing.forget(entry_id, by=by, at=at)
    throwing_away.throw_away(entry_id, by=by, at=at)
