"""A worry about somebody: raised, taken up by one person, answered by the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from handrail.domain.concern import (
    LONGEST_WORDS,
    ConcernFacts,
    NewConcern,
    Urgency,
    is_unmasked_by,
    why_not_acknowledge,
    why_not_answer,
    why_not_raise,
)
from handrail.domain.refusal import Reasons
from handrail.domain.words import Because

RAISED = datetime(2014, 6, 2, 15, 0, tzinfo=UTC)
CLINICIAN, ANOTHER = UUID(int=5), UUID(int=6)


def concern(**changes: Any) -> ConcernFacts:
    made = ConcernFacts(
        id=UUID(int=1),
        person_id=UUID(int=2),
        urgency=Urgency.SUPERVISOR,
        words="Has not slept.",
        wishes="A call.",
        has_told_person=True,
        raised_by=UUID(int=3),
        raised_at=RAISED,
        acknowledged_by=None,
        acknowledged_name="",
        acknowledged_at=None,
        answer="",
        answered_at=None,
    )
    return replace(made, **changes)


TAKEN = {"acknowledged_by": CLINICIAN, "acknowledged_name": "Dr Synthetic", "acknowledged_at": RAISED}


def codes(reasons: Reasons) -> list[Because]:
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("words", "wishes", "because"),
    [
        ("Worried.", "", []),
        ("   ", "A call.", [Because.TEXT_MISSING]),
        ("x" * (LONGEST_WORDS + 1), "", [Because.TEXT_TOO_LONG]),
        ("Worried.", "x" * (LONGEST_WORDS + 1), [Because.TEXT_TOO_LONG]),
    ],
)
def test_a_worry_needs_only_a_few_words(words: str, wishes: str, because: list[Because]) -> None:
    raised = NewConcern(Urgency.EMERGENCY, words, wishes, has_told_person=False)
    assert codes(why_not_raise(raised)) == because


def test_a_worry_is_taken_up_once_and_says_by_whom() -> None:
    assert why_not_acknowledge(concern()) == ()
    (reason,) = why_not_acknowledge(concern(**TAKEN))
    assert reason.sentence == "Dr Synthetic has already taken this up."


def test_only_who_took_it_up_answers_and_once() -> None:
    words = "Telephoned."
    assert why_not_answer(concern(**TAKEN), by=CLINICIAN, words=words) == ()
    assert codes(why_not_answer(concern(), by=CLINICIAN, words=words)) == [Because.NOT_ACKNOWLEDGED]
    other = why_not_answer(concern(**TAKEN), by=ANOTHER, words=words)
    assert codes(other) == [Because.NOT_YOURS_TO_ANSWER]
    answered = concern(**TAKEN, answered_at=RAISED)
    assert codes(why_not_answer(answered, by=CLINICIAN, words=words)) == [Because.ALREADY_ANSWERED]
    assert codes(why_not_answer(concern(**TAKEN), by=CLINICIAN, words=" ")) == [Because.TEXT_MISSING]


def test_taking_it_up_unmasks_that_member_of_staff_and_no_other() -> None:
    assert is_unmasked_by(concern(**TAKEN), CLINICIAN)
    assert not is_unmasked_by(concern(**TAKEN), ANOTHER)
    assert not is_unmasked_by(concern(), CLINICIAN)
