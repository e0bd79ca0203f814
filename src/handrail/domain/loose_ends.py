"""What may still be open when the data are locked. None of it forbids a lock; each is worth a look first.

A lock never changes afterwards: what is settled a day later is in the next one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.domain.dates import local_date
from handrail.domain.followup import SETTLED, Followed, due_list, interview_points, window
from handrail.domain.protocol import Schedule
from handrail.domain.safety import EventFacts, awaits_review
from handrail.domain.support import Supported, awaits_judgement, is_finished, why_not_support
from handrail.domain.words import Attendance, OutcomeStatus, Worded


class LooseEnd(Worded):
    """One kind of unfinished work, as it is counted before a lock."""

    NOT_ENTERED = "not_entered", "People who consented and have not entered"
    INTERVIEW_TO_COME = "interview_to_come", "Interviews whose window has not opened yet"
    INTERVIEW_DUE = "interview_due", "Interviews whose window is open, with nothing recorded"
    INTERVIEW_OVERDUE = "interview_overdue", "Interviews whose window has closed, with nothing recorded"
    RECORDS_END_EARLY = "records_end_early", "People whose records end before their window does"
    RECORDS_CANNOT_TELL = "records_cannot_tell", "People whose records cannot tell, or were not found"
    EVENT_NOT_REVIEWED = "event_not_reviewed", "Serious events that no masked reviewer has signed"
    EVENT_NOT_JUDGED = "event_not_judged", "Serious events that could be related, and are not judged"
    EVENT_NOT_TOLD = "event_not_told", "Serious events of which somebody is still to be told"
    NOBODY_PAIRED = "nobody_paired", "People who are offered a peer worker and have none"
    MEETING_UNTOLD = "meeting_untold", "Meetings gone by that nobody has written up"
    PARCEL_TO_POST = "parcel_to_post", "Workbooks that are ordered and not posted"


CANNOT_TELL = frozenset({OutcomeStatus.INDEX_END_UNKNOWN, OutcomeStatus.NO_RECORDS})


@dataclass(frozen=True)
class Unfinished:
    """What is asked of the house before a lock.

    ``outcomes``: of those who entered. ``judged``: the events with a signed judgement. ``attendance_lost``:
    the entries of whom nobody can tell which meetings were held; nothing is left to write up there.
    ``to_tell_count``: events with a reporting clock that still runs.
    """

    followed: tuple[Followed, ...]
    outcomes: tuple[OutcomeStatus, ...]
    events: tuple[EventFacts, ...]
    judged: frozenset[UUID]
    supported: tuple[Supported, ...]
    to_post_count: int
    attendance_lost: frozenset[UUID] = frozenset()
    to_tell_count: int = 0


def loose_ends(found: Unfinished, *, under: Schedule, on: date) -> tuple[tuple[LooseEnd, int], ...]:
    """Every kind of which there is at least one, with how many, in the order above."""
    counts: Counter[LooseEnd] = Counter()
    counts[LooseEnd.NOT_ENTERED] = sum(
        one.entered_on is None and one.died_on is None for one in found.followed
    )
    for due in due_list(found.followed, under=under, on=on):
        counts[LooseEnd.INTERVIEW_OVERDUE if due.is_overdue else LooseEnd.INTERVIEW_DUE] += 1
    counts[LooseEnd.INTERVIEW_TO_COME] = sum(_to_come(one, under, on) for one in found.followed)
    counts[LooseEnd.RECORDS_END_EARLY] = found.outcomes.count(OutcomeStatus.CENSORED)
    counts[LooseEnd.RECORDS_CANNOT_TELL] = sum(one in CANNOT_TELL for one in found.outcomes)
    counts[LooseEnd.EVENT_NOT_REVIEWED] = sum(awaits_review(one) for one in found.events)
    counts[LooseEnd.EVENT_NOT_JUDGED] = sum(
        awaits_judgement(one, is_judged=one.id in found.judged) for one in found.events
    )
    counts[LooseEnd.EVENT_NOT_TOLD] = found.to_tell_count
    counts[LooseEnd.NOBODY_PAIRED] = sum(
        one.worker_id is None and not is_finished(one, on=on) for one in found.supported
    )
    counts[LooseEnd.MEETING_UNTOLD] = sum(
        _untold(one, on) for one in found.supported if one.entry_id not in found.attendance_lost
    )
    counts[LooseEnd.PARCEL_TO_POST] = found.to_post_count
    return tuple((kind, counts[kind]) for kind in LooseEnd if counts[kind])


def _to_come(person: Followed, under: Schedule, on: date) -> int:
    if person.entered_on is None or not person.allows_interviews or person.died_on is not None:
        return 0
    return sum(
        on < window(person.entered_on, point).opens_on and person.state(point.code) not in SETTLED
        for point in interview_points(under)
        if point.months > 0
    )


def _untold(person: Supported, on: date) -> int:
    if why_not_support(person, on=on):
        return 0
    return sum(
        one.attendance is Attendance.PLANNED and local_date(one.planned_at) < on for one in person.meetings
    )
