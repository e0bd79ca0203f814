"""Visits as they are kept: once for each key, and only by the worker whose visit it is."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from handrail.domain.refusal import NotFound
from handrail.domain.visit import Rung, VisitPlace, ended_at, expected_end, rung
from handrail.domain.words import Role
from handrail.journey import deliver
from handrail.records.visit import actions, facts
from handrail.records.visit.actions import NewVisit
from tests.later import ledger_lines, staff, with_sessions
from tests.river import River

HOUR = timedelta(hours=1)


def worker(river: River, name: str = "Sam Synthetic") -> UUID:
    return staff(river, Role.PEER_WORKER, name)


def new(**changes: object) -> NewVisit:
    return NewVisit(**{"key": uuid4(), "place": VisitPlace.HOME, "minutes": 60, **changes})  # type: ignore[arg-type]


def test_a_visit_is_kept_once_however_often_it_is_sent(river: River) -> None:
    sam, visit, key = worker(river), new(telephone="07700 900123"), uuid4()
    with ledger_lines() as lines:
        for minutes in range(3):
            at = river.at + timedelta(minutes=minutes)
            assert actions.start(visit, by=sam, at=at) == visit.key
            actions.check_in(visit.key, key=key, minutes=None, by=sam, at=at)
    assert [(line.event, line.wing, line.by) for line in lines] == [
        ("visit_started", "sealed", sam),
        ("visit_checked_in", "sealed", sam),
    ]
    kept = facts.visit(visit.key)
    assert (kept.started_at, kept.telephone, ended_at(kept)) == (river.at, "07700 900123", river.at)
    assert facts.going_on() == ()


def test_a_visit_is_its_workers_and_to_their_own_people_only(river: River) -> None:
    sam, alex, entry = worker(river), worker(river, "Alex Synthetic"), with_sessions(river)
    deliver.pair(entry.id, sam, under=river.under, by=river.by, at=river.at)
    visit = new(entry_id=entry.id)
    with pytest.raises(NotFound):
        actions.start(visit, by=alex, at=river.at)
    actions.start(visit, by=sam, at=river.at)
    with pytest.raises(NotFound):
        actions.start(visit, by=alex, at=river.at)
    with pytest.raises(NotFound):
        actions.check_in(visit.key, key=uuid4(), minutes=30, by=alex, at=river.at)
    assert [one.worker_name for one in facts.going_on()] == ["Sam Synthetic"]
    assert facts.going_on(worker_id=alex) == ()


def test_the_servers_time_counts_and_the_phones_is_kept_beside_it(river: River) -> None:
    sam, wrong = worker(river), river.at - timedelta(days=2)
    waited = new(said_at=wrong, ago=timedelta(minutes=20))
    actions.start(waited, by=sam, at=river.at)
    kept = facts.visit(waited.key)
    assert (kept.started_at, kept.said_at) == (river.at, wrong)
    assert expected_end(kept) == river.at + timedelta(minutes=40)
    late = new(said_at=wrong, ago=5 * HOUR)
    actions.start(late, by=sam, at=river.at)
    found = facts.visit(late.key)
    assert rung(found, at=river.at + timedelta(minutes=14)) is None
    assert rung(found, at=river.at + timedelta(minutes=15)) is Rung.SUPERVISOR
    actions.check_in(late.key, key=uuid4(), minutes=None, said_at=wrong, by=sam, at=river.at)
    assert [(one.at, one.said_at) for one in facts.visit(late.key).check_ins] == [(river.at, wrong)]
