"""The sealed tables of a lock: rows of ``domain.extract.SEALED_TABLES``. They leave only encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from handrail.domain import extract
from handrail.domain.protocol import Protocol
from handrail.domain.safety import is_serious
from handrail.domain.support import UNKNOWN_DOSE, dose
from handrail.exchange.files import Cell
from handrail.records.allocation import facts as allocation
from handrail.records.post import facts as post
from handrail.records.safety import facts as safety
from handrail.records.support import facts as support

Row = tuple[Cell, ...]


def sealed_rows(*, under: Protocol) -> dict[str, list[Row]]:
    """The rows of every sealed table, by the table's name."""
    return {
        extract.ARMS.name: [(draw.study_number, draw.arm) for draw in allocation.opened_draws()],
        extract.DELIVERY.name: list(_delivery(under)),
        extract.POST.name: [
            (one.study_number, one.ordered_on, one.posted_on, one.returned_on) for one in post.parcels()
        ],
        extract.RELATEDNESS.name: list(_relatedness()),
    }


def drawn() -> frozenset[UUID]:
    """The entries that have an allocation."""
    return allocation.drawn_entries()


def unproved_draws() -> tuple[str, ...]:
    """Study numbers of people whose draw is not provably the one that was made."""
    return allocation.unproved_draws()


def _delivery(under: Protocol) -> Iterator[Row]:
    """One row for each person whose arm offers sessions, none held included, and for any other who stopped.

    Whoever is offered no sessions held none, and that is known.
    """
    workers, stops = _first_workers(), support.stops()
    sessions, unknown = support.meetings_by_entry(), support.attendance_unknown()
    for draw in allocation.opened_draws():
        entry_id = draw.entry_id
        if under.arm(draw.arm).peer_sessions is None and entry_id not in stops:
            continue
        is_known = entry_id not in unknown
        received = dose(sessions.get(entry_id, ())) if is_known else UNKNOWN_DOSE
        yield (
            draw.study_number,
            workers.get(entry_id, ""),
            is_known,
            received.held_count,
            received.minutes,
            received.first_on,
            received.last_on,
            stops.get(entry_id),
        )


def _first_workers() -> dict[UUID, str]:
    """A pseudonym for each person's first worker, numbered as workers first appear: PW01, PW02, …"""
    numbers: dict[UUID, str] = {}
    first: dict[UUID, str] = {}
    for pairing in support.pairings():
        name = numbers.setdefault(pairing.worker_id, f"PW{len(numbers) + 1:02d}")
        first.setdefault(pairing.entry_id, name)
    return first


def _relatedness() -> Iterator[Row]:
    """The judgements of serious events as they stand: once corrected, the newer record has its own."""
    events = {event.id: event for event in safety.events() if is_serious(event.seriousness)}
    for judgement in support.judgements():
        event = events.get(judgement.event_id)
        if event is not None:
            yield (event.study_number, event.event_number, judgement.relatedness)
