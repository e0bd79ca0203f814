"""That the sponsor or the ethics committee was told, on the pages: clocks stop, the arm stays sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from handrail.domain.reporting import NewReport, ReportPutRight, Told
from handrail.domain.safety import HowFound, NewEvent
from handrail.domain.words import Because, Relatedness, Role, Seriousness
from handrail.journey import deliver
from handrail.records.enrolment import facts as enrolment
from handrail.records.safety import actions, reports
from handrail.records.safety.models import Report
from handrail.records.support import reports as sealed
from handrail.records.support.models import SealedReport
from handrail.web.shared import clock
from tests.later import ledger_lines
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
DAY = date(2014, 6, 2)  # a Monday: the sponsor by the third, the committee by the seventeenth
EVENT = NewEvent(DAY, DAY, "other", frozenset({Seriousness.HOSPITAL_STAY}), HowFound.FAMILY)
SPONSOR, COMMITTEE, MEASURE = "sponsor", "ethics_committee", "urgent_measures"
OVERDUE = "Overdue</strong>"
IN = Callable[[Role], Client]


@pytest.fixture
def event_id(river: River, monkeypatch: pytest.MonkeyPatch) -> UUID:
    stand_on(monkeypatch, DAY + timedelta(days=3))
    return an_event(river, EVENT)


@pytest.fixture
def let_in(river: River) -> IN:
    return lambda role: door.let_in(
        door.make_staff(role, team_code="team_1" if role is Role.RESEARCHER else "")
    )


def an_event(river: River, event: NewEvent) -> UUID:
    """An event of the first person, who enters if nobody has."""
    entries = enrolment.entries() or (enrolment.entry(river.entered(1)),)
    registration_id = entries[0].registration_id
    return actions.record_event(registration_id, event, under=river.under.safety, by=river.by, at=river.at)


def stand_on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let the pages' clock stand on a day."""
    now = clock.now().replace(year=day.year, month=day.month, day=day.day)
    monkeypatch.setattr(clock, "today", lambda: day)
    monkeypatch.setattr(clock, "now", lambda: now)


def said(told_on: date | None, *, started_on: date | None = None, **more: str) -> dict[str, object]:
    found: dict[str, object] = {"reference": "", "note": "", **more}
    for name, day in (("told_on", told_on), ("started_on", started_on)):
        for part in ("day", "month", "year"):
            found[f"{name}-{part}"] = getattr(day, part) if day else ""
    return found


def page(who: Client, address: str) -> str:
    return who.get(address).content.decode()


def shown(who: Client, address: str) -> str:
    """The middle of a page, without the token against forged forms."""
    return page(who, address).partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(("role", "wing"), [(Role.RESEARCHER, "study"), (Role.TRIAL_MANAGER, "office")])
def test_the_sponsors_clock_stops_once_it_is_recorded_that_the_sponsor_was_told(
    event_id: UUID, let_in: IN, role: Role, wing: str
) -> None:
    who = let_in(role)
    told = "Tell the sponsor of a serious event, by 3 June 2014"
    assert told in page(who, f"/{wing}/events") and OVERDUE in page(who, f"/{wing}/events")
    address = f"/{wing}/events/{event_id}/told/{SPONSOR}"
    assert address in page(who, f"/{wing}/events/{event_id}")
    with ledger_lines() as lines:
        answer = who.post(address, said(date(2014, 6, 3), reference="SAE-7"))
    assert [(line.event, line.wing) for line in lines] == [("told_of_serious_event", "masked")]
    assert answer.headers["Location"] == f"/{wing}/events/{event_id}"
    one = page(who, f"/{wing}/events/{event_id}")
    assert "Told in time, on 3 June 2014" in one and OVERDUE not in one
    assert told not in page(who, f"/{wing}/events")


def test_told_late_is_said_to_be_late(event_id: UUID, let_in: IN) -> None:
    researcher = let_in(Role.RESEARCHER)
    researcher.post(f"/study/events/{event_id}/told/{SPONSOR}", said(date(2014, 6, 4)))
    assert "Told late, on 4 June 2014" in page(researcher, f"/study/events/{event_id}")


def test_masked_staff_see_that_the_sponsor_was_told_but_neither_reference_nor_note(
    event_id: UUID, let_in: IN
) -> None:
    manager, reviewer, researcher = (
        let_in(role) for role in (Role.TRIAL_MANAGER, Role.SAFETY_REVIEWER, Role.RESEARCHER)
    )
    words = {"reference": "PEER-31", "note": "Synthetic: the worker telephoned."}
    manager.post(f"/office/events/{event_id}/told/{SPONSOR}", said(DAY, **words))
    read = page(manager, f"/office/events/{event_id}")
    assert all(word in read for word in words.values())
    for who in (reviewer, researcher):
        one = page(who, f"/study/events/{event_id}")
        assert "Told in time" in one
        assert not any(word in one for word in words.values())
    form = page(researcher, f"/study/events/{event_id}/told/{SPONSOR}")
    assert not any(word in form for word in words.values())


def test_what_follows_from_relatedness_is_recorded_in_the_office_and_never_shown_masked(
    river: River, event_id: UUID, let_in: IN
) -> None:
    manager, researcher = let_in(Role.TRIAL_MANAGER), let_in(Role.RESEARCHER)
    actions.review(event_id, could_be_related=True, by=river.by, at=river.at)
    addresses = ("/study/events", f"/study/events/{event_id}")
    masked = [shown(researcher, one) for one in addresses]
    deliver.judge(event_id, Relatedness.PROBABLE, was_found_by_worker=False, by=river.by, at=river.at)
    assert "ethics committee" in page(manager, f"/office/events/{event_id}")
    with ledger_lines() as lines:
        manager.post(f"/office/events/{event_id}/told/{COMMITTEE}", said(DAY + timedelta(days=2)))
        manager.post(f"/office/events/{event_id}/told/{MEASURE}", said(None, started_on=DAY))
    assert [(line.event, line.wing) for line in lines] == [("told_of_related_event", "sealed")] * 2
    assert "Told in time, on 4 June 2014" in page(manager, f"/office/events/{event_id}")
    assert [shown(researcher, one) for one in addresses] == masked
    assert not any("committee" in one for one in masked)


def test_masked_staff_reach_no_sealed_clock_and_a_reviewer_records_nothing(
    event_id: UUID, let_in: IN
) -> None:
    researcher, reviewer = let_in(Role.RESEARCHER), let_in(Role.SAFETY_REVIEWER)
    with ledger_lines() as lines:
        for who, code in ((researcher, COMMITTEE), (researcher, MEASURE), (reviewer, SPONSOR)):
            address = f"/study/events/{event_id}/told/{code}"
            assert (who.get(address).status_code, who.post(address, said(DAY)).status_code) == (404, 404)
    assert lines == []


def test_another_teams_researcher_and_an_event_that_was_never_serious_are_not_there(
    river: River, event_id: UUID, let_in: IN
) -> None:
    other = door.let_in(door.make_staff(Role.RESEARCHER, team_code="team_2", number=2))
    mild = an_event(river, replace(EVENT, seriousness=frozenset()))
    assert other.get(f"/study/events/{event_id}/told/{SPONSOR}").status_code == 404
    assert let_in(Role.RESEARCHER).get(f"/study/events/{mild}/told/{SPONSOR}").status_code == 404
    assert let_in(Role.TRIAL_MANAGER).get(f"/office/events/{mild}/told/{SPONSOR}").status_code == 404


def test_an_urgent_measure_starts_a_clock_which_stops_when_it_was_written_about(
    event_id: UUID, let_in: IN
) -> None:
    manager = let_in(Role.TRIAL_MANAGER)
    address = f"/office/events/{event_id}/told/{MEASURE}"
    assert "Record an urgent safety measure" in page(manager, f"/office/events/{event_id}")
    assert Because.MEASURE_DAY_MISSING.sentence in manager.post(address, said(DAY)).content.decode()
    manager.post(address, said(None, started_on=DAY))
    assert "Write to the ethics committee about urgent" in page(manager, f"/office/events/{event_id}")
    manager.post(address, said(DAY + timedelta(days=3), started_on=DAY))
    assert "Told in time, on 5 June 2014" in page(manager, f"/office/events/{event_id}")
    assert SealedReport.objects.count() == 2


def test_what_is_on_record_is_put_right_with_a_reason_and_the_first_record_stays(
    event_id: UUID, let_in: IN
) -> None:
    manager = let_in(Role.TRIAL_MANAGER)
    address = f"/office/events/{event_id}/told/{SPONSOR}"
    manager.post(address, said(DAY))
    right = said(DAY + timedelta(days=1))
    assert Because.NO_REASON_GIVEN.sentence in manager.post(address, right).content.decode()
    manager.post(address, {**right, "why": ReportPutRight.TYPED_WRONGLY.value})
    one = page(manager, f"/office/events/{event_id}")
    assert "Told in time, on 3 June 2014" in one and ReportPutRight.TYPED_WRONGLY.sentence in one
    manager.post(address, {**said(None), "why": ReportPutRight.NOT_TOLD.value})
    assert OVERDUE in page(manager, f"/office/events/{event_id}")
    assert Report.objects.count() == 3


def test_what_is_overdue_stands_first_and_the_office_is_told_how_many(
    river: River, event_id: UUID, let_in: IN
) -> None:
    newer = an_event(river, replace(EVENT, kind="self_harm"))
    manager, researcher = let_in(Role.TRIAL_MANAGER), let_in(Role.RESEARCHER)
    assert "2 events with somebody overdue" in page(manager, "/office/")
    told = NewReport(Told(SPONSOR, DAY))
    reports.tell(event_id, told, under=river.under.safety, by=river.by, at=river.at)
    assert "1 event with somebody overdue" in page(manager, "/office/")
    for who, wing in ((manager, "office"), (researcher, "study")):
        listing = page(who, f"/{wing}/events")
        assert listing.index(str(newer)) < listing.index(str(event_id))


def test_the_page_says_that_bank_holidays_make_no_clock_later(event_id: UUID, let_in: IN) -> None:
    for role, wing in ((Role.RESEARCHER, "study"), (Role.TRIAL_MANAGER, "office")):
        assert "never later than the true one" in page(let_in(role), f"/{wing}/events/{event_id}")


def test_a_sealed_clock_is_kept_in_the_sealed_wing_alone(river: River, event_id: UUID) -> None:
    given = {"under": river.under.safety, "by": river.by, "at": river.at}
    sealed.tell(event_id, NewReport(Told(COMMITTEE, DAY)), **given)
    assert (Report.objects.count(), SealedReport.objects.count()) == (0, 1)
