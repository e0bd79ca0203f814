"""Adverse events on the pages: a correction stands beside what was on record, and the words stay unread."""

from __future__ import annotations

from datetime import date
from html import unescape
from uuid import UUID

import pytest
from django.test import Client

from handrail.domain.safety import HowFound, NewEvent, WhyCorrected
from handrail.domain.words import Because, Role, Seriousness
from handrail.records.enrolment import facts as enrolment
from handrail.records.safety import actions, facts
from tests.later import ledger_lines
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
DAY = date(2014, 6, 2)
TOLD = "Synthetic: after the third visit of the peer worker."
EVENT = NewEvent(
    DAY, DAY, "psychiatric_admission", frozenset({Seriousness.HOSPITAL_STAY}), HowFound.FAMILY, TOLD
)


@pytest.fixture
def event_id(river: River) -> UUID:
    registration_id = enrolment.entry(river.entered(1)).registration_id
    return actions.record_event(registration_id, EVENT, under=river.under.safety, by=river.by, at=river.at)


@pytest.fixture
def researcher_in(river: River) -> Client:
    return door.let_in(door.make_staff(Role.RESEARCHER, team_code="team_1"))


def form(**changes: object) -> dict[str, object]:
    """The correction as the page sends it: what is on record but for the changes."""
    days = {f"{name}-{part}": value for name in ("onset_on", "aware_on")
            for part, value in (("day", 2), ("month", 6), ("year", 2014))}  # fmt: skip
    said = {"kind": EVENT.kind, "seriousness": "hospital_stay", "how_found": "family", "narrative": ""}
    return {**days, **said, "why": WhyCorrected.MORE_IS_KNOWN.value, **changes}


def test_the_form_shows_what_is_on_record_but_not_what_was_written(
    researcher_in: Client, event_id: UUID
) -> None:
    page = researcher_in.get(f"/study/events/{event_id}/correct").content.decode()
    assert 'value="psychiatric_admission" checked' in page
    assert 'value="hospital_stay" checked' in page
    assert 'value="2014"' in page
    assert "third visit" not in page


def test_a_researcher_corrects_an_event_and_the_earlier_record_stays_readable(
    researcher_in: Client, event_id: UUID
) -> None:
    with ledger_lines() as lines:
        answer = researcher_in.post(f"/study/events/{event_id}/correct", form(kind="self_harm"))
    assert [(line.event, line.wing) for line in lines] == [("adverse_event_corrected", "masked")]
    (now,) = facts.events()
    assert answer.headers["Location"] == f"/study/events/{now.id}"
    page = researcher_in.get(answer.headers["Location"]).content.decode()
    before, _, earlier = page.partition("What was on record before")
    assert ("Admission to a psych" in before, "Admission to a psych" in earlier) == (False, True)
    assert WhyCorrected.MORE_IS_KNOWN.sentence in earlier
    assert "third visit" not in page
    assert researcher_in.get(f"/study/events/{event_id}").status_code == 404


def test_the_office_reads_the_earlier_words_too(river: River, researcher_in: Client, event_id: UUID) -> None:
    told = "Synthetic: it was at home."
    answer = researcher_in.post(f"/study/events/{event_id}/correct", form(narrative=told))
    manager = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    page = manager.get(answer.headers["Location"].replace("/study/", "/office/")).content.decode()
    before, _, earlier = page.partition("What was on record before")
    assert (told in before, TOLD in earlier) == (True, True)


def test_a_correction_needs_a_reason_and_a_difference(researcher_in: Client, event_id: UUID) -> None:
    address = f"/study/events/{event_id}/correct"
    with ledger_lines() as lines:
        unsaid = researcher_in.post(address, form(kind="self_harm", why="")).content.decode()
        assert "There is a problem" in unsaid
        assert Because.NOTHING_DIFFERS.sentence in researcher_in.post(address, form()).content.decode()
    assert lines == []
    assert [one.id for one in facts.events()] == [event_id]


def test_a_signed_event_another_teams_and_a_reviewers_are_not_corrected(
    river: River, researcher_in: Client, event_id: UUID
) -> None:
    address = f"/study/events/{event_id}/correct"
    other = door.let_in(door.make_staff(Role.RESEARCHER, team_code="team_2", number=2))
    reviewer = door.let_in(door.make_staff(Role.SAFETY_REVIEWER))
    changed = form(kind="self_harm")
    with ledger_lines() as lines:
        assert [one.post(address, changed).status_code for one in (other, reviewer)] == [404, 404]
    assert lines == []
    actions.review(event_id, could_be_related=False, by=river.by, at=river.at)
    with ledger_lines() as lines:
        page = unescape(researcher_in.post(address, changed).content.decode())
    assert Because.ALREADY_REVIEWED.sentence in page
    assert b"Correct this record" not in researcher_in.get(f"/study/events/{event_id}").content
    assert lines == []
