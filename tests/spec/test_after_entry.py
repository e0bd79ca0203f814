"""The chapters after entry: follow-up, readmission, safety and support, row by row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from handrail.domain.followup import score, window
from handrail.domain.post import due_on
from handrail.domain.protocol import Protocol
from handrail.domain.readmission import outcome
from handrail.domain.reporting import ReportRecord, Told, every_deadline, masked_deadlines
from handrail.domain.safety import EventFacts, HowFound, is_expected
from handrail.domain.support import UNKNOWN_DOSE, Meeting, Supported, dose, is_adherent, why_not_plan
from handrail.domain.words import Attendance, Relatedness, Seriousness
from tests.rules.fixture_readmission import CORE, CUT_OFF, ENTRY, cases, spell
from tests.spec.reading import Row, listed, named, rows

ENTERED = date(2014, 6, 2)


def day(text: str) -> date:
    return date.fromisoformat(text)


def shown(number: float | None) -> str:
    """A number as a table writes it; a blank for none."""
    return "" if number is None else f"{number:g}"


@pytest.mark.parametrize("row", rows("follow-up", "Windows"), ids=named)
def test_windows(core: Protocol, row: Row) -> None:
    span = window(day(row["Entered"]), core.schedule.point(row["Point"]))
    found = [each.isoformat() for each in (span.opens_on, span.target_on, span.closes_on)]
    assert found == [row["Opens"], row["Aimed at"], row["Closes"]]


@pytest.mark.parametrize("row", rows("follow-up", "Raw totals"), ids=named)
def test_raw_totals(core: Protocol, row: Row) -> None:
    answers = [None if word == "–" else int(word) for word in (row["Answers"] or "–").split()]
    found = score(core.schedule.instrument(row["Questionnaire"]), answers)
    assert (str(found.answered_count), shown(found.total)) == (row["Answered"], row["Total"])


def test_the_fixture_holds_every_case_and_the_protocol_is_cores(core: Protocol) -> None:
    assert core.outcome == CORE
    for case in cases():
        found = outcome(ENTRY, case.spells, under=core.outcome, observed_until=CUT_OFF, died_on=case.died_on)
        assert (found.status.value, shown(found.day), shown(found.nights)) == (
            case.status,
            case.answers[1],
            case.answers[3],
        )


@pytest.mark.parametrize("row", rows("readmission", "When it cannot be known"), ids=named)
def test_when_it_cannot_be_known(core: Protocol, row: Row) -> None:
    spells = [spell(text, place) for place, text in enumerate(listed(row["Spells"])) if text != "no row"]
    found = outcome(
        ENTRY,
        spells,
        under=core.outcome,
        observed_until=day(row["Records complete to"]),
        has_consent=row["Agreed to records"] == "yes",
    )
    answer = (found.status.value, shown(found.readmitted), shown(found.followed_days))
    assert answer == (row["Status"], row["Readmitted"], row["Followed days"])


def _event(known: date, *, serious: str, expected: bool, review: str) -> EventFacts:
    """An event known on a day. ``serious``: yes, no, or before, when only an earlier record called it so."""
    signed = {"yes": True, "no": False}.get(review)
    return EventFacts(
        id=UUID(int=1),
        registration_id=UUID(int=2),
        study_number="HR-00001-A",
        team_code="team_1",
        event_number=1,
        onset_on=known - timedelta(days=1),
        aware_on=known,
        kind="self_harm" if expected else "other",
        seriousness=(Seriousness.HOSPITAL_STAY,) if serious == "yes" else (),
        is_expected=expected,
        how_found=HowFound.STAFF,
        could_be_related=signed,
        is_downgraded=serious == "before" and signed is not False,
        was_serious=serious == "before",
    )


def _reports(**days: tuple[str, str]) -> dict[str, ReportRecord]:
    """What stands, by clock: on which day they were told, and on which a measure was taken."""
    at = datetime(2014, 7, 30, 9, tzinfo=UTC)
    return {
        code: ReportRecord(
            UUID(int=3),
            UUID(int=1),
            None,
            None,
            Told(code, *(day(one) if one else None for one in found)),
            code,
            UUID(int=4),
            at,
        )
        for code, found in days.items()
    }


@pytest.mark.parametrize("row", rows("safety", "By when somebody must be told"), ids=named)
def test_by_when_somebody_must_be_told(core: Protocol, row: Row) -> None:
    event = _event(day(row["Known on"]), serious=row["Serious"], expected=False, review="")
    reports = _reports(urgent_measures=("", row["Measure taken"]))
    found = every_deadline(event, reports=reports, relatedness=None, under=core.safety)
    due = {one.code: one.due_on.isoformat() for one in found}
    clocks = {
        "sponsor": "Sponsor",
        "urgent_measures": "Urgent measures",
        "ethics_committee": "Ethics committee",
    }
    assert {title: due.get(code, "") for code, title in clocks.items()} == {
        title: row[title] for title in clocks.values()
    }


@pytest.mark.parametrize("row", rows("safety", "Where the clocks of an event stand"), ids=named)
def test_where_the_clocks_of_an_event_stand(core: Protocol, row: Row) -> None:
    review, expected = row["Masked review"], row["Expected"] == "yes"
    event = _event(day("2014-07-04"), serious=row["Serious"], expected=expected, review=review)
    reports = _reports(sponsor=(row["Sponsor told on"], ""), ethics_committee=(row["Committee told on"], ""))
    judged = Relatedness(row["Judged"]) if row["Judged"] else None
    found = every_deadline(event, reports=reports, relatedness=judged, under=core.safety)
    states = {one.code: one.state(day("2014-07-30")).value for one in found}
    assert states.get("sponsor", "") == row["Sponsor"]
    assert states.get("ethics_committee", "") == row["Ethics committee"]
    seen = {one.code: one for one in masked_deadlines(event, reports=reports, under=core.safety)}
    assert seen.get("sponsor") == next((one for one in found if one.code == "sponsor"), None)
    assert "ethics_committee" not in seen or not (review or row["Committee told on"])


@pytest.mark.parametrize("row", rows("safety", "Expected events"), ids=named)
def test_expected_events(core: Protocol, row: Row) -> None:
    assert is_expected(row["Kind"], under=core.safety) is (row["Expected"] == "yes")


def _meeting(number: int, attendance: Attendance) -> Meeting:
    held = ENTERED + timedelta(days=number)
    at = datetime(held.year, held.month, held.day, 9, tzinfo=UTC)
    is_held = attendance is Attendance.HELD
    return Meeting(UUID(int=number), at, attendance, held if is_held else None, 60 if is_held else None)


@pytest.mark.parametrize("row", rows("support", "When a session may be planned"), ids=named)
def test_when_a_session_may_be_planned(core: Protocol, row: Row) -> None:
    offer = next(arm.peer_sessions for arm in core.arms if arm.peer_sessions)
    before = tuple(_meeting(number, Attendance.HELD) for number in range(1, int(row["Held before"]) + 1))
    worker = UUID(int=7) if row["Peer worker"] == "yes" else None
    person = Supported(UUID(int=1), "HR-00001-A", ENTERED, offer, worker, None, None, before)
    on = day(row["For"])
    planned = datetime(on.year, on.month, on.day, 14, tzinfo=UTC)
    found = why_not_plan(person, planned_at=planned, on=on)
    assert [reason.code.value for reason in found] == listed(row["Why not"])


@pytest.mark.parametrize("row", rows("support", "What a person received"), ids=named)
def test_what_a_person_received(core: Protocol, row: Row) -> None:
    offer = next(arm.peer_sessions for arm in core.arms if arm.peer_sessions)
    words = listed(row["Sessions"])
    meetings = [_meeting(n, Attendance(word)) for n, word in enumerate(words, start=1) if word != "not known"]
    received = UNKNOWN_DOSE if "not known" in words else dose(meetings)
    taken = {True: "yes", False: "no", None: ""}[is_adherent(received, under=offer)]
    answer = (shown(received.held_count), shown(received.missed_count), taken)
    assert answer == (row["Held"], row["Missed"], row["Took it up"])


@pytest.mark.parametrize("row", rows("support", "Workbooks by post"), ids=named)
def test_workbooks_by_post(core: Protocol, row: Row) -> None:
    offer = core.reference_arm.workbook
    assert offer is not None
    assert due_on(day(row["Ordered"]), under=offer).isoformat() == row["Posted in time by"]
