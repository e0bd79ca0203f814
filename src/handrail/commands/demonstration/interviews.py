"""Who is interviewed when, and what they answer. Plausible answers, with no wording behind them.

The published follow-up (78% at the first point, about half at the last) is a chance for each person,
not a count made to fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handrail.commands.demonstration.lives import Entrant, Fate, NoMore, Visit
from handrail.commands.demonstration.stream import Stream
from handrail.domain.dates import Window
from handrail.domain.followup import InterviewMode, interview_points, window
from handrail.domain.protocol import FollowUpPoint, Instrument, Schedule
from handrail.domain.words import Scope

Responses = dict[str, tuple[int | None, ...]]

HELD_FIRST = 0.78
HELD_LATER = {True: 0.62, False: 0.25}  # by whether the interview before was held
BOOKED, BOOKED_THOUGH_MISSED = 0.55, 0.3  # the others are rung up, or not reached
OUT_OF_WINDOW = 0.03
ITEM_MISSING = 0.004
MODES = {
    InterviewMode.VISIT: 0.55,
    InterviewMode.TELEPHONE: 0.36,
    InterviewMode.VIDEO: 0.02,
    InterviewMode.POST: 0.07,
}
HIGHER_IS_WORSE = frozenset({"uls_8", "eq_5d_3l"})
CENTRES = {"csq_8": 0.66, "eq_5d_3l": 0.38, "lsns_6": 0.45, "uls_8": 0.52}  # shares of an item's range
SPREAD = 0.15  # of an item's range, for one standard deviation between people
SATISFACTION = "csq_8"
SATISFACTION_SHIFT = 0.10  # of an item's range, where meetings are offered: about two points in all


@dataclass(frozen=True)
class Wellness:
    """How well somebody is, in standard deviations, and how satisfied with what they were offered."""

    level: float
    contentment: float


def baseline(schedule: Schedule, stream: Stream) -> tuple[Wellness, Responses]:
    """How well a person is at the baseline, and what they answer."""
    wellness = Wellness(stream.normal(0, 1), stream.normal(0, 1))
    return wellness, _answers(interview_points(schedule)[0], schedule, wellness, stream)


def visits(
    entrant: Entrant,
    fate: Fate,
    no_more: tuple[NoMore, ...],
    wellness: Wellness,
    schedule: Schedule,
    stream: Stream,
) -> tuple[Visit, ...]:
    """Every follow-up interview, held or missed, until the person dies or says no to interviews."""
    last_on = _last_day(entrant, fate, no_more)
    found: list[Visit] = []
    for point in interview_points(schedule)[1:]:
        span = window(entrant.entered_on, point)
        is_held = stream.chance(HELD_LATER[found[-1].held_on is not None] if found else HELD_FIRST)
        planned_on = _planned_on(span, stream)
        if max(planned_on, span.closes_on + timedelta(days=2)) >= last_on:
            break
        since = Wellness(
            0.6 * wellness.level + stream.normal(0.25, 0.75),
            wellness.contentment + (SATISFACTION_SHIFT / SPREAD if entrant.is_supported else 0),
        )
        found.append(
            _visit(point, span, planned_on, is_held, _answers(point, schedule, since, stream), stream)
        )
    return tuple(found)


def _last_day(entrant: Entrant, fate: Fate, no_more: tuple[NoMore, ...]) -> date:
    ends = [change.from_on for change in no_more if change.scope is Scope.INTERVIEWS]
    if fate.died_day is not None:
        ends.append(entrant.entered_on + timedelta(days=fate.died_day))
    return min(ends, default=date.max)


def _planned_on(span: Window, stream: Stream) -> date:
    """A weekday, most often in the month after the target; now and then after the window has closed."""
    if stream.chance(OUT_OF_WINDOW):
        day = span.closes_on + timedelta(days=stream.whole(3, 20))
    else:
        least = max((span.opens_on - span.target_on).days, -7)
        most = (span.closes_on - span.target_on).days - 3
        day = span.target_on + timedelta(days=min(round(least + 30 * stream.share() ** 2 + 4), most))
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def _visit(
    point: FollowUpPoint, span: Window, planned_on: date, is_held: bool, answers: Responses, stream: Stream
) -> Visit:
    is_booked = stream.chance(BOOKED if is_held else BOOKED_THOUGH_MISSED)
    return Visit(
        point=point.code,
        booked_on=planned_on - timedelta(days=stream.whole(4, 14)),
        planned_on=planned_on if is_booked else None,
        held_on=planned_on if is_held else None,
        settled_on=planned_on if is_held else max(planned_on, span.closes_on) + timedelta(days=1),
        mode=stream.weighted(MODES),
        responses=answers if is_held else {},
    )


def _answers(point: FollowUpPoint, schedule: Schedule, wellness: Wellness, stream: Stream) -> Responses:
    return {code: _items(schedule.instrument(code), wellness, stream) for code in point.instruments}


def _items(instrument: Instrument, wellness: Wellness, stream: Stream) -> tuple[int | None, ...]:
    """One answer to each item around the person's own level; reversed items are turned over."""
    level = wellness.contentment if instrument.code == SATISFACTION else wellness.level
    lean = -level if instrument.code in HIGHER_IS_WORSE else level
    centre = CENTRES.get(instrument.code, 0.55) + SPREAD * lean
    low, high = instrument.item_minimum, instrument.item_maximum
    answers: list[int | None] = []
    for number in range(1, instrument.item_count + 1):
        share = min(max(centre + stream.normal(0, 0.2), 0.0), 1.0)
        answer = low + round(share * (high - low))
        turned = low + high - answer if number in instrument.reversed_items else answer
        answers.append(None if stream.chance(ITEM_MISSING) else turned)
    return tuple(answers)
