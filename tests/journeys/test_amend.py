"""A death is recorded: what waits for the person stops by itself, and goes on if it was a mistake."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.dates import local_date
from handrail.domain.death import DeathPutRight
from handrail.domain.followup import InterviewMode, due_list
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Because, Event
from handrail.journey import amend, follow
from handrail.records.followup import facts as followup
from handrail.records.people import actions
from handrail.records.people import facts as people
from handrail.records.referral import facts as referrals
from tests.later import moment
from tests.records.told import told
from tests.river import River

POINT = "month_4"
LATER = moment(2014, 10, 6)  # four months and some days after entry


@dataclass
class Postbox:
    """Takes every message that would be sent."""

    sent: list[str] = field(default_factory=list)

    def send(self, message: Any) -> None:
        self.sent.append(message.to)


@pytest.fixture
def followed(river: River) -> UUID:
    """The registration of somebody who is in the trial, with an interview booked for tomorrow."""
    registration_id = river.ready(1)
    river.randomise(registration_id)
    river.at = LATER
    tomorrow = local_date(LATER) + timedelta(days=2)
    given = {"planned_on": tomorrow, "mode": InterviewMode.VISIT, "under": river.under.schedule}
    follow.book(registration_id, POINT, **given, by=river.by, at=LATER)
    return registration_id


def die(river: River, registration_id: UUID, died_on: date, why: DeathPutRight | None = None) -> None:
    amend.record_death(river.person_of(registration_id), died_on, why=why, by=river.by, at=river.at)


def due(river: River) -> int:
    on = local_date(river.at)
    return len(due_list(followup.everybody_followed(on=on), under=river.under.schedule, on=on))


def send(river: River, postbox: Postbox, at: datetime) -> follow.Sent:
    senders = {"email": postbox, "text": postbox}
    return follow.send_due(senders, under=river.under.schedule, agent="test", at=at)


def test_after_a_death_nothing_is_due_and_no_message_goes(river: River, followed: UUID) -> None:
    assert due(river) == 1
    with told(Event.DEATH_RECORDED):
        die(river, followed, local_date(LATER))
    assert due(river) == 0
    postbox = Postbox()
    follow.invite(under=river.under.schedule, agent="test", at=LATER)
    made = send(river, postbox, LATER + timedelta(days=2))
    assert (postbox.sent, made) == ([], follow.Sent())
    with pytest.raises(Refused) as refused:
        follow.miss(followed, POINT, under=river.under.schedule, by=river.by, at=LATER)
    assert [reason.code for reason in refused.value.reasons] == [Because.HAS_DIED]


def test_a_death_that_was_a_mistake_gives_everything_back(river: River, followed: UUID) -> None:
    die(river, followed, local_date(LATER))
    actions.take_back_death(
        river.person_of(followed), why=DeathPutRight.ANOTHER_PERSON, by=river.by, at=LATER
    )
    assert due(river) == 1
    postbox = Postbox()
    assert send(river, postbox, LATER + timedelta(days=1, hours=6)).sent_count == 1


def test_nobody_died_before_a_day_on_which_they_were_seen(river: River, followed: UUID) -> None:
    person_id = river.person_of(followed)
    assert amend.last_alive_on(person_id) == date(2014, 6, 2)
    with pytest.raises(Refused) as refused, told():
        die(river, followed, date(2014, 6, 1))
    assert [reason.code for reason in refused.value.reasons] == [Because.SEEN_ALIVE]
    held = {"mode": InterviewMode.VISIT, "under": river.under.schedule, "by": river.by}
    follow.record(followed, POINT, {}, **held, held_on=date(2014, 10, 3), at=LATER)
    assert amend.last_alive_on(person_id) == date(2014, 10, 3)
    for died_on, why in ((date(2014, 10, 4), None), (date(2014, 10, 3), DeathPutRight.TYPED_WRONGLY)):
        die(river, followed, died_on, why)
        assert people.person(person_id).died_on == died_on


def test_a_death_before_consent_is_not_before_the_days_in_care(river: River) -> None:
    referral_id = river.refer(1)
    person_id = referrals.person_of(referral_id)
    assert amend.last_alive_on(person_id) == referrals.referral(referral_id).caseload_from
    with told(Event.DEATH_RECORDED):
        amend.record_death(person_id, river.at.date(), by=river.by, at=river.at)


def test_nobody_by_that_id_is_not_found(river: River) -> None:
    with pytest.raises(NotFound):
        amend.record_death(UUID(int=0), date(2014, 6, 1), by=river.by, at=river.at)
