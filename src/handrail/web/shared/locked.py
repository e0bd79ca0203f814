"""Whether the data have been locked: some pages are there from then on."""

from __future__ import annotations

from handrail.domain.words import Event
from handrail.records.audit import facts as audit


def is_locked() -> bool:
    """Whether there has been a lock; the ledger says so, wherever its files are now."""
    return audit.has_happened(Event.LOCKED)
