"""Meetings moved and called off: what is refused, what is kept, and what is shown to whom for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from handrail.domain import meeting as rules
from handrail.domain.meeting import Change, ChangeReason, Diary, Whose, Why, Writing, WritingKind
from handrail.domain.protocol import PeerSessions
from handrail.domain.support import Meeting, Supported
from handrail.domain.words import Attendance, Because

ID, OTHER, WORKER = (UUID(int=n) for n in (1, 2, 3))
AT = datetime(2015, 6, 10, 14, tzinfo=UTC)
NOW = AT - timedelta(days=2)
NEXT = Meeting(ID, AT, Attendance.PLANNED, None, None)
HELD = Meeting(OTHER, AT - timedelta(days=7), Attendance.HELD, (AT - timedelta(days=7)).date(), 50)
PERSON = Supported(
    UUID(int=9),
    "CORE-1",
    date(2015, 6, 1),
    PeerSessions(maximum_count=10, within_months=4, minutes=60, adherent_count=3),
    WORKER,
    None,
    None,
    (HELD, NEXT),
)


def why_not_move(days: int = 1, *, person: Supported = PERSON, meeting: Meeting = NEXT) -> list[Because]:
    moved = AT + timedelta(days=days)
    return [one.code for one in rules.why_not_move(person, meeting, planned_at=moved, on=NOW.date())]


def test_a_planned_meeting_may_move_within_the_time_of_the_two_even_when_all_are_used_up() -> None:
    full = replace(PERSON, meetings=(NEXT, *[replace(HELD, id=UUID(int=n)) for n in range(20, 29)]))
    assert why_not_move() == why_not_move(person=full) == []
    assert why_not_move(-20) == [Because.BEFORE_ENTRY]
    assert why_not_move(200) == [Because.SESSION_TOO_LATE]
    assert why_not_move(-7) == [Because.SESSION_CLASHES]
    assert why_not_move(meeting=HELD) == [Because.SESSION_SETTLED]
    assert why_not_move(person=replace(PERSON, stopped_on=NOW.date())) == [Because.PROGRAMME_STOPPED]


def test_a_meeting_that_was_called_off_leaves_its_time_free() -> None:
    off = replace(NEXT, id=OTHER, attendance=Attendance.CANCELLED, planned_at=AT + timedelta(days=1))
    assert why_not_move(person=replace(PERSON, meetings=(NEXT, off))) == []


@pytest.mark.parametrize(
    ("meeting", "at", "expected"),
    [
        (NEXT, NOW, []),
        (NEXT, AT, [Because.SESSION_BEGUN]),
        (HELD, NOW, [Because.SESSION_SETTLED, Because.SESSION_BEGUN]),
    ],
)
def test_a_person_calls_off_what_is_still_to_come(
    meeting: Meeting, at: datetime, expected: list[Because]
) -> None:
    assert [one.code for one in rules.why_not_call_off(meeting, at=at)] == expected


def said(kind: WritingKind, words: str, days: int, session_id: UUID | None = None) -> Writing:
    return Writing(UUID(int=days + 99), session_id, kind, words, WORKER, NOW + timedelta(days=days))


def test_what_to_talk_about_is_what_was_said_last_and_not_before_the_two_last_met() -> None:
    old, new = said(WritingKind.AGENDA, "Sleep", -9), said(WritingKind.AGENDA, "Work", -1)
    assert rules.agenda(Diary(writings=(old, new)), PERSON.meetings) == "Work"
    assert rules.agenda(Diary(writings=(old,)), PERSON.meetings) == ""
    assert rules.agenda(Diary(writings=(old,)), (NEXT,)) == "Sleep"
    taken_back = said(WritingKind.AGENDA, "", 0)
    assert rules.agenda(Diary(writings=(old, new, taken_back)), PERSON.meetings) == ""


def test_another_time_is_asked_for_until_the_meeting_moves_or_is_settled() -> None:
    wish = said(WritingKind.OTHER_TIME, "Friday?", 0, ID)
    moved = Change(ID, AT, AT + timedelta(days=2), Why(Whose.PERSON), NOW + timedelta(hours=1))
    assert rules.asked_for_another_time(Diary(writings=(wish,)), NEXT) == wish
    assert rules.asked_for_another_time(Diary((moved,), (wish,)), NEXT) is None
    again = said(WritingKind.OTHER_TIME, "Monday?", 1, ID)
    assert rules.asked_for_another_time(Diary((moved,), (wish, again)), NEXT) == again
    off = replace(NEXT, attendance=Attendance.CANCELLED)
    assert rules.asked_for_another_time(Diary(writings=(wish,)), off) is None


def test_what_a_person_called_off_is_news_until_its_time_has_passed() -> None:
    off = replace(NEXT, attendance=Attendance.CANCELLED)
    theirs = Diary((Change(ID, AT, None, Why(Whose.PERSON, ChangeReason.UNWELL), NOW),))
    ours = Diary((Change(ID, AT, None, Why(Whose.WORKER, ChangeReason.AWAY), NOW),))
    assert rules.called_off_by_person(theirs, (off,), at=NOW) == (off,)
    assert rules.called_off_by_person(theirs, (off,), at=AT) == ()
    assert rules.called_off_by_person(ours, (off,), at=NOW) == ()


@pytest.mark.parametrize(("minutes", "expected"), [(59, True), (-59, True), (60, False), (-60, False)])
def test_two_meetings_clash_when_they_begin_within_an_hour(minutes: int, expected: bool) -> None:
    assert rules.clash(AT, AT + timedelta(minutes=minutes)) is expected


def test_words_are_refused_for_their_length_alone() -> None:
    longest = "x" * rules.LONGEST_WORDS
    assert rules.why_not_write("") == rules.why_not_write(longest) == ()
    assert [one.code for one in rules.why_not_write(longest + "x")] == [Because.TEXT_TOO_LONG]
