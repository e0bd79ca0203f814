"""Masked twins: two trials alike in every person, date, record and outcome; only the list is turned over.

Whatever masked staff can reach must be the same, byte for byte: pages, downloads, refusals, messages,
masked exports. Only the token against forged forms, the date header and the session's cookie are left out.
The twins are walked twice: in the middle of the trial, when meetings are booked, parcels wait to be posted
and a worry is open; and at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import time_machine

from handrail.domain import extract
from handrail.domain.words import Role

pytestmark = pytest.mark.django_db

FROZEN_AT = "2026-11-20T10:00:00+00:00"
# A seed and a day on which, in either twin, a meeting is booked and a parcel waits to be posted.
SEED, MIDWAY = 24, date(2014, 12, 2)
DAYS_OF_MESSAGES = 28


@dataclass(frozen=True)
class State:
    """When the twins are walked, by whom, and how many people they have. ``until`` none: at the end."""

    people: int
    until: date | None
    has_all_teams: bool = True


STATES = {"midway": State(24, MIDWAY), "at the end": State(40, None, has_all_teams=False)}
Letter = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Postbox:
    """Takes every message that would go one way."""

    channel: str
    sent: list[Letter]

    def send(self, message: Any) -> None:
        self.sent.append((self.channel, str(message.id), message.to, message.subject, message.body))


@dataclass
class Twin:
    """What could be seen, sent and exported in one of the twins, and what each person was offered.

    ``leaked`` is what would be seen with each planted leak, ``leaked_sent`` what would be sent with one.
    ``waiting`` counts what is unfinished in the sealed wing.
    """

    seen: Any
    leaked: dict[str, Any]
    sent: list[Letter]
    leaked_sent: list[Letter]
    tables: dict[str, str]
    arms: dict[str, str]
    waiting: dict[str, int]


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


def _sparing_those_with_meetings() -> AbstractContextManager[Any]:
    """A leak: no message for whoever meets a peer worker, who could remind them as well."""
    from handrail.journey import follow
    from handrail.records.enrolment.models import TrialEntry
    from handrail.records.support import facts as support

    honest = follow.messages.due

    def leaky(*, at: datetime) -> Any:
        paired = {pairing.entry_id for pairing in support.pairings()}
        spared = set(TrialEntry.objects.filter(id__in=paired).values_list("registration_id", flat=True))
        return tuple(message for message in honest(at=at) if message.registration_id not in spared)

    return patch.object(follow.messages, "due", leaky)


LEAKS = {
    "sorted by arm": (_sorted_by_arm, Role.RESEARCHER, "/study/people"),
    "counts the sealed wing": (_counting_sessions, Role.DATA_DESK, "/study/records"),
}


def _sealed_addresses() -> list[str]:
    from handrail.records.enrolment import facts as enrolment

    entries = [str(entry.id) for entry in enrolment.entries()][:4]
    pages = [
        "/office/",
        "/office/post",
        "/office/referrals",
        "/peer/",
        "/peer/pairs",
        "/duty/",
        "/you/book",
        "/see/",
    ]
    return pages + [f"/peer/person/{one}" for one in entries] + [f"/office/post/{one}" for one in entries]


def _twin(folder: Path, state: State, *, is_swapped: bool) -> Twin:
    from django.core.cache import cache

    from handrail.records.allocation import facts as allocation
    from tests.pages import masked_walk, world

    cache.clear()
    trial = world.played(
        folder / str(is_swapped), people=state.people, seed=SEED, is_swapped=is_swapped, until=state.until
    )
    with time_machine.travel(FROZEN_AT, tick=False), trial as played, world.decided_keys():
        _raise_a_worry(at=played.last_at)
        _book_an_interview(at=played.last_at)
        seen = masked_walk.walk(_sealed_addresses(), has_all_teams=state.has_all_teams)
        leaked = {name: _look_with(plant(), role, page) for name, (plant, role, page) in LEAKS.items()}
        return Twin(
            seen=seen,
            leaked=leaked,
            sent=_sent_from(played.last_at),
            leaked_sent=_sent_with_a_leak_from(played.last_at),
            tables=_exported() if state.until is None else {},
            arms={one.study_number: one.arm for one in allocation.opened_draws()},
            waiting=_waiting(),
        )


def _exported() -> dict[str, str]:
    """The masked tables as the lock writes them: at the end only, because before it there is no lock."""
    from django.conf import settings

    from handrail.exchange.files import csv_text
    from handrail.journey.lock_tables import masked_rows

    rows = masked_rows(under=settings.PROTOCOL.schedule)
    return {table.name: csv_text(table, rows[table.name]) for table in extract.TABLES}


def _raise_a_worry(*, at: datetime) -> None:
    """A peer worker is worried about somebody, and nobody has answered yet."""
    from handrail.domain.concern import NewConcern, Urgency
    from handrail.records.concern import actions
    from handrail.records.enrolment.models import TrialEntry
    from handrail.records.support import facts as support

    pairing = support.pairings()[-1]
    person_id = TrialEntry.objects.values_list("registration__person_id", flat=True).get(id=pairing.entry_id)
    worry = NewConcern(urgency=Urgency.SUPERVISOR, words="Low.", wishes="A call.", has_told_person=True)
    actions.raise_concern(person_id, worry, by=pairing.worker_id, at=at)


def _book_an_interview(*, at: datetime) -> None:
    """Whoever has been due the longest is to be interviewed next week; at the end nobody is due."""
    from django.conf import settings
    from django.contrib.auth import get_user_model

    from handrail.domain.followup import InterviewMode, due_list
    from handrail.domain.words import InterviewState
    from handrail.journey import follow
    from handrail.records.followup import facts

    under, on = settings.PROTOCOL.schedule, at.date()
    due = due_list(facts.everybody_followed(on=on), under=under, on=on)
    for one in [one for one in due if one.state is InterviewState.DUE and not one.is_overdue][:1]:
        by = get_user_model().objects.filter(role=Role.RESEARCHER).order_by("email")[0].pk
        planned = {"planned_on": on + timedelta(days=6), "mode": InterviewMode.VISIT}
        follow.book(one.registration_id, one.point, **planned, under=under, by=by, at=at)


def _waiting() -> dict[str, int]:
    from handrail.domain.words import Attendance
    from handrail.records.concern.models import Concern
    from handrail.records.post.models import Order
    from handrail.records.support.models import Session

    return {
        "meetings": Session.objects.filter(attendance=Attendance.PLANNED).count(),
        "parcels": Order.objects.filter(posted_on=None).count(),
        "worries": Concern.objects.filter(answered_at=None).count(),
    }


def _look_with(leak: Any, role: Role, page: str) -> Any:
    from tests.pages import masked_walk

    with leak:
        return masked_walk.look(role, page)


def _sent_from(first: datetime) -> list[Letter]:
    """Every message of the next four weeks, and then all is as if none had gone."""
    from django.conf import settings
    from django.db import transaction

    from handrail.journey import follow

    sent: list[Letter] = []
    senders = {channel: Postbox(channel, sent) for channel in ("email", "text")}
    with transaction.atomic():
        for day in range(DAYS_OF_MESSAGES):
            at = (first + timedelta(days=day)).replace(hour=12)
            follow.invite(under=settings.PROTOCOL.schedule, agent="test", at=at)
            follow.send_due(senders, under=settings.PROTOCOL.schedule, agent="test", at=at)
        transaction.set_rollback(True)
    return sent


def _sent_with_a_leak_from(first: datetime) -> list[Letter]:
    with _sparing_those_with_meetings():
        return _sent_from(first)


Twins = tuple[Twin, Twin]


def _twins(folder: Path, state: State) -> Twins:
    return _twin(folder, state, is_swapped=False), _twin(folder, state, is_swapped=True)


@pytest.fixture(scope="module")
def midway(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Twins]:
    """The twins in the middle of the trial, walked once."""
    with django_db_blocker.unblock():
        yield _twins(tmp_path_factory.mktemp("midway"), STATES["midway"])


@pytest.fixture(scope="module")
def ended(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Twins]:
    """The twins at the end of the trial, walked once."""
    with django_db_blocker.unblock():
        yield _twins(tmp_path_factory.mktemp("ended"), STATES["at the end"])


@pytest.fixture(params=["midway", "ended"])
def twins(request: pytest.FixtureRequest) -> Twins:
    """Both states, one after the other."""
    found: Twins = request.getfixturevalue(request.param)
    return found


@pytest.mark.slow
def test_the_twins_differ_in_every_arm_and_in_nobody(twins: Twins) -> None:
    one, other = twins
    assert one.arms.keys() == other.arms.keys()
    assert len(one.arms) > 10
    assert all(one.arms[number] != other.arms[number] for number in one.arms)


@pytest.mark.slow
def test_midway_meetings_parcels_and_worries_are_waiting(midway: Twins) -> None:
    for twin in midway:
        assert all(twin.waiting.values()), twin.waiting
    assert len(midway[0].arms) < STATES["midway"].people


@pytest.mark.slow
def test_masked_staff_reach_the_same_bytes_in_both_twins(twins: Twins) -> None:
    from tests.pages.masked_walk import differences

    one, other = twins
    assert sum(answer.status == 200 for answer in one.seen.values()) > 200
    assert differences(one.seen, other.seen) == []


@pytest.mark.slow
def test_every_masked_role_is_walked_and_midway_every_crisis_team(midway: Twins, ended: Twins) -> None:
    from django.conf import settings

    from handrail.domain.words import MASKED_ROLES

    teams = {f"crisis-team-{team.code.replace('_', '-')}" for team in settings.PROTOCOL.programme.teams}
    assert len(teams) == 6
    for one, _ in (midway, ended):
        walkers = {who.partition("@")[0] for who, _ in one.seen}
        roles = {
            role for role in MASKED_ROLES if any(who.startswith(role.replace("_", "-")) for who in walkers)
        }
        assert roles == MASKED_ROLES
    assert teams <= {who.partition("@")[0] for who, _ in midway[0].seen}


@pytest.mark.slow
def test_messages_are_the_same_in_both_twins(twins: Twins) -> None:
    one, other = twins
    assert one.sent == other.sent


@pytest.mark.slow
def test_midway_invitations_and_reminders_go(midway: Twins) -> None:
    subjects = {subject for _, _, _, subject, _ in midway[0].sent}
    assert subjects == {"Your chat with us", "Time for a chat"}


@pytest.mark.slow
def test_a_leak_planted_in_messages_is_seen(midway: Twins) -> None:
    one, other = midway
    assert one.leaked_sent != other.leaked_sent
    assert one.leaked_sent or other.leaked_sent


@pytest.mark.slow
def test_masked_exports_are_the_same_in_both_twins(ended: Twins) -> None:
    one, other = ended
    assert one.tables.keys() == {table.name for table in extract.TABLES}
    assert one.tables == other.tables


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sorted by arm", "counts the sealed wing"])
def test_a_planted_leak_is_seen(twins: Twins, name: str) -> None:
    from tests.pages.masked_walk import differences

    one, other = twins
    assert differences(one.leaked[name], other.leaked[name]) != []


@pytest.mark.prove
@pytest.mark.parametrize("until", [MIDWAY, None], ids=["midway", "ended"])
def test_the_twins_of_the_whole_trial_are_the_same_to_masked_staff(
    tmp_path: Path, until: date | None
) -> None:
    from tests.pages.masked_walk import differences

    one, other = _twins(tmp_path, State(441, until))
    assert differences(one.seen, other.seen) == []
    assert (one.sent, one.tables) == (other.sent, other.tables)
    assert one.sent or until is None
