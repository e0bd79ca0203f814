"""Acts about one person wait for one another: on PostgreSQL by a lock on the person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.domain.followup import InterviewMode
from handrail.journey import deliver, follow
from handrail.records.enrolment import facts as enrolment
from tests.later import moment, with_sessions
from tests.river import River

AT = moment(2014, 10, 2)


@pytest.mark.postgres
def test_an_act_after_entry_locks_the_person_and_nothing_else_of_theirs(river: River) -> None:
    entry = with_sessions(river)
    acts: list[Callable[[], object]] = [
        lambda: follow.record(
            entry.registration_id,
            "month_4",
            {},
            mode=InterviewMode.VISIT,
            under=river.under.schedule,
            by=river.by,
            at=AT,
        ),
        lambda: deliver.stop(entry.id, under=river.under, by=river.by, at=AT),
    ]
    for act in acts:
        with CaptureQueriesContext(connection) as asked:
            act()
        locks = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
        assert 'FOR UPDATE OF "people_person"' in locks[0]


def test_holding_somebody_who_does_not_exist_changes_nothing(river: River) -> None:
    entry = with_sessions(river)
    enrolment.hold(entry.id)
    enrolment.hold_entrant(entry.registration_id)
    assert enrolment.entry(entry.id) == entry
