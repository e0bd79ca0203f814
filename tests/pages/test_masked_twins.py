"""Masked twins: two trials alike in every person, date, record and outcome; only the list is turned over.

Whatever masked staff can reach must be the same, byte for byte: pages, downloads, refusals, messages,
masked exports. Only the token against forged forms, the date header and the session's cookie are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import time_machine

from handrail.domain import extract
from handrail.domain.words import Role

pytestmark = pytest.mark.django_db

FROZEN_AT = "2026-11-20T10:00:00+00:00"


@dataclass
class Postbox:
    """Takes every message that would be sent."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)

    def send(self, message: Any) -> None:
        self.sent.append((message.to, message.subject, message.body))


@dataclass
class Twin:
    """What could be seen, sent and exported in one of the twins, and what each person was offered.

    ``leaked`` is what would be seen with each planted leak.
    """

    seen: Any
    leaked: dict[str, Any]
    sent: list[tuple[str, str, str]]
    tables: dict[str, str]
    arms: dict[str, str]


def _sorted_by_arm() -> Any:
    """A leak: people listed in the order of their arms."""
    from handrail.records.allocation import facts as allocation
    from handrail.records.enrolment import facts as enrolment

    honest = enrolment.entries

    def leaky(**kwargs: Any) -> Any:
        rows = honest(**kwargs)
        return tuple(sorted(rows, key=lambda row: (allocation.arm_of(row.id), row.study_number)))[:7]

    return patch.object(enrolment, "entries", leaky)


def _counting_sessions() -> Any:
    """A leak: a headline that counts rows of the sealed wing."""
    from handrail.records.acutecare import facts
    from handrail.records.support.models import Session

    first = "study_number"

    def leaky() -> int:
        found = Session.objects.order_by(f"entry__registration__{first}").values_list("entry_id", flat=True)
        return hash(tuple(found[:20]))

    return patch.object(facts, "unmatched_row_count", leaky)


LEAKS = {
    "sorted by arm": (_sorted_by_arm, Role.RESEARCHER, "/study/people"),
    "counts the sealed wing": (_counting_sessions, Role.DATA_DESK, "/study/records"),
}


def _sealed_addresses() -> list[str]:
    from handrail.records.enrolment import facts as enrolment

    entries = [str(entry.id) for entry in enrolment.entries()][:4]
    pages = ["/office/", "/office/post", "/office/referrals", "/peer/", "/peer/pairs", "/duty/", "/you/book"]
    return pages + [f"/peer/person/{one}" for one in entries] + [f"/office/post/{one}" for one in entries]


def _twin(folder: Path, *, people: int, is_swapped: bool) -> Twin:
    from django.conf import settings
    from django.core.cache import cache

    from handrail.exchange.files import csv_text
    from handrail.journey import follow
    from handrail.journey.lock_tables import masked_rows
    from handrail.records.allocation import facts as allocation
    from tests.pages import masked_walk, world

    cache.clear()
    with (
        time_machine.travel(FROZEN_AT, tick=False),
        world.played(folder / str(is_swapped), people=people, is_swapped=is_swapped) as played,
        world.decided_keys(),
    ):
        seen = masked_walk.walk(_sealed_addresses())
        leaked = {name: _look_with(plant(), role, page) for name, (plant, role, page) in LEAKS.items()}
        postbox = Postbox()
        follow.send_due(postbox, agent="test", at=played.last_at)
        rows = masked_rows(under=settings.PROTOCOL.schedule)
        tables = {table.name: csv_text(table, rows[table.name]) for table in extract.TABLES}
        arms = {one.study_number: one.arm for one in allocation.opened_draws()}
        return Twin(seen, leaked, postbox.sent, tables, arms)


def _look_with(leak: Any, role: Role, page: str) -> Any:
    from tests.pages import masked_walk

    with leak:
        return masked_walk.look(role, page)


def _twins(folder: Path, people: int) -> tuple[Twin, Twin]:
    return _twin(folder, people=people, is_swapped=False), _twin(folder, people=people, is_swapped=True)


@pytest.fixture(scope="module")
def small(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Any]:
    """The twins of forty people, walked once."""
    with django_db_blocker.unblock():
        yield _twins(tmp_path_factory.mktemp("twins"), 40)


@pytest.mark.slow
def test_the_twins_differ_in_every_arm_and_in_nobody(small: tuple[Twin, Twin]) -> None:
    one, other = small
    assert one.arms.keys() == other.arms.keys()
    assert len(one.arms) == 40
    assert all(one.arms[number] != other.arms[number] for number in one.arms)


@pytest.mark.slow
def test_masked_staff_reach_the_same_bytes_in_both_twins(small: tuple[Twin, Twin]) -> None:
    from tests.pages.masked_walk import differences

    one, other = small
    assert len(one.seen) > 300
    assert sum(answer.status == 200 for answer in one.seen.values()) > 250
    assert differences(one.seen, other.seen) == []


@pytest.mark.slow
def test_messages_are_the_same_in_both_twins(small: tuple[Twin, Twin]) -> None:
    one, other = small
    assert one.sent == other.sent


@pytest.mark.slow
def test_masked_exports_are_the_same_in_both_twins(small: tuple[Twin, Twin]) -> None:
    one, other = small
    assert one.tables.keys() == {table.name for table in extract.TABLES}
    assert one.tables == other.tables


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sorted by arm", "counts the sealed wing"])
def test_a_planted_leak_is_seen(small: tuple[Twin, Twin], name: str) -> None:
    from tests.pages.masked_walk import differences

    one, other = small
    assert differences(one.leaked[name], other.leaked[name]) != []


@pytest.mark.prove
def test_the_twins_of_the_whole_trial_are_the_same_to_masked_staff(tmp_path: Path) -> None:
    from tests.pages.masked_walk import differences

    one, other = _twins(tmp_path, 441)
    assert differences(one.seen, other.seen) == []
    assert (one.sent, one.tables) == (other.sent, other.tables)
