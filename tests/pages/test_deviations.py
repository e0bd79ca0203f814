"""Recording a deviation on its page: the team that is named is the person's own."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from handrail.domain.words import Because, DeviationKind, Role
from handrail.records.conduct import facts
from handrail.records.enrolment import facts as enrolment
from tests.later import ledger_lines
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
ADDRESS = "/office/deviations/new"


@pytest.fixture
def manager(river: River) -> Client:
    return door.let_in(door.make_staff(Role.TRIAL_MANAGER))


def form(**changes: str) -> dict[str, str]:
    """A deviation as the page sends it."""
    day = {"found_on-day": "2", "found_on-month": "6", "found_on-year": "2014"}
    return {**day, "kind": DeviationKind.OTHER.value, "team_code": "", "study_number": "", **changes}


@pytest.mark.parametrize("team_code", ["", "team_2"])
def test_a_deviation_about_a_person_is_kept_with_their_team(
    river: River, manager: Client, team_code: str
) -> None:
    number = enrolment.registration(river.registered(1, "team_2")).study_number
    with ledger_lines() as lines:
        assert manager.post(ADDRESS, form(study_number=number, team_code=team_code)).status_code == 302
    assert [line.event for line in lines] == ["deviation_recorded"]
    assert [(one.study_number, one.team_code) for one in facts.deviations()] == [(number, "team_2")]


@pytest.mark.parametrize(
    ("team_code", "is_named", "because"),
    [("team_1", True, Because.TEAM_DIFFERS), ("", False, Because.TEAM_NEEDED)],
)
def test_a_deviation_with_the_wrong_team_or_none_is_refused_beside_the_field(
    river: River, manager: Client, team_code: str, is_named: bool, because: Because
) -> None:
    number = enrolment.registration(river.registered(1, "team_2")).study_number if is_named else ""
    with ledger_lines() as lines:
        page = unescape(
            manager.post(ADDRESS, form(study_number=number, team_code=team_code)).content.decode()
        )
    assert page.count(because.sentence) == 2  # in the summary, and beside the team
    assert lines == []
    assert facts.deviations() == ()
