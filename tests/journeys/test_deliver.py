"""What an arm offers is given, and nothing else; every line of it is sealed and names no arm."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.safe_contact import SafeContact, Way
from handrail.domain.safety import HowFound, NewEvent
from handrail.domain.support import SessionPlace
from handrail.domain.words import Attendance, Because, Posting, Relatedness, Role, Seriousness
from handrail.journey import deliver
from handrail.records.audit.models import Line
from handrail.records.people import actions as people
from handrail.records.post import actions as post_actions
from handrail.records.post import facts as post
from handrail.records.safety import actions as safety
from handrail.records.support import facts as support
from handrail.records.support.models import AttendanceGap, ProgrammeStop
from handrail.records.support.models import Relatedness as Judged
from tests.later import day, ledger_lines, moment, staff, with_post, with_sessions
from tests.river import River

AT = moment(2014, 6, 3)
MEETING = moment(2014, 6, 10, 14)


def given(river: River) -> dict[str, Any]:
    return {"under": river.under, "by": river.by, "at": AT}


def paired(river: River) -> tuple[UUID, UUID]:
    entry, worker = with_sessions(river), staff(river, Role.PEER_WORKER)
    deliver.pair(entry.id, worker, **given(river))
    return entry.id, worker


def hold(river: River, session_id: UUID, **changes: Any) -> None:
    facts = {"minutes": 55, "held_at": MEETING, "place": SessionPlace.COMMUNITY, "under": river.under}
    deliver.hold_session(session_id, **{**facts, "by": river.by, "at": MEETING, **changes})


def refused(act: Callable[[], object]) -> list[Because]:
    """Why an act is refused; it must leave nothing in the ledger."""
    with ledger_lines() as lines, pytest.raises(Refused) as found:
        act()
    assert lines == []
    return [reason.code for reason in found.value.reasons]


def test_a_session_is_paired_planned_and_held_with_a_sealed_line_each(river: River) -> None:
    entry, worker = with_sessions(river), staff(river, Role.PEER_WORKER)
    with ledger_lines() as lines:
        deliver.pair(entry.id, worker, **given(river))
        session = deliver.plan_session(entry.id, planned_at=MEETING, **given(river))
        hold(river, session)
    assert [(line.event, line.wing, line.about, line.by) for line in lines] == [
        (event, "sealed", entry.id, river.by) for event in ("paired", "session_planned", "session_held")
    ]
    assert support.caseload(worker) == (entry.id,)
    (held,) = support.meetings(entry.id)
    assert (held.attendance, held.held_on, held.minutes) == (Attendance.HELD, day("2014-06-10"), 55)


def test_no_line_of_the_ledger_names_an_arm(river: River) -> None:
    entry_id, _ = paired(river)
    deliver.plan_session(entry_id, planned_at=MEETING, **given(river))
    parcel = with_post(river, first=50)
    deliver.order_workbook(parcel.id, **given(river))
    text = json.dumps(list(Line.objects.values("event", "agent", "reason", "detail", "role")))
    assert not any(arm.code in text or arm.title in text for arm in river.under.arms)


def test_a_change_of_worker_is_a_new_pairing_and_the_caseload_moves(river: River) -> None:
    entry_id, first = paired(river)
    second = staff(river, Role.PEER_WORKER, "Synthetic Second")
    deliver.pair(entry_id, second, under=river.under, by=river.by, at=AT + timedelta(days=20))
    assert (support.caseload(first), support.caseload(second)) == ((), (entry_id,))
    assert [(one.worker_id, one.until_on) for one in support.pairings()] == [
        (first, day("2014-06-23")),
        (second, None),
    ]
    assert support.is_of(entry_id, worker_id=second) and not support.is_of(entry_id, worker_id=first)


def test_an_arm_without_sessions_gets_none(river: River) -> None:
    entry, worker = with_post(river), staff(river, Role.PEER_WORKER)
    assert refused(lambda: deliver.pair(entry.id, worker, **given(river))) == [Because.NOT_OFFERED]
    plan = refused(lambda: deliver.plan_session(entry.id, planned_at=MEETING, **given(river)))
    assert plan[0] is Because.NOT_OFFERED
    assert refused(lambda: deliver.lose_attendance(entry.id, **given(river))) == [Because.NOT_OFFERED]


def test_an_arm_with_a_worker_is_posted_nothing(river: River) -> None:
    entry = with_sessions(river)
    assert refused(lambda: deliver.order_workbook(entry.id, **given(river))) == [Because.NOT_OFFERED]
    assert post.parcels() == ()


def test_a_session_is_settled_once(river: River) -> None:
    entry_id, _ = paired(river)
    session = deliver.plan_session(entry_id, planned_at=MEETING, **given(river))
    deliver.mark_session(session, Attendance.MISSED, **given(river))
    assert refused(lambda: hold(river, session)) == [Because.SESSION_SETTLED]
    again = refused(lambda: deliver.mark_session(session, Attendance.CANCELLED, **given(river)))
    assert again == [Because.SESSION_SETTLED]
    assert support.meetings(entry_id)[0].attendance is Attendance.MISSED


def test_somebody_who_stops_has_sessions_ahead_called_off_and_keeps_those_held(river: River) -> None:
    entry_id, _ = paired(river)
    held = deliver.plan_session(entry_id, planned_at=MEETING, **given(river))
    deliver.plan_session(entry_id, planned_at=MEETING + timedelta(days=7), **given(river))
    hold(river, held)
    with ledger_lines() as lines:
        deliver.stop(entry_id, under=river.under, by=river.by, at=moment(2014, 6, 12))
    assert [(line.event, line.wing) for line in lines] == [("programme_stopped", "sealed")]
    assert [one.attendance for one in support.meetings(entry_id)] == [
        Attendance.HELD,
        Attendance.CANCELLED,
    ]
    assert support.stops() == {entry_id: day("2014-06-12")}
    later = {"under": river.under, "by": river.by, "at": moment(2014, 6, 13)}
    again = refused(lambda: deliver.plan_session(entry_id, planned_at=moment(2014, 6, 20), **later))
    assert again == [Because.PROGRAMME_STOPPED]


def test_lost_attendance_is_recorded_once_as_unknown(river: River) -> None:
    entry_id, _ = paired(river)
    with ledger_lines() as lines:
        deliver.lose_attendance(entry_id, **given(river))
    assert [(line.event, line.wing) for line in lines] == [("attendance_unknown", "sealed")]
    assert support.attendance_unknown() == {entry_id}
    again = refused(lambda: deliver.lose_attendance(entry_id, **given(river)))
    assert again == [Because.ATTENDANCE_LOST]


def test_a_workbook_is_ordered_posted_and_comes_back_with_a_sealed_line_each(river: River) -> None:
    entry = with_post(river)
    with ledger_lines() as lines:
        deliver.order_workbook(entry.id, **given(river))
        deliver.post_workbook(entry.id, under=river.under, by=river.by, at=moment(2014, 6, 5))
        deliver.record_return(entry.id, under=river.under, by=river.by, at=moment(2014, 6, 20))
    assert [(line.event, line.wing) for line in lines] == [
        ("workbook_ordered", "sealed"),
        ("workbook_posted", "sealed"),
        ("workbook_returned", "sealed"),
    ]
    parcel = post.parcel(entry.id)
    assert parcel is not None
    assert (parcel.state, parcel.ordered_on, parcel.due_on, parcel.posted_on, parcel.returned_on) == (
        Posting.RETURNED,
        day("2014-06-03"),
        day("2014-06-10"),
        day("2014-06-05"),
        day("2014-06-20"),
    )


def test_nothing_is_posted_without_an_address_or_to_a_bereaved_family(river: River) -> None:
    entry = with_post(river, has_address=False)
    deliver.order_workbook(entry.id, **given(river))
    assert refused(lambda: deliver.post_workbook(entry.id, **given(river))) == [Because.NO_ADDRESS]
    people.record_death(entry.person_id, AT.date(), by=river.by, at=AT)
    found = refused(lambda: deliver.post_workbook(entry.id, **given(river)))
    assert found == [Because.HAS_DIED, Because.NO_ADDRESS]


def test_the_posting_list_names_only_those_to_whom_something_may_go(river: River) -> None:
    entry, nowhere = with_post(river), with_post(river, first=50, has_address=False)
    stopped, dead = with_post(river, first=100), with_post(river, first=150)
    for one in (entry, nowhere, stopped, dead):
        deliver.order_workbook(one.id, **given(river))
    deliver.stop(stopped.id, **given(river))
    people.record_death(dead.person_id, AT.date(), by=river.by, at=AT)
    with ledger_lines() as lines:
        found = deliver.list_posting(by=river.by, at=AT)
    assert [(line.event, line.wing) for line in lines] == [("posting_list_made", "sealed")]
    assert [(one.study_number, one.postcode) for one in found] == [(entry.study_number, "ZZ99 9ZZ")]


def test_a_workbook_waits_while_its_person_calls_post_unsafe(river: River) -> None:
    entry = with_post(river)
    deliver.order_workbook(entry.id, **given(river))
    for ways, because in (({Way.EMAIL}, [Because.POST_NOT_SAFE]), ({Way.POST}, [])):
        people.keep_safe_contact(entry.person_id, SafeContact(frozenset(ways)), by=river.by, at=AT)
        assert len(deliver.list_posting(by=river.by, at=AT)) == (not because)
        if because:
            assert refused(lambda: deliver.post_workbook(entry.id, **given(river))) == because
    deliver.post_workbook(entry.id, **given(river))


def serious_event(river: River, registration_id: UUID) -> UUID:
    event = NewEvent(AT.date(), AT.date(), "other", frozenset({Seriousness.DISABILITY}), HowFound.STAFF)
    return safety.record_event(registration_id, event, under=river.under.safety, by=river.by, at=AT)


def judge(river: River, event_id: UUID) -> None:
    deliver.judge(event_id, Relatedness.POSSIBLE, was_found_by_worker=True, by=river.by, at=AT)


def test_relatedness_is_judged_after_the_masked_review_and_is_sealed(river: River) -> None:
    entry = with_sessions(river)
    event_id = serious_event(river, entry.registration_id)
    assert refused(lambda: judge(river, event_id)) == [Because.NOT_REVIEWED]
    safety.review(event_id, could_be_related=True, by=river.by, at=AT)
    with ledger_lines() as lines:
        judge(river, event_id)
    assert [(line.event, line.wing) for line in lines] == [("relatedness_judged", "sealed")]
    assert [one.relatedness for one in support.judgements()] == [Relatedness.POSSIBLE]
    assert refused(lambda: judge(river, event_id)) == [Because.ALREADY_REVIEWED]


def test_somebody_or_something_that_does_not_exist_is_not_found(river: River) -> None:
    nobody = UUID(int=404)
    for act in (
        lambda: deliver.pair(nobody, nobody, **given(river)),
        lambda: deliver.mark_session(nobody, Attendance.MISSED, **given(river)),
        lambda: deliver.hold_session(nobody, minutes=60, held_at=AT, place=SessionPlace.HOME, **given(river)),
        lambda: deliver.stop(nobody, **given(river)),
        lambda: deliver.post_workbook(nobody, **given(river)),
        lambda: support.supported(nobody, offer=None),
        lambda: post_actions.take_back(nobody, offer=None, by=river.by, at=AT),
        lambda: judge(river, nobody),
    ):
        with pytest.raises(NotFound):
            act()


def test_sessions_of_some_people_can_be_asked_for_alone(river: River) -> None:
    entry_id, _ = paired(river)
    deliver.plan_session(entry_id, planned_at=MEETING, **given(river))
    assert len(support.meetings_by_entry([entry_id])[entry_id]) == 1
    assert support.meetings_by_entry([UUID(int=404)]) == {}


def test_the_database_itself_keeps_one_worker_at_a_time(river: River) -> None:
    from handrail.records.support.models import Pairing

    entry_id, worker = paired(river)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.create(entry_id=entry_id, worker_id=worker, paired_on=AT, paired_by=river.by)


@pytest.mark.parametrize("model", [ProgrammeStop, AttendanceGap, Judged])
def test_stops_gaps_and_judgements_are_never_changed_or_removed(river: River, model: type) -> None:
    entry_id, _ = paired(river)
    deliver.lose_attendance(entry_id, **given(river))
    deliver.stop(entry_id, **given(river))
    event_id = serious_event(river, support_registration(entry_id))
    safety.review(event_id, could_be_related=True, by=river.by, at=AT)
    judge(river, event_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.all().delete()  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.update(id=UUID(int=9))  # type: ignore[attr-defined]


def support_registration(entry_id: UUID) -> UUID:
    from handrail.records.enrolment import facts as enrolment

    return enrolment.entry(entry_id).registration_id
