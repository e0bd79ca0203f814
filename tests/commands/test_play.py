"""A trial is played only through the product's own actions, into a synthetic database, as it was settled."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

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


def test_what_was_settled_is_what_the_product_finds(tmp_path: Path) -> None:
    from handrail.records.acutecare import facts as acutecare

    trial = played(tmp_path)
    found = acutecare.outcomes()
    for trail in trial.trails:
        if trail.registration_id in found:
            assert found[trail.registration_id].day == trail.life.fate.readmission_day
    assert len(found) == PEOPLE
    assert acutecare.undecided() == ()


def test_everybody_goes_the_way_that_was_settled(tmp_path: Path) -> None:
    from handrail.records.allocation import facts as allocation
    from handrail.records.enrolment import facts as enrolment
    from handrail.records.referral import facts as referrals

    trial = played(tmp_path)
    left = [life.path.exit for life in trial.arrangement.lives if life.path.exit is not None]
    exits = [referral.exit for referral in referrals.referrals() if referral.exit is not None]
    assert sorted(exits) == sorted(left)
    assert len(enrolment.entries()) == PEOPLE
    arms = {draw.registration_id: draw.arm for draw in allocation.opened_draws()}
    for trail in trial.trails:
        if trail.entry_id is not None:
            offer = settings.PROTOCOL.arm(arms[trail.registration]).peer_sessions
            assert (offer is not None) == (trail.life.number in trial.arrangement.supported)


def test_everybody_who_must_be_told_of_a_serious_event_was_told_at_the_end(tmp_path: Path) -> None:
    from handrail.records.safety import facts as safety
    from handrail.records.support import reports

    played(tmp_path)
    events = [one for one in safety.events() if one.has_been_serious]
    clocks = [
        clock
        for every in reports.deadlines(events, under=settings.PROTOCOL.safety).values()
        for clock in every
    ]
    assert [one.code for one in clocks if one.is_open] == []
    assert {one.event_id for one in reports.masked.records()} == {one.id for one in events} != set()


def test_the_swapped_twin_gives_everybody_the_other_arm_and_changes_nothing_else(tmp_path: Path) -> None:
    from django.db import transaction

    seen = []
    for is_swapped in (False, True):
        with transaction.atomic():
            trial = played(tmp_path / str(is_swapped), manner(is_swapped=is_swapped))
            seen.append((arms_by_study_number(), neutral_facts()))
            transaction.set_rollback(True)
        assert trial.step_count > 300
    (arms, facts), (other_arms, other_facts) = seen
    assert arms.keys() == other_arms.keys()
    assert all(arms[number] != other_arms[number] for number in arms)
    assert facts == other_facts


def arms_by_study_number() -> dict[str, str]:
    from handrail.records.allocation import facts as allocation

    return {draw.study_number: draw.arm for draw in allocation.opened_draws()}


def neutral_facts() -> dict[str, list[tuple[object, ...]]]:
    """What the lock would write for masked eyes."""
    from handrail.journey.lock_tables import masked_rows

    rows = masked_rows(under=settings.PROTOCOL.schedule)
    return {name: sorted(map(tuple, table), key=str) for name, table in rows.items()}


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
