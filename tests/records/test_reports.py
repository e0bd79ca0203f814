"""That somebody was told of an event, as it is kept: append-only, in its own wing, held by corrections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.reporting import ClockState, NewReport, ReportPutRight, Told, standing
from handrail.domain.safety import HowFound, NewEvent, WhyCorrected
from handrail.domain.words import Because, Relatedness, Seriousness
from handrail.records.enrolment import facts as enrolment
from handrail.records.safety import actions, facts, reports
from handrail.records.safety.models import Report
from handrail.records.support import actions as support
from handrail.records.support import reports as sealed
from handrail.records.support.models import SealedReport
from tests.later import day, ledger_lines, moment
from tests.river import River

AT = moment(2014, 8, 1)
KNOWN = day("2014-07-22")  # a Tuesday
EVENT = NewEvent(KNOWN, KNOWN, "other", frozenset({Seriousness.HOSPITAL_STAY}), HowFound.FAMILY, "Synthetic.")
SPONSOR, COMMITTEE, MEASURE = "sponsor", "ethics_committee", "urgent_measures"


@pytest.fixture
def given(river: River) -> dict[str, Any]:
    return {"under": river.under.safety, "by": river.by, "at": AT}


@pytest.fixture
def event_id(river: River, given: dict[str, Any]) -> UUID:
    registration_id = enrolment.entry(river.entered(1)).registration_id
    return actions.record_event(registration_id, EVENT, **given)


def told(code: str, on: date | None = KNOWN, **more: Any) -> NewReport:
    started_on = more.pop("started_on", None)
    return NewReport(Told(code, on, started_on), **more)


def states(event_id: UUID, given: dict[str, Any]) -> dict[str, ClockState]:
    found = sealed.deadlines([facts.event(event_id)], under=given["under"])[event_id]
    return {one.code: one.state(AT.date()) for one in found}


@pytest.mark.parametrize(
    ("tell", "code", "line", "records"),
    [
        (reports.tell, SPONSOR, ("told_of_serious_event", "masked"), reports.records),
        (sealed.tell, COMMITTEE, ("told_of_related_event", "sealed"), sealed.records),
    ],
)
def test_that_somebody_was_told_is_kept_whole_with_one_line_in_its_own_wing(
    event_id: UUID,
    given: dict[str, Any],
    tell: Callable[..., None],
    code: str,
    line: tuple[str, str],
    records: Callable[..., Any],
) -> None:
    with ledger_lines() as lines:
        tell(event_id, told(code, reference="R-7", note="By telephone."), **given)
    assert [(one.event, one.wing, one.about) for one in lines] == [
        (*line, facts.event(event_id).registration_id)
    ]
    words = {"with_words": True} if records is reports.records else {}
    (found,) = records((event_id,), **words)
    assert (found.told, found.recipient, found.recorded_by) == (Told(code, KNOWN), code, given["by"])
    assert (found.reference, found.note) == ("R-7", "By telephone.")


def test_masked_facts_carry_neither_reference_nor_note(event_id: UUID, given: dict[str, Any]) -> None:
    reports.tell(event_id, told(SPONSOR, reference="R-7", note="The worker telephoned."), **given)
    (found,) = reports.records()
    assert (found.reference, found.note) == ("", "")


def test_each_clock_is_kept_in_one_wing_alone(event_id: UUID, given: dict[str, Any]) -> None:
    wrong = ((reports.tell, COMMITTEE), (reports.tell, MEASURE), (sealed.tell, SPONSOR))
    with ledger_lines() as lines:
        for tell, code in (*wrong, (reports.tell, "nonsense"), (sealed.tell, "nonsense")):
            with pytest.raises(NotFound):
                tell(event_id, told(code), **given)
        with pytest.raises(NotFound):
            reports.tell(UUID(int=404), told(SPONSOR), **given)
    assert lines == []


@pytest.mark.parametrize(("tell", "code"), [(reports.tell, SPONSOR), (sealed.tell, COMMITTEE)])
def test_what_is_on_record_is_put_right_by_a_newer_record(
    event_id: UUID, given: dict[str, Any], tell: Callable[..., None], code: str
) -> None:
    late = day("2014-07-31")
    tell(event_id, told(code, late), **given)
    with ledger_lines() as lines, pytest.raises(Refused) as refused:
        tell(event_id, told(code), **given)
    assert [one.code for one in refused.value.reasons] == [Because.NO_REASON_GIVEN]
    assert lines == []
    tell(event_id, told(code, why=ReportPutRight.TYPED_WRONGLY), **given)
    assert states(event_id, given)[code] is ClockState.MET
    tell(event_id, told(code, None, why=ReportPutRight.NOT_TOLD), **given)
    assert states(event_id, given)[code] in (ClockState.OVERDUE, ClockState.DUE)
    assert (Report.objects.count(), SealedReport.objects.count()) in ((3, 0), (0, 3))


def test_who_was_told_before_a_correction_stays_told(
    river: River, event_id: UUID, given: dict[str, Any]
) -> None:
    reports.tell(event_id, told(SPONSOR), **given)
    sealed.tell(event_id, told(MEASURE, None, started_on=day("2014-07-30")), **given)
    mild = NewEvent(KNOWN, KNOWN, "other", frozenset(), HowFound.FAMILY)
    second = actions.correct_event(event_id, mild, why=WhyCorrected.JUDGED_AGAIN, **given)
    found = {SPONSOR: ClockState.MET, COMMITTEE: ClockState.DUE, MEASURE: ClockState.DUE}
    assert states(second, given) == found
    actions.review(second, could_be_related=False, by=river.by, at=AT)
    assert states(second, given) == {**found, COMMITTEE: ClockState.ENDED}
    event = facts.event(second)
    assert standing(reports.records(), [event])[second][SPONSOR].event_id == event_id
    with pytest.raises(NotFound):  # only of the record that stands
        reports.tell(event_id, told(SPONSOR), **given)


def test_a_downgraded_event_that_could_be_related_is_judged_and_its_committee_told(
    river: River, event_id: UUID, given: dict[str, Any]
) -> None:
    mild = NewEvent(KNOWN, KNOWN, "other", frozenset(), HowFound.FAMILY)
    second = actions.correct_event(event_id, mild, why=WhyCorrected.JUDGED_AGAIN, **given)
    actions.review(second, could_be_related=True, by=river.by, at=AT)
    with ledger_lines() as lines:
        support.judge(second, Relatedness.POSSIBLE, was_found_by_worker=False, by=river.by, at=AT)
    assert [one.event for one in lines] == ["relatedness_judged"]
    assert states(second, given) == {SPONSOR: ClockState.OVERDUE, COMMITTEE: ClockState.DUE}
    sealed.tell(second, told(COMMITTEE, AT.date()), **given)
    assert states(second, given)[COMMITTEE] is ClockState.MET


def test_nobody_is_told_of_an_event_that_was_never_serious(river: River, given: dict[str, Any]) -> None:
    registration_id = enrolment.entry(river.entered(1)).registration_id
    mild = NewEvent(KNOWN, KNOWN, "other", frozenset(), HowFound.FAMILY)
    event_id = actions.record_event(registration_id, mild, **given)
    with pytest.raises(Refused) as refused:
        reports.tell(event_id, told(SPONSOR), **given)
    assert [one.code for one in refused.value.reasons] == [Because.NO_CLOCK_RUNS]


@pytest.mark.parametrize("model", [Report, SealedReport])
def test_what_was_told_is_never_changed_or_removed(
    event_id: UUID, given: dict[str, Any], model: type
) -> None:
    reports.tell(event_id, told(SPONSOR), **given)
    sealed.tell(event_id, told(COMMITTEE), **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.update(told_on=None)


def test_the_number_of_questions_does_not_grow_with_the_number_of_events(
    event_id: UUID, given: dict[str, Any], django_assert_num_queries: Any
) -> None:
    registration_id = facts.event(event_id).registration_id
    for _ in range(4):
        reports.tell(actions.record_event(registration_id, EVENT, **given), told(SPONSOR), **given)
    events = facts.events()
    with django_assert_num_queries(3):
        assert len(sealed.deadlines(events, under=given["under"])) == 5
