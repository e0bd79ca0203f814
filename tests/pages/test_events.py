"""Adverse events on the pages: a correction stands beside what was on record, and the words stay unread."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest
from django.test import Client

from handrail.domain.safety import HowFound, NewEvent, WhyCorrected
from handrail.domain.words import Because, Relatedness, Role, Seriousness
from handrail.journey import deliver
from handrail.records.enrolment import facts as enrolment
from handrail.records.safety import actions, facts
from handrail.web.shared import clock
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


def test_another_teams_event_is_not_corrected_nor_by_a_reviewer(
    river: River, researcher_in: Client, event_id: UUID
) -> None:
    address = f"/study/events/{event_id}/correct"
    other = door.let_in(door.make_staff(Role.RESEARCHER, team_code="team_2", number=2))
    reviewer = door.let_in(door.make_staff(Role.SAFETY_REVIEWER))
    changed = form(kind="self_harm")
    with ledger_lines() as lines:
        assert [one.post(address, changed).status_code for one in (other, reviewer)] == [404, 404]
    assert lines == []


def test_a_signed_and_judged_event_is_corrected_and_reviewed_again(
    river: River, researcher_in: Client, event_id: UUID
) -> None:
    actions.review(event_id, could_be_related=True, by=river.by, at=river.at)
    deliver.judge(event_id, Relatedness.UNLIKELY, was_found_by_worker=False, by=river.by, at=river.at)
    address = f"/study/events/{event_id}"
    assert b"This record is signed" in researcher_in.get(f"{address}/correct").content
    place = researcher_in.post(f"{address}/correct", form(kind="self_harm")).headers["Location"]
    reviewer = door.let_in(door.make_staff(Role.SAFETY_REVIEWER))
    page = reviewer.get(place).content.decode()
    before, _, earlier = page.partition("What was on record before")
    assert ("Sign this answer" in before, "Could be related" in earlier) == (True, True)
    assert Relatedness.UNLIKELY.sentence not in page
    manager = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    page = manager.get(place.replace("/study/", "/office/")).content.decode()
    before, _, earlier = page.partition("What was on record before")
    assert (Relatedness.UNLIKELY.sentence in before, Relatedness.UNLIKELY.sentence in earlier) == (
        False,
        True,
    )
    assert Because.NOT_REVIEWED.sentence in unescape(page)


def downgrade(researcher_in: Client, event_id: UUID) -> str:
    """Correct the event to one that is not serious; gives its new address."""
    changed = form(why=WhyCorrected.JUDGED_AGAIN.value)
    changed.pop("seriousness")
    return researcher_in.post(f"/study/events/{event_id}/correct", changed).headers["Location"]


def test_an_event_called_serious_no_more_stays_on_every_list_until_it_is_signed(
    river: River, researcher_in: Client, event_id: UUID
) -> None:
    place = downgrade(researcher_in, event_id)
    reviewer = door.let_in(door.make_staff(Role.SAFETY_REVIEWER))
    manager = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    told = "Tell the sponsor of a serious event, by 3 June 2014"
    for who, address in ((reviewer, "/study/events"), (manager, "/office/events")):
        assert told in who.get(address).content.decode()
    assert "1 serious event without" in reviewer.get("/study/").content.decode()
    assert "Not serious now" in manager.get(place.replace("/study/", "/office/")).content.decode()
    assert "It was recorded as serious before" in reviewer.get(place).content.decode()
    assert reviewer.post(place, {"could_be_related": "no"}).status_code == 302
    for who, address in ((reviewer, "/study/events"), (manager, "/office/events")):
        assert told not in who.get(address).content.decode()
    assert "Need not be told" in reviewer.get(place).content.decode()


def test_an_event_without_a_deadline_says_so_in_every_cell_of_its_row(
    river: River, researcher_in: Client, event_id: UUID
) -> None:
    reviewer = door.let_in(door.make_staff(Role.SAFETY_REVIEWER))
    manager = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    lists = ((reviewer, "/study/events"), (manager, "/office/events"))
    assert all(next_deadlines(who, address) != ["None"] for who, address in lists)
    place = downgrade(researcher_in, event_id)
    assert reviewer.post(place, {"could_be_related": "no"}).status_code == 302
    assert [next_deadlines(who, address) for who, address in lists] == [["None"], ["None"]]


def next_deadlines(who: Client, address: str) -> list[str]:
    """What the last column of a list of events says, row by row."""
    page = who.get(address).content.decode()
    cells = re.findall(r"Next deadline </span>(.*?)</td>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def test_an_event_called_serious_no_more_that_could_be_related_is_judged_with_the_arm_known(
    river: River, researcher_in: Client, event_id: UUID
) -> None:
    place = downgrade(researcher_in, event_id)
    reviewer = door.let_in(door.make_staff(Role.SAFETY_REVIEWER))
    manager = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    reviewer.post(place, {"could_be_related": "yes"})
    assert "0 serious events without" in reviewer.get("/study/").content.decode()
    assert "1 event to judge" in manager.get("/office/").content.decode()
    assert "To judge" in manager.get("/office/events").content.decode()
    office = place.replace("/study/", "/office/")
    assert "Sign this judgement" in manager.get(office).content.decode()
    said = {"relatedness": Relatedness.UNLIKELY.value, "was_found_by_worker": "no"}
    with ledger_lines() as lines:
        assert manager.post(office, said).status_code == 302
    assert [(line.event, line.wing) for line in lines] == [("relatedness_judged", "sealed")]
    assert "0 events to judge" in manager.get("/office/").content.decode()
    assert Relatedness.UNLIKELY.sentence in manager.get(office).content.decode()
    assert Relatedness.UNLIKELY.sentence not in reviewer.get(place).content.decode()


def test_the_day_by_which_the_reviewers_answer_is_wanted_shows_until_it_is_signed(
    river: River, researcher_in: Client
) -> None:
    registration_id = enrolment.entry(river.entered(1)).registration_id
    told = replace(EVENT, kind="other")  # not expected: the ethics committee may have to be told
    given = {"under": river.under.safety, "by": river.by, "at": river.at}
    event_id = actions.record_event(registration_id, told, **given)
    manager = door.let_in(door.make_staff(Role.TRIAL_MANAGER))
    for who, wing in ((researcher_in, "study"), (manager, "office")):
        assert "17 June 2014" in who.get(f"/{wing}/events/{event_id}").content.decode()
    actions.review(event_id, could_be_related=True, by=river.by, at=river.at)
    assert "17 June 2014" not in researcher_in.get(f"/study/events/{event_id}").content.decode()
    assert "17 June 2014" in manager.get(f"/office/events/{event_id}").content.decode()


def test_a_deadline_is_overdue_from_the_day_after(
    researcher_in: Client, event_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days, is_overdue in ((1, False), (2, True)):
        monkeypatch.setattr(clock, "today", lambda days=days: DAY + timedelta(days=days))
        page = researcher_in.get("/study/events").content.decode()
        assert ("Overdue</strong>" in page) is is_overdue


def test_the_soonest_deadline_stands_first_and_what_is_settled_last(
    river: River, researcher_in: Client, event_id: UUID
) -> None:
    registration_id = facts.event(event_id).registration_id
    at = river.at + timedelta(days=9)
    more = (
        replace(EVENT, onset_on=at.date(), aware_on=at.date(), kind="self_harm"),
        replace(EVENT, aware_on=DAY + timedelta(days=4), kind="other"),
        replace(EVENT, seriousness=frozenset(), aware_on=at.date(), kind="physical_admission"),
    )
    for told in more:
        actions.record_event(registration_id, told, under=river.under.safety, by=river.by, at=at)
    page = researcher_in.get("/study/events").content.decode()
    texts = ("Admission to a psych", "Something else", "Self-harm", "Hospital stay for a physical")
    places = [page.index(text) for text in texts]
    assert places == sorted(places)


def test_a_similar_event_on_record_is_shown_before_another_is_recorded(
    researcher_in: Client, event_id: UUID
) -> None:
    registration_id = facts.event(event_id).registration_id
    address = f"/study/people/{registration_id}/event"
    assert "is_another" not in researcher_in.get(address).content.decode()
    said = {name: value for name, value in form().items() if name != "why"}
    with ledger_lines() as lines:
        page = researcher_in.post(address, said).content.decode()
    assert "On record already" in page and f"/study/events/{event_id}" in page and 'name="is_another"' in page
    assert lines == []
    assert researcher_in.post(address, {**said, "is_another": "on"}).status_code == 302
    assert len(facts.events()) == 2
    assert researcher_in.post(address, {**said, "kind": "other"}).status_code == 302
    assert len(facts.events()) == 3
