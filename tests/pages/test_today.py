"""What waits today is counted within the account's own team, as the lists behind it are."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.domain.safety import HowFound, NewEvent
from handrail.domain.words import Role, Seriousness
from handrail.records.enrolment import facts as enrolment
from handrail.records.safety import actions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
DAY = date(2014, 6, 2)


@pytest.mark.parametrize(("team", "number"), [("team_1", 1), ("team_2", 0), ("", 1)])
def test_a_reviewer_is_told_of_the_events_that_their_list_shows(river: River, team: str, number: int) -> None:
    told = NewEvent(DAY, DAY, "self_harm", frozenset({Seriousness.HOSPITAL_STAY}), HowFound.FAMILY)
    registration_id = enrolment.entry(river.entered(1)).registration_id
    actions.record_event(registration_id, told, under=river.under.safety, by=river.by, at=river.at)
    reviewer = door.let_in(door.make_staff(Role.SAFETY_REVIEWER, team_code=team))
    assert reviewer.get("/study/events").content.count(b"To review</strong>") == number
    counted = {0: "0 serious events", 1: "1 serious event"}[number]
    assert f"{counted} without your answer" in reviewer.get("/study/").content.decode()
