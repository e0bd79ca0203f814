"""What may still be open before a lock: counted, and never a reason against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.followup import Followed
from handrail.domain.loose_ends import LooseEnd, Unfinished, loose_ends
from handrail.domain.protocol import PeerSessions, Protocol
from handrail.domain.safety import EventFacts, HowFound
from handrail.domain.support import Meeting, Supported
from handrail.domain.words import Attendance, InterviewState, OutcomeStatus, Seriousness

ENTERED = date(2014, 6, 2)
ON = date(2014, 7, 1)  # before the interview at four months opens
DONE = {"month_4": InterviewState.DONE, "month_18": InterviewState.MISSED}
NOBODY = Unfinished((), (), (), frozenset(), (), 0)
OFFER = PeerSessions(maximum_count=10, minutes=60, within_months=4, adherent_count=3)


def followed(**changes: Any) -> Followed:
    made = Followed(
        UUID(int=1), "HR-1", "team_1", ENTERED, ENTERED, None, allows_interviews=True, states=DONE
    )
    return replace(made, **changes)


def supported(**changes: Any) -> Supported:
    made = Supported(UUID(int=1), "HR-1", ENTERED, OFFER, UUID(int=7), None, None)
    return replace(made, **changes)


def event(**changes: Any) -> EventFacts:
    made = EventFacts(
        UUID(int=3), UUID(int=1), "HR-1", "team_1", 1, ENTERED, ENTERED, "other",
        (Seriousness.HOSPITAL_STAY,), is_expected=False, how_found=HowFound.STAFF, could_be_related=None,
    )  # fmt: skip
    return replace(made, **changes)


def meeting(day: int, attendance: Attendance = Attendance.PLANNED) -> Meeting:
    return Meeting(UUID(int=day), datetime(2014, 6, day, 10, tzinfo=UTC), attendance, None, None)


def ends(core: Protocol, on: date = ON, **changes: Any) -> dict[LooseEnd, int]:
    return dict(loose_ends(replace(NOBODY, **changes), under=core.schedule, on=on))


def test_where_all_is_settled_nothing_is_named(core: Protocol) -> None:
    settled = {
        "followed": (followed(),),
        "outcomes": (OutcomeStatus.READMITTED, OutcomeStatus.NOT_READMITTED, OutcomeStatus.DIED),
        "events": (
            event(seriousness=()),
            event(could_be_related=False),
            event(seriousness=(), could_be_related=True),
        ),
        "supported": (supported(meetings=(meeting(9, Attendance.MISSED),)),),
    }
    assert ends(core, **settled) == {}


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (ON, {LooseEnd.INTERVIEW_TO_COME: 2}),
        (date(2014, 10, 2), {LooseEnd.INTERVIEW_DUE: 1, LooseEnd.INTERVIEW_TO_COME: 1}),
        (date(2015, 6, 1), {LooseEnd.INTERVIEW_OVERDUE: 1, LooseEnd.INTERVIEW_TO_COME: 1}),
        (date(2017, 6, 1), {LooseEnd.INTERVIEW_OVERDUE: 2}),
    ],
)
def test_interviews_are_to_come_due_or_overdue(core: Protocol, on: date, found: dict[LooseEnd, int]) -> None:
    assert ends(core, on, followed=(followed(states={}),)) == found


@pytest.mark.parametrize("changes", [{"died_on": ENTERED}, {"allows_interviews": False}])
def test_no_interview_is_open_with_somebody_who_died_or_said_no(
    core: Protocol, changes: dict[str, Any]
) -> None:
    assert ends(core, followed=(followed(states={}, **changes),)) == {}


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ({"followed": (followed(entered_on=None),)}, LooseEnd.NOT_ENTERED),
        ({"outcomes": (OutcomeStatus.CENSORED,)}, LooseEnd.RECORDS_END_EARLY),
        ({"outcomes": (OutcomeStatus.INDEX_END_UNKNOWN,)}, LooseEnd.RECORDS_CANNOT_TELL),
        ({"outcomes": (OutcomeStatus.NO_RECORDS,)}, LooseEnd.RECORDS_CANNOT_TELL),
        ({"events": (event(),)}, LooseEnd.EVENT_NOT_REVIEWED),
        ({"events": (event(could_be_related=True),)}, LooseEnd.EVENT_NOT_JUDGED),
        ({"supported": (supported(worker_id=None),)}, LooseEnd.NOBODY_PAIRED),
        ({"supported": (supported(meetings=(meeting(30),)),)}, LooseEnd.MEETING_UNTOLD),
        ({"to_post_count": 1}, LooseEnd.PARCEL_TO_POST),
    ],
)
def test_each_kind_of_unfinished_work_is_counted(
    core: Protocol, found: dict[str, Any], kind: LooseEnd
) -> None:
    assert ends(core, **found) == {kind: 1}


def test_what_is_judged_or_over_is_no_longer_open(core: Protocol) -> None:
    judged = {"events": (event(could_be_related=True),), "judged": frozenset({event().id})}
    assert ends(core, **judged) == {}
    untold = (supported(meetings=(meeting(30),)),)
    assert ends(core, supported=untold, attendance_lost=frozenset({supported().entry_id})) == {}
    stopped = supported(worker_id=None, stopped_on=ENTERED, meetings=(meeting(30),))
    assert ends(core, supported=(stopped,)) == {}


def test_kinds_come_in_one_order(core: Protocol) -> None:
    found = replace(NOBODY, to_post_count=2, outcomes=(OutcomeStatus.CENSORED,))
    kinds = [kind for kind, _ in loose_ends(found, under=core.schedule, on=ON)]
    assert kinds == [LooseEnd.RECORDS_END_EARLY, LooseEnd.PARCEL_TO_POST]
