"""Measures of the programme for its managers: how many got how far, whole, by team and by group of people.

They say what was given, never what anybody wrote, and nothing about a worker. Whoever is not known to have
reached a stage is not counted as not having reached it: those whose attendance nobody can tell, and those who
have not finished, stand in rows of their own. Shown through ``disclosure``, as of the end of a quarter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from handrail.domain.characteristics import EthnicGroup, Gender
from handrail.domain.dates import add_months, age_on, in_words
from handrail.domain.disclosure import Division
from handrail.domain.protocol import PeerSessions
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Worded

PROMPT_DAYS = 7
SETTLING_MONTHS = 2  # from a referral to an entry, at the latest
FEWEST_FOR_A_MEDIAN = 10
NOT_KNOWN = "Not known"
BANDS = ((18, "18 to 24"), (25, "25 to 44"), (45, "45 to 64"), (65, "65 and over"))


class Step(Worded):
    """How far somebody got. Each is within the step that ``WITHIN`` names."""

    REFERRED = "referred", "Referred"
    OFFERED = "offered", "Offered a peer worker"
    OFFERED_PROMPTLY = "offered_promptly", f"Offered within {PROMPT_DAYS} days of leaving the crisis team"
    ACCEPTED = "accepted", "Accepted: a meeting was planned"
    MET = "met", "Met at least once"
    MET_3 = "met_3", "Met 3 times or more"
    MET_6 = "met_6", "Met 6 times or more"
    MET_ALL = "met_all", "Met as often as is offered"
    ENDED = "ended", "Planned ending held"
    NOT_TOLD = "not_told", "Attendance is not known"
    GOING_ON = "going_on", "Still going on"


WITHIN: dict[Step, Step | None] = {
    Step.REFERRED: None,
    Step.OFFERED: Step.REFERRED,
    Step.OFFERED_PROMPTLY: Step.OFFERED,
    Step.ACCEPTED: Step.OFFERED,
    Step.MET: Step.ACCEPTED,
    Step.MET_3: Step.MET,
    Step.MET_6: Step.MET_3,
    Step.MET_ALL: Step.MET_6,
    Step.ENDED: Step.MET,
    Step.NOT_TOLD: Step.ACCEPTED,
    Step.GOING_ON: Step.OFFERED,
}


@dataclass(frozen=True)
class Course:
    """One person's way through the programme, as far as a manager's figures need it.

    ``offer`` is none where no meetings were offered, ``held_count`` where nobody can tell. Words are empty
    where they are not known.
    """

    team: str
    referred_on: date
    born_on: date | None
    gender: str
    ethnic_group: str
    discharged_on: date | None
    offered_on: date | None = None
    offer: PeerSessions | None = None
    has_planned: bool = False
    held_count: int | None = 0
    first_met_on: date | None = None
    has_ended: bool = False
    finished_on: date | None = None


def why_not_release(*, as_of: date, latest_on: date | None, is_locked: bool) -> Reasons:
    """Reasons why figures cannot be made: the trial still runs, or they are made, and stay as they are."""
    return only(
        (not is_locked, Because.MEASURES_TOO_EARLY),
        (latest_on is not None and latest_on >= as_of, Reason(Because.MEASURES_MADE, in_words(as_of))),
    )


def last_quarter_end(on: date) -> date:
    """The last day of the last whole quarter before a day."""
    return date(on.year, 3 * ((on.month - 1) // 3) + 1, 1) - timedelta(days=1)


def is_counted(course: Course, *, as_of: date, within_months: int) -> bool:
    """Whether somebody was referred so long ago that the programme's time is over, even for a late entry."""
    return course.referred_on <= add_months(as_of, -(within_months + SETTLING_MONTHS))


def steps_of(course: Course, *, as_of: date) -> frozenset[Step]:
    """The steps that one person is known to have reached."""
    offer = course.offer
    if offer is None or course.offered_on is None:
        return frozenset({Step.REFERRED})
    days = (course.offered_on - course.discharged_on).days if course.discharged_on else None
    held = course.held_count
    met = held or 0
    is_known = held is not None
    found = {
        Step.OFFERED_PROMPTLY: days is not None and days <= PROMPT_DAYS,
        Step.ACCEPTED: course.has_planned,
        Step.MET: met >= 1,
        Step.MET_3: met >= 3,
        Step.MET_6: met >= 6,
        Step.MET_ALL: met >= max(6, offer.maximum_count),
        Step.ENDED: met >= 1 and course.has_ended,
        Step.NOT_TOLD: course.has_planned and not is_known,
        Step.GOING_ON: course.finished_on is None or course.finished_on > as_of,
    }
    return frozenset({Step.REFERRED, Step.OFFERED, *(step for step, reached in found.items() if reached)})


def divisions(courses: Sequence[Course], *, teams: Mapping[str, str], as_of: date) -> tuple[Division, ...]:
    """Everybody by team and by each group, with those of whom it is not known apart."""
    bands = (*(name for _, name in BANDS), NOT_KNOWN)
    asked = [
        ("Team", tuple(teams.values()), lambda one: teams[one.team]),
        ("Age when referred", bands, _band),
        ("Gender", _words(Gender), lambda one: _word(Gender, one.gender)),
        ("Ethnic group", _words(EthnicGroup), lambda one: _word(EthnicGroup, one.ethnic_group)),
    ]
    reached = [(one, steps_of(one, as_of=as_of)) for one in courses]
    return tuple(_division(title, groups, of, reached) for title, groups, of in asked)


def days_to_first_meeting(courses: Sequence[Course]) -> int | None:
    """The median days from leaving the crisis team to the first meeting; none of too few people."""
    days = [
        (one.first_met_on - one.discharged_on).days
        for one in courses
        if one.first_met_on and one.discharged_on
    ]
    return round(median(days)) if len(days) >= FEWEST_FOR_A_MEDIAN else None


def _division(
    title: str,
    groups: tuple[str, ...],
    of: Callable[[Course], str],
    reached: Sequence[tuple[Course, frozenset[Step]]],
) -> Division:
    found = Counter((step, of(one)) for one, steps in reached for step in steps)
    return Division(title, groups, tuple(tuple(found[step, group] for group in groups) for step in Step))


def _band(course: Course) -> str:
    if course.born_on is None:
        return NOT_KNOWN
    age = age_on(course.born_on, course.referred_on)
    return next((name for least, name in reversed(BANDS) if age >= least), NOT_KNOWN)


def _words(kind: type[Worded]) -> tuple[str, ...]:
    return (*(one.sentence for one in kind), NOT_KNOWN)


def _word(kind: type[Worded], value: str) -> str:
    return kind(value).sentence if value else NOT_KNOWN
