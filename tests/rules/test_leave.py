"""Days away and lighter weeks: who may cover, and for how long."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handrail.domain.leave import Period, PeriodKind, covered_by, why_not_take, why_not_take_back
from handrail.domain.support import Worker
from handrail.domain.words import Because, Role

ON = date(2014, 5, 7)
AWAY = PeriodKind.AWAY
PAT, SAM, JO = (Worker(UUID(int=number), Role.PEER_WORKER, is_active=True) for number in (1, 2, 3))


def days(first: int, last: int, worker: Worker = PAT, cover: Worker | None = SAM) -> Period:
    return Period(worker.id, AWAY, date(2014, 5, first), date(2014, 5, last), cover.id if cover else None)


def codes(new: Period, *others: Period, worker: Worker = PAT, cover: Worker | None = SAM) -> list[Because]:
    return [reason.code for reason in why_not_take(new, others, worker=worker, cover=cover, on=ON)]


def test_days_away_need_another_peer_worker_who_is_there_on_each_of_them() -> None:
    assert codes(days(8, 12)) == []
    assert codes(days(8, 12), days(12, 20, SAM, JO)) == [Because.COVER_AWAY]
    assert codes(days(8, 12), days(13, 20, SAM, JO)) == []
    assert codes(days(8, 12, cover=PAT), cover=PAT) == [Because.NOT_A_PEER_WORKER]
    gone = Worker(SAM.id, Role.PEER_WORKER, is_active=False)
    assert codes(days(8, 12), cover=gone) == [Because.NOT_A_PEER_WORKER]


def test_days_are_in_order_not_over_and_kept_once() -> None:
    assert codes(days(12, 8)) == [Because.DATES_SWAPPED]
    assert codes(days(5, 6)) == [Because.DAY_GONE]
    assert codes(days(5, 7)) == []
    assert codes(days(8, 12), days(12, 13)) == [Because.ON_RECORD]
    assert codes(days(8, 12), days(12, 13, JO)) == []


def test_a_cover_sees_those_people_on_the_first_and_the_last_day_and_not_beyond() -> None:
    kept = [days(8, 9)]
    found = [covered_by(SAM.id, kept, on=date(2014, 5, day)) for day in (7, 8, 9, 10)]
    assert found == [frozenset(), {PAT.id}, {PAT.id}, frozenset()]
    assert covered_by(JO.id, kept, on=date(2014, 5, 8)) == frozenset()


def test_days_are_taken_back_until_the_last_of_them() -> None:
    assert why_not_take_back(days(5, 7), on=ON) == ()
    assert [one.code for one in why_not_take_back(days(5, 6), on=ON)] == [Because.DAY_GONE]
