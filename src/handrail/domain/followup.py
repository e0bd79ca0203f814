"""Follow-up: when each interview falls due, what may be recorded, and what the answers add up to.

Windows run from the day of entry. A follow-up held outside its window is kept and counted as a
deviation, never refused: the answers were given and cannot be asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from handrail.domain.characteristics import EthnicGroup, Gender, Housing
from handrail.domain.dates import Window, add_months, days_between, in_words
from handrail.domain.protocol import FollowUpPoint, FollowUpSource, Instrument, Schedule
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, InterviewState, Worded

Answers = Sequence[int | None]
SETTLED = frozenset({InterviewState.DONE, InterviewState.MISSED})


class InterviewMode(Worded):
    """How an interview was held. Every mode is open at every point, and stored each time."""

    VISIT = "visit", "Face to face"
    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video call"
    POST = "post", "On paper, by post"


class ContactResult(Worded):
    """What came of an attempt to get in touch."""

    REACHED = "reached", "Spoke with the person"
    NO_ANSWER = "no_answer", "No answer"
    MESSAGE_LEFT = "message_left", "Left a neutral message"
    WRONG_DETAILS = "wrong_details", "The contact details are wrong"


@dataclass(frozen=True)
class Characteristics:
    """What a person says of themselves at the baseline; empty where they would rather not."""

    gender: str
    ethnic_group: str
    housing: str
    is_first_crisis: bool | None


@dataclass(frozen=True)
class Followed:
    """One registered person, as these rules see them. Nothing here depends on the arm."""

    registration_id: UUID
    study_number: str
    team_code: str
    registered_on: date
    entered_on: date | None
    died_on: date | None
    allows_interviews: bool
    states: Mapping[str, InterviewState] = field(default_factory=dict)

    def state(self, point: str) -> InterviewState:
        """Where the interview at this point has got to; due when nothing is recorded."""
        return self.states.get(point, InterviewState.DUE)


@dataclass(frozen=True)
class Due:
    """An interview that is open now, or whose window has passed without one."""

    registration_id: UUID
    study_number: str
    team_code: str
    point: str
    title: str
    state: InterviewState
    window: Window
    days_left: int

    @property
    def is_overdue(self) -> bool:
        """Whether the window has closed. It may still be held, as a deviation."""
        return self.days_left < 0


@dataclass(frozen=True)
class Score:
    """How many items were answered, and the raw total: none unless every item was."""

    answered_count: int
    total: float | None


def interview_points(under: Schedule) -> tuple[FollowUpPoint, ...]:
    """The points at which a person is interviewed, in order of time; the baseline is the first."""
    points = (point for point in under.points if point.source is FollowUpSource.INTERVIEW)
    return tuple(sorted(points, key=lambda point: point.months))


def baseline_point(under: Schedule) -> FollowUpPoint:
    """The interview before entry. Raises: StopIteration, where the protocol has none."""
    return next(point for point in interview_points(under) if point.months == 0)


def window(entered_on: date, point: FollowUpPoint) -> Window:
    """The days on which an interview belongs, around so many calendar months from entry."""
    target = add_months(entered_on, point.months)
    return Window(
        opens_on=target - timedelta(days=point.opens_days_before),
        target_on=target,
        closes_on=target + timedelta(days=point.closes_days_after),
    )


def due_list(people: Iterable[Followed], *, under: Schedule, on: date) -> tuple[Due, ...]:
    """Every interview that is open or overdue on a day, the soonest to close first."""
    due = [
        found
        for person in people
        if person.entered_on and person.allows_interviews and not _is_dead(person, on)
        for point in interview_points(under)
        if point.months > 0
        for found in _due_at(person, person.entered_on, point, on)
    ]
    return tuple(sorted(due, key=lambda one: (one.window.closes_on, one.study_number, one.point)))


def _due_at(person: Followed, entered_on: date, point: FollowUpPoint, on: date) -> list[Due]:
    span, state = window(entered_on, point), person.state(point.code)
    if state in SETTLED or on < span.opens_on:
        return []
    return [
        Due(
            registration_id=person.registration_id,
            study_number=person.study_number,
            team_code=person.team_code,
            point=point.code,
            title=point.title,
            state=state,
            window=span,
            days_left=days_between(on, span.closes_on),
        )
    ]


def is_in_window(entered_on: date | None, point: FollowUpPoint, *, on: date) -> bool | None:
    """Whether an interview on that day belongs to its point; none until the day of entry is known."""
    return None if entered_on is None else window(entered_on, point).holds(on)


def why_not_book(person: Followed, point: str, *, planned_on: date, under: Schedule, on: date) -> Reasons:
    """Reasons why an interview cannot be booked for a day."""
    return why_not_interview(person, point, under=under, on=on) + only(
        (planned_on < on, Reason(Because.DAY_GONE, in_words(planned_on))),
    )


def why_not_record_baseline(
    person: Followed,
    said: Characteristics,
    responses: Mapping[str, Answers],
    *,
    under: Schedule,
    on: date,
) -> Reasons:
    """Reasons why a baseline cannot be recorded: it comes after consent and before entry, once."""
    point = baseline_point(under)
    stopped = only(
        (_is_dead(person, on), Because.HAS_DIED),
        (not person.allows_interviews, Because.INTERVIEWS_CLOSED),
        (person.entered_on is not None, Because.ALREADY_IN_TRIAL),
        (person.state(point.code) is InterviewState.DONE, Because.INTERVIEW_DONE),
    )
    return (*stopped, *_why_not_words(said), *why_not_answers(responses, point=point, under=under))


def why_not_record(
    person: Followed,
    point: str,
    responses: Mapping[str, Answers],
    *,
    held_on: date,
    under: Schedule,
    on: date,
) -> Reasons:
    """Reasons why answers cannot be recorded. The window is not one of them: see :func:`is_in_window`."""
    too_early = person.entered_on is not None and held_on < person.entered_on
    reasons = why_not_interview(person, point, under=under, on=held_on) + only(
        (held_on > on, Reason(Because.DAY_TO_COME, in_words(held_on))),
        (too_early, Reason(Because.BEFORE_ENTRY, in_words(held_on))),
    )
    known = {one.code: one for one in interview_points(under)}
    return reasons + (why_not_answers(responses, point=known[point], under=under) if point in known else ())


def why_not_interview(person: Followed, point: str, *, under: Schedule, on: date) -> Reasons:
    """Reasons why there can be no interview with this person at this point: to book, hold or miss."""
    codes = {one.code for one in interview_points(under) if one.months > 0}
    return only(
        (point not in codes, Reason(Because.POINT_UNKNOWN, point)),
        (person.entered_on is None, Because.NOT_ENTERED),
        (_is_dead(person, on), Because.HAS_DIED),
        (not person.allows_interviews, Because.INTERVIEWS_CLOSED),
        (person.state(point) is InterviewState.DONE, Because.INTERVIEW_DONE),
    )


def why_not_miss(person: Followed, point: str, *, under: Schedule, on: date) -> Reasons:
    """Reasons why an interview cannot be recorded as missed. One that comes later undoes it."""
    return why_not_interview(person, point, under=under, on=on) + only(
        (person.state(point) is InterviewState.MISSED, Because.INTERVIEW_MISSED),
    )


def why_not_answers(responses: Mapping[str, Answers], *, point: FollowUpPoint, under: Schedule) -> Reasons:
    """Reasons why these answers cannot be right: wrong questionnaire, wrong length, or out of range."""
    reasons: list[Reason] = []
    for code, answers in responses.items():
        if code not in point.instruments:
            reasons.append(Reason(Because.INSTRUMENT_UNKNOWN, code))
            continue
        reasons.extend(_faults(under.instrument(code), answers))
    return tuple(reasons)


def _why_not_words(said: Characteristics) -> Reasons:
    """A known word or none: what is stored here leaves in the locked tables, which hold no free text."""
    answers = ((said.gender, Gender), (said.ethnic_group, EthnicGroup), (said.housing, Housing))
    return tuple(
        Reason(Because.WORD_UNKNOWN, answer) for answer, words in answers if answer not in ("", *words)
    )


def _faults(instrument: Instrument, answers: Answers) -> list[Reason]:
    if len(answers) != instrument.item_count:
        found = f"{instrument.title} has {instrument.item_count} items, and {len(answers)} were given"
        return [Reason(Because.ANSWER_COUNT_WRONG, found)]
    low, high = instrument.item_minimum, instrument.item_maximum
    return [
        Reason(
            Because.ANSWER_OUT_OF_RANGE,
            f"{instrument.title} item {number}: {answer} is not from {low} to {high}",
        )
        for number, answer in enumerate(answers, start=1)
        if answer is not None and not low <= answer <= high
    ]


def score(instrument: Instrument, answers: Answers) -> Score:
    """Answered items and raw total; reversed items are counted from 1 and turned over within the range."""
    turn = instrument.item_minimum + instrument.item_maximum
    values = [
        turn - answer if number in instrument.reversed_items else answer
        for number, answer in enumerate(answers, start=1)
        if answer is not None
    ]
    is_whole = len(values) == instrument.item_count
    return Score(answered_count=len(values), total=float(sum(values)) if is_whole else None)


def _is_dead(person: Followed, on: date) -> bool:
    return person.died_on is not None and person.died_on <= on
