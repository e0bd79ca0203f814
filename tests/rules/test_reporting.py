"""Reporting clocks: by when somebody must be told of an event, whether they were, and who may see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.protocol import ClockScope, Protocol, Recipient, ReportingClock
from handrail.domain.refusal import Reasons
from handrail.domain.reporting import (
    LONGEST_NOTE,
    LONGEST_REFERENCE,
    ClockState,
    Deadline,
    NewReport,
    ReportPutRight,
    ReportRecord,
    Told,
    every_deadline,
    masked_deadlines,
    soonest,
    standing,
    why_not_tell,
)
from handrail.domain.safety import EventFacts, HowFound
from handrail.domain.words import Because, Relatedness, Seriousness

ON = date(2014, 7, 4)  # a Friday, on which the team knew
DAY = timedelta(days=1)
SPONSOR, COMMITTEE, MEASURES = "sponsor", "ethics_committee", "urgent_measures"
NOTHING: dict[str, ReportRecord] = {}


def kept(**changes: Any) -> EventFacts:
    """A serious event that was not expected, known on ``ON``."""
    made = EventFacts(
        id=UUID(int=1),
        registration_id=UUID(int=2),
        study_number="HR-00001-A",
        team_code="team_1",
        event_number=1,
        onset_on=ON - 2 * DAY,
        aware_on=ON,
        kind="other",
        seriousness=(Seriousness.HOSPITAL_STAY,),
        is_expected=False,
        how_found=HowFound.STAFF,
        could_be_related=None,
    )
    return replace(made, **changes)


def report(told: Told, **changes: Any) -> ReportRecord:
    at = datetime(2014, 7, 8, 10, tzinfo=UTC)
    made = ReportRecord(UUID(int=90), UUID(int=1), None, None, told, SPONSOR, UUID(int=7), at)
    return replace(made, **changes)


def of(*told: Told) -> dict[str, ReportRecord]:
    return {one.clock: report(one) for one in told}


def clock(core: Protocol, code: str) -> ReportingClock:
    return next(one for one in core.safety.clocks if one.code == code)


def codes(reasons: Reasons) -> list[Because]:
    return [reason.code for reason in reasons]


def every(core: Protocol, event: EventFacts, *told: Told, judged: Relatedness | None = None) -> Any:
    found = every_deadline(event, reports=of(*told), relatedness=judged, under=core.safety)
    return {one.code: one for one in found}


def masked(core: Protocol, event: EventFacts, *told: Told) -> dict[str, Deadline]:
    return {one.code: one for one in masked_deadlines(event, reports=of(*told), under=core.safety)}


def states(found: dict[str, Deadline], on: date) -> dict[str, ClockState]:
    return {code: one.state(on) for code, one in found.items()}


def test_a_serious_event_starts_its_clocks_on_the_day_the_team_knew(core: Protocol) -> None:
    found = {one.code: (one.due_on, one.is_working_days) for one in every(core, kept()).values()}
    assert found == {
        SPONSOR: (date(2014, 7, 7), True),  # one working day: Monday
        COMMITTEE: (date(2014, 7, 19), False),  # 15 days on the calendar
    }


def test_an_event_that_was_never_serious_starts_no_clock(core: Protocol) -> None:
    assert every(core, kept(seriousness=())) == masked(core, kept(seriousness=())) == {}


@pytest.mark.parametrize(
    ("told_on", "on", "state"),
    [
        (None, date(2014, 7, 7), ClockState.DUE),
        (None, date(2014, 7, 8), ClockState.OVERDUE),
        (date(2014, 7, 7), date(2014, 7, 30), ClockState.MET),
        (date(2014, 7, 8), date(2014, 7, 30), ClockState.MET_LATE),
    ],
)
def test_a_clock_is_due_until_its_day_overdue_from_the_next_and_stops_when_somebody_is_told(
    core: Protocol, told_on: date | None, on: date, state: ClockState
) -> None:
    found = masked(core, kept(could_be_related=False), Told(SPONSOR, told_on))
    assert states(found, on) == {SPONSOR: state}
    assert found[SPONSOR].is_overdue(on) is (state is ClockState.OVERDUE)
    assert found[SPONSOR].is_open is (told_on is None)


def test_the_committees_clock_runs_until_it_is_settled_that_it_need_not(core: Protocol) -> None:
    late = ON + 30 * DAY

    def state(event: EventFacts, judged: Relatedness | None = None) -> ClockState:
        return every(core, event, judged=judged)[COMMITTEE].state(late)

    related = kept(could_be_related=True)
    assert state(kept()) is state(related) is ClockState.OVERDUE
    assert [state(related, judged) for judged in Relatedness] == [ClockState.ENDED] * 2 + [
        ClockState.OVERDUE
    ] * 3
    assert state(kept(could_be_related=False)) is ClockState.ENDED
    assert state(kept(is_expected=True), Relatedness.DEFINITE) is ClockState.ENDED


def test_an_urgent_measure_starts_its_own_clock_on_the_day_it_was_taken(core: Protocol) -> None:
    taken = ON + 40 * DAY
    assert MEASURES not in every(core, kept())
    found = every(core, kept(could_be_related=False), Told(MEASURES, None, taken))[MEASURES]
    assert (found.due_on, found.state(taken + 4 * DAY)) == (taken + 3 * DAY, ClockState.OVERDUE)
    found = every(core, kept(), Told(MEASURES, taken + 3 * DAY, taken))[MEASURES]
    assert found.state(taken + 30 * DAY) is ClockState.MET
    assert MEASURES not in every(core, kept(), Told(MEASURES, None, None))


def test_masked_eyes_see_only_what_does_not_follow_from_relatedness(core: Protocol) -> None:
    assert set(masked(core, kept())) == {SPONSOR, COMMITTEE}  # the day by which the answer is wanted
    assert set(masked(core, kept(is_expected=True))) == {SPONSOR}
    for signed in (True, False):
        assert set(masked(core, kept(could_be_related=signed))) == {SPONSOR}
    told = (Told(COMMITTEE, ON), Told(MEASURES, ON, ON))
    assert masked(core, kept(), *told) == masked(core, kept())  # not even when it were handed in


def test_a_correction_alone_neither_starts_a_clock_again_nor_stops_it(core: Protocol) -> None:
    first = every(core, kept())
    assert first != every(core, kept(aware_on=ON + DAY))
    assert every(core, kept(aware_on=ON + DAY, first_aware_on=ON)) == first
    milder = kept(seriousness=(), is_downgraded=True, was_serious=True)
    assert every(core, milder) == first
    assert states(every(core, replace(milder, could_be_related=True)), ON + 30 * DAY) == {
        SPONSOR: ClockState.OVERDUE,
        COMMITTEE: ClockState.OVERDUE,
    }


def test_a_clock_ends_when_a_reviewer_signs_that_it_need_not_run_and_who_was_told_stays_told(
    core: Protocol,
) -> None:
    settled = kept(seriousness=(), was_serious=True, could_be_related=False)
    assert set(states(every(core, settled), ON + 30 * DAY).values()) == {ClockState.ENDED}
    told = masked(core, settled, Told(SPONSOR, ON))
    assert states(told, ON + 30 * DAY) == {SPONSOR: ClockState.MET}


def test_what_is_overdue_comes_first_and_what_nobody_need_be_told_of_does_not_come(core: Protocol) -> None:
    events = [kept(id=UUID(int=8)), kept(id=UUID(int=9), aware_on=ON - 3 * DAY), kept(id=UUID(int=7))]
    found = {one.id: tuple(every(core, one).values()) for one in events[:2]}
    done = tuple(every(core, kept(could_be_related=False), Told(SPONSOR, ON)).values())
    assert [
        (key.int, one.code, one.due_on) for key, one in soonest({**found, UUID(int=7): done}).items()
    ] == [
        (9, SPONSOR, date(2014, 7, 2)),
        (8, SPONSOR, date(2014, 7, 7)),
    ]


def test_what_was_told_of_an_earlier_record_holds_and_what_was_put_right_does_not() -> None:
    first = report(Told(SPONSOR, ON), event_id=UUID(int=5))
    wrong = report(Told(COMMITTEE, ON), id=UUID(int=91))
    right = report(Told(COMMITTEE, ON + DAY), id=UUID(int=92), puts_right=wrong.id)
    others = report(Told(SPONSOR, ON), id=UUID(int=93), event_id=UUID(int=404))
    event = kept(earlier_ids=(UUID(int=5),))
    found = standing([first, wrong, right, others], [event])
    assert found == {event.id: {SPONSOR: first, COMMITTEE: right}}


def test_a_record_that_somebody_was_told_is_refused_where_its_days_or_words_cannot_be(
    core: Protocol,
) -> None:
    now = ON + 5 * DAY

    def refused(new: NewReport, code: str = SPONSOR, event: EventFacts | None = None) -> list[Because]:
        given = {"event": event or kept(), "clock": clock(core, code), "on_record": None, "on": now}
        return codes(why_not_tell(new, **given))

    def new(told_on: date | None, **words: Any) -> NewReport:
        return NewReport(Told(SPONSOR, told_on), **words)

    assert refused(new(ON)) == refused(new(now)) == []
    assert refused(new(ON), event=kept(seriousness=(), was_serious=True, could_be_related=False)) == []
    assert refused(new(ON), event=kept(seriousness=())) == [Because.NO_CLOCK_RUNS]
    assert refused(new(now + DAY)) == [Because.DAY_TO_COME]
    assert refused(new(ON - DAY)) == [Because.DATES_SWAPPED]
    assert refused(new(None)) == [Because.NOTHING_DIFFERS]
    assert refused(new(ON, reference="x" * (LONGEST_REFERENCE + 1))) == [Because.TEXT_TOO_LONG]
    assert refused(new(ON, note="x" * (LONGEST_NOTE + 1))) == [Because.TEXT_TOO_LONG]
    assert refused(NewReport(Told(MEASURES, ON)), MEASURES) == [Because.MEASURE_DAY_MISSING]
    assert refused(NewReport(Told(MEASURES, None, ON)), MEASURES) == []
    assert refused(NewReport(Told(MEASURES, ON, ON + DAY)), MEASURES) == [Because.DATES_SWAPPED]


def test_what_is_on_record_is_put_right_only_with_a_reason_and_completed_without(core: Protocol) -> None:
    def refused(
        told: Told, on_record: Told, why: ReportPutRight | None = None, note: str = ""
    ) -> list[Because]:
        given = {"event": kept(), "clock": clock(core, told.clock), "on": ON + 5 * DAY}
        return codes(why_not_tell(NewReport(told, why, note=note), on_record=on_record, **given))

    once = Told(SPONSOR, ON)
    assert refused(once, once) == [Because.NOTHING_DIFFERS]
    assert refused(once, once, note="Acknowledged.") == []
    assert refused(once, once, ReportPutRight.NOT_TOLD, note="Never.") == [Because.NOTHING_DIFFERS]
    assert refused(Told(SPONSOR, ON + DAY), once) == [Because.NO_REASON_GIVEN]
    assert refused(Told(SPONSOR, ON + DAY), once, ReportPutRight.TYPED_WRONGLY) == []
    assert refused(Told(SPONSOR), once, ReportPutRight.NOT_TOLD) == []
    taken = Told(MEASURES, None, ON)
    assert refused(Told(MEASURES, ON + DAY, ON), taken) == []
    assert refused(Told(MEASURES, None, ON + DAY), taken) == [Because.NO_REASON_GIVEN]


def test_a_bank_holiday_moves_only_clocks_of_working_days(core: Protocol) -> None:
    monday = frozenset({date(2014, 7, 7)})
    found = every_deadline(kept(), reports=NOTHING, relatedness=None, under=core.safety, holidays=monday)
    assert [(one.code, one.due_on) for one in found] == [
        (SPONSOR, date(2014, 7, 8)),
        (COMMITTEE, date(2014, 7, 19)),
    ]


def test_the_protocol_says_whom_to_tell_of_what(core: Protocol) -> None:
    assert {one.code: (one.tell, one.runs_for) for one in core.safety.clocks} == {
        SPONSOR: (Recipient.SPONSOR, ClockScope.SERIOUS),
        COMMITTEE: (Recipient.ETHICS_COMMITTEE, ClockScope.RELATED_UNEXPECTED),
        MEASURES: (Recipient.ETHICS_COMMITTEE, ClockScope.URGENT_MEASURE),
    }
