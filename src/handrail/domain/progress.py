"""Where a person is on the journey, in stages that are the same for everybody, whatever their arm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handrail.domain.dates import add_months
from handrail.domain.followup import interview_points
from handrail.domain.protocol import Schedule
from handrail.domain.words import Exit, Worded


class Stage(Worded):
    """One stretch of the journey."""

    REFERRED = "referred", "Referred, not screened yet"
    NOT_ELIGIBLE = "not_eligible", "Screened, not eligible"
    ELIGIBLE = "eligible", "Eligible, not consented yet"
    CONSENTED = "consented", "Consented, baseline to do"
    READY = "ready", "Baseline done, ready to enter"
    FOLLOWED = "followed", "In the trial, being followed up"
    FINISHED = "finished", "Follow-up finished"
    LEFT = "left", "Left before entry"
    DIED = "died", "Died"


BEFORE_ENTRY = frozenset({Stage.REFERRED, Stage.NOT_ELIGIBLE, Stage.ELIGIBLE, Stage.CONSENTED, Stage.READY})


@dataclass(frozen=True)
class JourneyFacts:
    """What is known of one person's journey; blank where a step has not been reached."""

    is_eligible: bool | None = None
    is_consented: bool = False
    is_baseline_done: bool = False
    entered_on: date | None = None
    exit: Exit | None = None
    died_on: date | None = None


def stage(facts: JourneyFacts, *, under: Schedule, on: date) -> Stage:
    """The stage that a person has reached on a day: the furthest of those whose condition holds."""
    if facts.died_on is not None and facts.died_on <= on:
        return Stage.DIED
    if facts.entered_on is not None:
        last = follow_up_ends_on(facts.entered_on, under=under)
        return Stage.FOLLOWED if on <= last else Stage.FINISHED
    return Stage.LEFT if facts.exit is not None else _before_entry(facts)


def _before_entry(facts: JourneyFacts) -> Stage:
    if facts.is_consented:
        return Stage.READY if facts.is_baseline_done else Stage.CONSENTED
    if facts.is_eligible is None:
        return Stage.REFERRED
    return Stage.ELIGIBLE if facts.is_eligible else Stage.NOT_ELIGIBLE


def follow_up_ends_on(entered_on: date, *, under: Schedule) -> date:
    """The last target day of any follow-up, by interview or in records."""
    months = max((point.months for point in under.points), default=0)
    return add_months(entered_on, months)


def interviews_ahead(entered_on: date, *, under: Schedule, on: date) -> tuple[tuple[str, date], ...]:
    """The titles and target days of the interviews still to come."""
    found = ((point.title, add_months(entered_on, point.months)) for point in interview_points(under))
    return tuple((title, day) for title, day in found if day > on)
