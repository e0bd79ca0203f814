"""The meeting log: what may be written, what stands beside what, and that ideas stay ideas."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from handrail.domain import meeting_log as rules
from handrail.domain.meeting import LONGEST_WORDS, Diary, Whose, Writing, WritingKind
from handrail.domain.meeting_log import NewLog
from handrail.domain.words import Attendance, Because
from tests.rules.test_meeting import AT, HELD, NEXT, WORKER

KIND = WritingKind


def wrote(number: int, kind: WritingKind, words: str = "Walk", about: int = 0) -> Writing:
    return Writing(UUID(int=number), HELD.id, kind, words, WORKER, AT, UUID(int=about) if about else None)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (NewLog(line="We walked"), []),
        (NewLog(parts=("goals",)), []),
        (NewLog(line="  "), [Because.TEXT_MISSING]),
        (NewLog(worker_will="x" * (LONGEST_WORDS + 1)), [Because.TEXT_TOO_LONG]),
    ],
)
def test_a_log_holds_a_tick_or_a_word_of_a_meeting_that_was_held(
    new: NewLog, expected: list[Because]
) -> None:
    assert [one.code for one in rules.why_not_write_up(HELD, new)] == expected
    assert [one.code for one in rules.why_not_write_up(NEXT, new)] == [Because.NOT_MET, *expected]


def test_a_person_adds_words_to_a_meeting_that_was_held() -> None:
    assert rules.why_not_reply(HELD, "No") == ()
    assert [one.code for one in rules.why_not_reply(HELD, " ")] == [Because.TEXT_MISSING]
    assert [one.code for one in rules.why_not_reply(NEXT, "No")] == [Because.NOT_MET]


def test_a_promise_is_what_was_said_of_it_last_and_what_was_said_is_not_said_twice() -> None:
    theirs, mine = wrote(1, KIND.PERSON_WILL), wrote(2, KIND.WORKER_WILL)
    told = (theirs, mine, wrote(3, KIND.NOT_NOW, about=1), wrote(4, KIND.KEPT, about=1))
    found = rules.promises(Diary(writings=told))
    assert [(one.whose, one.settled) for one in found] == [(Whose.PERSON, KIND.KEPT), (Whose.WORKER, None)]
    assert rules.still_open(Diary(writings=told)) == (found[1],)
    assert [one.code for one in rules.why_not_settle(found[0], KIND.KEPT)] == [Because.SAID_ALREADY]
    assert rules.why_not_settle(found[0], KIND.NOT_NOW) == rules.why_not_settle(found[1], KIND.KEPT) == ()


def test_every_line_of_a_meeting_stays_and_what_the_person_says_stands_beside() -> None:
    lines = (wrote(1, KIND.TOGETHER), wrote(2, KIND.DIFFERS, "No"), wrote(3, KIND.TOGETHER, "Talked"))
    other = replace(wrote(4, KIND.TOGETHER), session_id=NEXT.id)
    told = rules.told(Diary(writings=(*lines, other)), HELD.id)
    assert (told.lines, told.replies) == ((lines[0], lines[2]), (lines[1],))


def test_an_agreement_is_what_was_said_last_of_each_of_its_four_parts() -> None:
    said = (wrote(1, KIND.IN_TOWN, "Wave"), wrote(2, KIND.HOW_CONTACT, "Texts"), wrote(3, KIND.IN_TOWN, ""))
    assert rules.agreement(Diary(writings=said)) == {KIND.HOW_CONTACT: "Texts"}


def test_a_meeting_is_numbered_by_those_held_before_and_each_number_has_an_idea() -> None:
    missed = replace(HELD, attendance=Attendance.MISSED)
    assert (rules.number((HELD, NEXT), HELD), rules.number((HELD, NEXT), NEXT)) == (1, 2)
    assert rules.number((missed, NEXT), NEXT) == 1
    assert [bool(rules.idea(place)) for place in (1, 10, 11)] == [True] * 3
    assert rules.idea(11) == rules.idea(10) == "Look back, and look on."
