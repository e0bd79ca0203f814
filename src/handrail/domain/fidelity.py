"""Do we see it the same way? Four short questions, in words of our own, asked of both sides. Sealed.

Answers stand side by side as words once both have given theirs: neither is seen alone, neither is changed
afterwards, and nothing is counted, so neither side answers to please or to outdo the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from handrail.domain.refusal import Reasons, only
from handrail.domain.support import Meeting
from handrail.domain.words import Attendance, Because, Worded

ASKED_EVERY = 3  # meetings held


class Side(Worded):
    """Who answers."""

    PERSON = "person", "The person"
    WORKER = "worker", "The peer worker"


class Principle(Worded):
    """What peer support rests on, as both are asked about it."""

    EXPERIENCE = "experience", "Having both been through hard times helps us to talk."
    MUTUAL = "mutual", "We both give, and we both learn."
    LEAD = "lead", "The person leads. We do what matters to them."
    STRENGTHS = "strengths", "We look at what the person is good at, and at people and places near them."


# The same, as the person reads it.
TO_THE_PERSON: Mapping[Principle, str] = {
    Principle.EXPERIENCE: "We have both been through hard times, and that helps us talk.",
    Principle.MUTUAL: "We both give, and we both learn.",
    Principle.LEAD: "I lead. We do what matters to me.",
    Principle.STRENGTHS: "We look at what I am good at, and at people and places near me.",
}


class Answered(Worded):
    """How it is, in words; a question that was left is an answer too."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "Not really"
    NOT_SURE = "not_sure", "Not sure"
    LEFT = "left", "Left this one"


Answers = Mapping[Principle, Answered]


@dataclass(frozen=True)
class BothSides:
    """What two people said after one meeting: there is no such thing until both have."""

    session_id: UUID
    person: Answers
    worker: Answers


def asked_after(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """The meetings after which both are asked: every third that was held."""
    held = [one for one in meetings if one.attendance is Attendance.HELD]
    ordered = sorted(held, key=lambda one: one.planned_at)
    return tuple(ordered[ASKED_EVERY - 1 :: ASKED_EVERY])


def open_to(
    side: Side, meetings: Iterable[Meeting], given: Mapping[UUID, frozenset[Side]]
) -> tuple[Meeting, ...]:
    """The meetings about which this side may still answer: the latest that both are asked about."""
    asked = asked_after(meetings)[-1:]
    return tuple(one for one in asked if side not in given.get(one.id, frozenset()))


def why_not_answer(
    session_id: UUID, *, side: Side, meetings: Iterable[Meeting], given: Mapping[UUID, frozenset[Side]]
) -> Reasons:
    """Reasons why a side cannot answer about a meeting: it is asked once, after every third."""
    is_open = any(one.id == session_id for one in open_to(side, meetings, given))
    return only((not is_open, Because.NOT_ASKED))
