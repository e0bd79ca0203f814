"""Each store of what is written has readers of its own; for everybody else nothing has been written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from handrail.domain.meeting import Diary, Reader
from handrail.domain.refusal import NotFound
from handrail.domain.words import Role
from handrail.journey import deliver
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.support import diary, log
from handrail.records.workbook import facts as workbook
from tests.later import staff, with_sessions
from tests.river import River

pytestmark = pytest.mark.django_db
STRANGER = UUID("99999999-0000-4000-8000-00000000beef")

# Store → who reads this person's: docs/explanation/who-sees-what-is-written.md. `records/visit` adds its own.
READERS = {
    "workbook": {"the person"},
    "meeting log": {"the person", "their worker", "their supervisor"},
}


def reads_workbook(entry: EntryFacts, reader: Reader) -> bool:
    try:
        workbook.book(entry.id, viewer_id=reader.id)
    except NotFound:
        return False
    return True


def reads_log(entry: EntryFacts, reader: Reader) -> bool:
    return diary.diary(entry.id, reader=reader) != Diary()


STORES: dict[str, Callable[[EntryFacts, Reader], bool]] = {
    "workbook": reads_workbook,
    "meeting log": reads_log,
}


@pytest.fixture
def readers(river: River) -> tuple[EntryFacts, dict[str, Reader]]:
    entry, worker = with_sessions(river), staff(river, Role.PEER_WORKER)
    earlier = staff(river, Role.PEER_WORKER, "Synthetic Earlier")
    for at, one in ((river.at, earlier), (river.at + timedelta(days=1), worker)):
        deliver.pair(entry.id, one, under=river.under, by=river.by, at=at)
    log.keep_agenda(entry.id, "Sleep", by=entry.person_id, at=river.at)
    team = entry.team_code
    return entry, {
        "the person": Reader(entry.person_id, Role.PERSON),
        "another person": Reader(STRANGER, Role.PERSON),
        "their worker": Reader(worker, Role.PEER_WORKER, team),
        "their earlier worker": Reader(earlier, Role.PEER_WORKER, team),
        "their supervisor": Reader(STRANGER, Role.PEER_SUPERVISOR, team),
        "another team's supervisor": Reader(STRANGER, Role.PEER_SUPERVISOR, "team_9"),
        "a supervisor without a team": Reader(STRANGER, Role.PEER_SUPERVISOR),
        **{
            role.value: Reader(STRANGER, role, team)
            for role in set(Role) - {Role.PERSON, Role.PEER_WORKER, Role.PEER_SUPERVISOR}
        },
    }


@pytest.mark.parametrize("store", sorted(STORES))
def test_each_store_is_read_by_those_of_the_table_and_nobody_else(
    readers: tuple[EntryFacts, dict[str, Reader]], store: str
) -> None:
    entry, everybody = readers
    assert {name for name, one in everybody.items() if STORES[store](entry, one)} == READERS[store]
    assert len(everybody) > 15 and set(READERS) == set(STORES)
