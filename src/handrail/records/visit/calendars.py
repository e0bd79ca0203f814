"""The secret addresses of workers' calendars: made anew at will, kept as a keyed hash. Sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.words import Event, Role
from handrail.records.accounts import facts as accounts
from handrail.records.audit import actions as audit
from handrail.records.encryption import blind_index
from handrail.records.visit.models import CalendarAddress


@transaction.atomic
def renew(secret: str, *, by: UUID, at: datetime) -> None:
    """Take a new secret for one's own calendar; the address before is dead from now on."""
    kept = {"secret_index": _index(secret), "made_at": at}
    CalendarAddress.objects.update_or_create(worker_id=by, defaults=kept)
    audit.note(Event.CALENDAR_ADDRESS_MADE, about=None, by=by, at=at)


def made_at(worker_id: UUID) -> datetime | None:
    """When this worker's address was made; none where there is none."""
    return CalendarAddress.objects.filter(worker_id=worker_id).values_list("made_at", flat=True).first()


def worker_of(secret: str) -> UUID | None:
    """Whose calendar this secret opens: that of a peer worker who has not left, or nobody's."""
    rows = CalendarAddress.objects.filter(secret_index=_index(secret)).values_list("worker_id", flat=True)
    worker_id = rows.first()
    if worker_id is None:
        return None
    account = accounts.account(worker_id)
    return worker_id if account.is_active and account.role is Role.PEER_WORKER else None


def _index(secret: str) -> str:
    """Letters count as they are written: a hash of the text folds them."""
    return blind_index(secret.encode().hex())
