"""What follows entry, for tests that need a database: people of each kind of offer, ledger lines."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from handrail.domain.account import ONE_TEAM_ROLES
from handrail.domain.person import Contact
from handrail.domain.words import Role
from handrail.records.accounts import actions as accounts
from handrail.records.allocation import facts as allocation
from handrail.records.audit.models import Line
from handrail.records.enrolment import facts as enrolment
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.people import actions as people
from tests.river import River


def moment(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def staff(river: River, role: Role, name: str = "Synthetic Member") -> UUID:
    """An account of this role."""
    address = f"{name}.{role.value}@example.org".replace(" ", ".")
    team_code = "team_1" if role in ONE_TEAM_ROLES else ""
    return accounts.invite(
        address, name, role, team_code, under=river.under.programme, by=river.by, at=river.at
    )


def entered(river: River, *, wanted: Callable[[Any], bool], first: int = 1) -> EntryFacts:
    """Somebody newly entered whose arm is as wanted; others enter on the way."""
    for serial in range(first, first + 40):
        entry_id = river.entered(serial)
        if wanted(river.under.arm(allocation.arm_of(entry_id))):
            return enrolment.entry(entry_id)
    raise AssertionError("forty people entered and none was offered that")


def with_sessions(river: River, first: int = 1) -> EntryFacts:
    """Somebody whose arm offers peer sessions."""
    return entered(river, wanted=lambda arm: arm.peer_sessions is not None, first=first)


def with_post(river: River, first: int = 1, *, has_address: bool = True) -> EntryFacts:
    """Somebody whose arm posts a workbook, with an address unless told otherwise."""
    entry = entered(river, wanted=lambda arm: arm.peer_sessions is None, first=first)
    if has_address:
        where = Contact("somebody@example.org", "", "1 Synthetic Street\nSampleton", "ZZ99 9ZZ")
        people.change_contact(entry.person_id, where, by=river.by, at=river.at)
    return entry


@dataclass(frozen=True)
class Noted:
    """One line of the ledger, as a test looks at it."""

    event: str
    wing: str
    about: UUID | None
    by: UUID | None
    agent: str


def noted(after: int = 0) -> list[Noted]:
    """The ledger's lines after a number."""
    rows = Line.objects.filter(number__gt=after).order_by("number")
    return [Noted(*row) for row in rows.values_list("event", "wing", "about", "by", "agent")]


def ledger_lines() -> AbstractContextManager[list[Noted]]:
    """What the block adds to the ledger: a list that is filled when the block ends."""
    return _ledger_lines()


@contextmanager
def _ledger_lines() -> Any:
    before, found = Line.objects.count(), list[Noted]()
    yield found
    found.extend(noted(before))


def day(text: str) -> date:
    """A date as written."""
    return date.fromisoformat(text)
