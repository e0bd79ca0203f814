"""How meetings end: told from the first one on, kept once, and by the worker of the two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from handrail.domain.ending import (
    LONGEST_LETTER,
    Countdown,
    HowEnded,
    LaterContact,
    NewEnding,
    countdown,
    why_not_end,
)
from handrail.domain.protocol import PeerSessions
from handrail.domain.support import Meeting, Supported
from handrail.domain.words import Attendance, Because

ENTERED, LAST, DAY = date(2014, 6, 2), date(2014, 10, 2), date(2014, 9, 1)
WORKER, OTHER = UUID(int=1), UUID(int=2)


def met(number: int, day: date, attendance: Attendance = Attendance.HELD) -> Meeting:
    """One meeting at ten."""
    at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    is_held = attendance is Attendance.HELD
    return Meeting(UUID(int=number), at, attendance, day if is_held else None, 50 if is_held else None)


PERSON = Supported(
    UUID(int=9),
    "S1",
    ENTERED,
    PeerSessions(maximum_count=10, minutes=60, within_months=4, adherent_count=3),
    WORKER,
    None,
    None,
    (met(1, ENTERED), met(2, DAY)),
)
TO_COME = met(3, DAY + timedelta(days=7), Attendance.PLANNED)
NEW = NewEnding(DAY, HowEnded.LAST_MEETING, LaterContact.WRITE, DAY + timedelta(days=30), "Go well.")


def codes(person: Supported = PERSON, new: NewEnding = NEW, by: UUID = WORKER, *, ended: bool = False) -> set:  # type: ignore[type-arg]
    """Why it is refused, on the day after the last meeting."""
    reasons = why_not_end(person, new, has_ended=ended, by=by, on=DAY + timedelta(days=1))
    return {reason.code for reason in reasons}


def test_an_ending_is_kept_and_each_thing_in_its_way_is_told() -> None:
    assert codes() == set()
    assert codes(by=OTHER) == {Because.NOT_YOURS_TO_END}
    assert codes(ended=True) == {Because.ENDING_KEPT}
    assert codes(replace(PERSON, meetings=(*PERSON.meetings, TO_COME))) == {Because.MEETING_TO_COME}
    assert codes(replace(PERSON, stopped_on=DAY)) == {Because.PROGRAMME_STOPPED}
    assert codes(replace(PERSON, stopped_on=DAY + timedelta(days=1))) == set()
    assert codes(replace(PERSON, died_on=DAY)) == {Because.HAS_DIED}
    assert codes(replace(PERSON, offer=None)) == {Because.NOT_OFFERED}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"held_on": DAY - timedelta(days=1)}, {Because.NOT_MET_THAT_DAY}),
        ({"held_on": DAY - timedelta(days=1), "how": HowEnded.NOT_HELD}, set()),
        ({"held_on": DAY + timedelta(days=2), "how": HowEnded.TELEPHONE}, {Because.DAY_TO_COME}),
        ({"held_on": ENTERED - timedelta(days=1), "how": HowEnded.TELEPHONE}, {Because.BEFORE_ENTRY}),
        ({"how": HowEnded.LETTER, "letter": " "}, {Because.TEXT_MISSING}),
        ({"letter": ""}, set()),
        ({"letter": "x" * LONGEST_LETTER}, set()),
        ({"letter": "x" * (LONGEST_LETTER + 1)}, {Because.TEXT_TOO_LONG}),
        ({"write_until": None}, {Because.UNTIL_WHEN}),
        ({"write_until": DAY}, {Because.DAY_GONE}),
        ({"write_until": DAY, "contact": LaterContact.NONE}, set()),
    ],
)
def test_what_is_said_has_a_day_that_can_be_and_words_where_it_was_a_letter(
    changed: dict[str, object], why: set[Because]
) -> None:
    assert codes(new=replace(NEW, **changed)) == why  # type: ignore[arg-type]


def test_a_last_meeting_is_within_the_time_and_a_later_goodbye_may_be_by_telephone() -> None:
    after = LAST + timedelta(days=5)
    late, said = replace(PERSON, meetings=(met(1, after),)), replace(NEW, held_on=after, write_until=None)
    said = replace(said, contact=LaterContact.RING)
    for how, why in ((HowEnded.LAST_MEETING, {Because.SESSION_TOO_LATE}), (HowEnded.TELEPHONE, set())):
        reasons = why_not_end(late, replace(said, how=how), has_ended=False, by=WORKER, on=after)
        assert {reason.code for reason in reasons} == why


def test_the_count_begins_with_the_first_meeting_and_stops_with_the_last_day() -> None:
    nobody_met = replace(PERSON, meetings=(met(1, ENTERED, Attendance.CANCELLED),))
    first = replace(PERSON, meetings=(met(1, ENTERED, Attendance.PLANNED),))
    assert countdown(nobody_met, on=ENTERED) is None
    assert countdown(first, on=ENTERED) == Countdown(1, 10, 17, LAST)
    assert countdown(PERSON, on=DAY) == Countdown(2, 10, 4, LAST)
    assert countdown(replace(PERSON, meetings=(*PERSON.meetings, TO_COME)), on=DAY) == Countdown(
        3, 10, 4, LAST
    )
    assert countdown(PERSON, on=LAST) == Countdown(2, 10, 0, LAST)
    for over in (replace(PERSON, stopped_on=DAY), replace(PERSON, died_on=DAY), replace(PERSON, offer=None)):
        assert countdown(over, on=DAY) is None
    assert countdown(PERSON, on=LAST + timedelta(days=1)) is None
