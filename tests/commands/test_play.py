"""A trial is played only through the product's own actions, into a synthetic database, as it was settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.conf import settings

from handrail.domain.refusal import Refused

if TYPE_CHECKING:
    from handrail.commands.demonstration.arrangement import Plan
    from handrail.commands.demonstration.play import Manner, Played

PEOPLE, SEED = 24, 11

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def plan() -> Plan:
    from handrail.commands.demonstration.arrangement import Plan

    return Plan(SEED, PEOPLE)


def manner(*, is_swapped: bool = False, until: date | None = None) -> Manner:
    from handrail.commands.demonstration.play import Manner

    return Manner(is_swapped=is_swapped, until=until)


def played(folder: Path, how: Manner | None = None, *, is_synthetic: bool = True) -> Played:
    from handrail.commands.demonstration.arrangement import arrange
    from handrail.commands.demonstration.play import play
    from handrail.commands.demonstration.steps import moment
    from handrail.records.accounts import actions as accounts

    under = settings.PROTOCOL
    at = moment(under.programme.recruits_from - timedelta(days=40), "09:00")
    accounts.install(is_synthetic=is_synthetic, protocol_hash=under.file_hash, at=at, agent="test")
    return play(arrange(plan(), under), under, files=folder, manner=how or manner())


def neutral_facts() -> dict[str, list[tuple[object, ...]]]:
    """What the lock would write for masked eyes."""
    from handrail.journey.lock_tables import masked_rows

    rows = masked_rows(under=settings.PROTOCOL.schedule)
    return {name: sorted(map(tuple, table), key=str) for name, table in rows.items()}


@dataclass(frozen=True)
class Ended:
    """What is on record when a trial was played to its end: read at once, because it is then forgotten."""

    trial: Played
    outcome_days: dict[UUID, int | None]
    undecided: tuple[object, ...]
    exits: list[str]
    entry_count: int
    arms: dict[UUID, str]
    arms_by_study_number: dict[str, str]
    neutral: dict[str, list[tuple[object, ...]]]


def play_to_the_end(folder: Path, *, is_swapped: bool = False) -> Ended:
    from django.db import transaction

    from handrail.records.acutecare import facts as acutecare
    from handrail.records.allocation import facts as allocation
    from handrail.records.enrolment import facts as enrolment
    from handrail.records.referral import facts as referrals

    with transaction.atomic():
        ended = Ended(
            trial=played(folder, manner(is_swapped=is_swapped)),
            outcome_days={id_: outcome.day for id_, outcome in acutecare.outcomes().items()},
            undecided=acutecare.undecided(),
            exits=sorted(row.exit for row in referrals.referrals() if row.exit is not None),
            entry_count=len(enrolment.entries()),
            arms={draw.registration_id: draw.arm for draw in allocation.opened_draws()},
            arms_by_study_number={draw.study_number: draw.arm for draw in allocation.opened_draws()},
            neutral=neutral_facts(),
        )
        transaction.set_rollback(True)
    return ended


@pytest.fixture(scope="module")
def ended(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Ended:
    """A trial that was played to its end, once."""
    with django_db_blocker.unblock():
        return play_to_the_end(tmp_path_factory.mktemp("ended"))


def test_what_was_settled_is_what_the_product_finds(ended: Ended) -> None:
    for trail in ended.trial.trails:
        if trail.registration_id in ended.outcome_days:
            assert ended.outcome_days[trail.registration_id] == trail.life.fate.readmission_day
    assert len(ended.outcome_days) == PEOPLE
    assert ended.undecided == ()


def test_everybody_goes_the_way_that_was_settled(ended: Ended) -> None:
    trial = ended.trial
    left = [life.path.exit for life in trial.arrangement.lives if life.path.exit is not None]
    assert ended.exits == sorted(left)
    assert ended.entry_count == PEOPLE
    for trail in trial.trails:
        if trail.entry_id is not None:
            offer = settings.PROTOCOL.arm(ended.arms[trail.registration]).peer_sessions
            assert (offer is not None) == (trail.life.number in trial.arrangement.supported)


def test_the_swapped_twin_gives_everybody_the_other_arm_and_changes_nothing_else(
    ended: Ended, tmp_path: Path
) -> None:
    swapped = play_to_the_end(tmp_path, is_swapped=True)
    arms, other_arms = ended.arms_by_study_number, swapped.arms_by_study_number
    assert min(ended.trial.step_count, swapped.trial.step_count) > 300
    assert arms.keys() == other_arms.keys()
    assert all(arms[number] != other_arms[number] for number in arms)
    assert ended.neutral == swapped.neutral


def test_a_play_stops_on_the_day_it_is_told(tmp_path: Path) -> None:
    from handrail.records.enrolment import facts as enrolment
    from handrail.records.followup import facts as followup

    until = date(2014, 12, 31)
    trial = played(tmp_path, manner(until=until))
    days = [entry.entered_on for entry in enrolment.entries()]
    expected = [life.entered_on for life in trial.arrangement.entered if life.entered_on <= until]
    assert sorted(days) == sorted(expected)
    assert 0 < len(days) < PEOPLE
    assert trial.last_at.date() <= until
    assert any(interview.planned_on and interview.held_on is None for interview in followup.interviews())


def test_nothing_is_played_into_a_database_of_real_people(tmp_path: Path) -> None:
    from handrail.records.accounts import facts as accounts

    with pytest.raises(Refused, match="not_synthetic"):
        played(tmp_path, is_synthetic=False)
    assert accounts.accounts() == ()


def test_nothing_is_played_into_a_database_where_somebody_is(tmp_path: Path) -> None:
    from handrail.commands.demonstration.cast import engage
    from handrail.commands.demonstration.steps import moment

    engage(settings.PROTOCOL.programme, at=moment(date(2014, 1, 1), "09:00"))
    with pytest.raises(Refused, match="not_synthetic"):
        played(tmp_path)
