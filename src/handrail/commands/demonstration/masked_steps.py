"""The steps after entry that are the same for both arms: interviews, events, deviations, changes of mind.

Nothing here asks for the arm. So the same lives played with another list make the same records.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from handrail.commands.demonstration.lives import Departure, Harm, NoMore, Visit
from handrail.commands.demonstration.steps import Step, Trail
from handrail.domain.conduct import NewDeviation
from handrail.domain.dates import working_days_after
from handrail.domain.reporting import MASKED, NewReport, Told
from handrail.domain.safety import NewEvent
from handrail.domain.words import Role, Seriousness
from handrail.journey import amend, consent, follow, gather
from handrail.records.conduct import actions as conduct
from handrail.records.safety import actions as safety
from handrail.records.safety import reports

REVIEWED_AFTER = timedelta(days=5)
TOLD_IN_TIME = 0.95  # of the serious events: the sponsor was told by the next working day
MOVE_KNOWN_AFTER = timedelta(days=25)


def steps(trail: Trail) -> list[Step]:
    """Every masked step of this life from entry on."""
    life = trail.life
    if life.path.entered_on is None:
        return []
    found = [step for visit in life.visits for step in _visit(trail, visit)]
    found += [step for place, harm in enumerate(life.harms) for step in _harm(trail, place, harm)]
    found += [_departure(trail, place, departure) for place, departure in enumerate(life.departures)]
    found += [_no_more(trail, change) for change in life.no_more]
    if life.fate.has_moved and life.fate.lost_day is not None:
        found.append(_move(trail, life.day(life.fate.lost_day)))
    return found


def _visit(trail: Trail, visit: Visit) -> list[Step]:
    """An interview is booked, and then held or missed."""
    found = []
    point = visit.point
    if visit.planned_on is not None:
        planned_on = visit.planned_on
        found.append(
            trail.step(
                f"book {point}", visit.booked_on, "12:10", lambda at: _book(trail, visit, planned_on, at)
            )
        )
    if visit.held_on is not None:
        found.append(
            trail.step(f"interview {point}", visit.held_on, "14:20", lambda at: _hold(trail, visit, at))
        )
    else:
        found.append(
            trail.step(f"miss {point}", visit.settled_on, "16:40", lambda at: _miss(trail, visit, at))
        )
    return found


def _book(trail: Trail, visit: Visit, planned_on: date, at: datetime) -> None:
    follow.book(
        trail.registration,
        visit.point,
        planned_on=planned_on,
        mode=visit.mode,
        under=trail.scene.protocol.schedule,
        by=_researcher(trail),
        at=at,
    )


def _hold(trail: Trail, visit: Visit, at: datetime) -> None:
    follow.record(
        trail.registration,
        visit.point,
        visit.responses,
        mode=visit.mode,
        under=trail.scene.protocol.schedule,
        by=_researcher(trail),
        at=at,
    )


def _miss(trail: Trail, visit: Visit, at: datetime) -> None:
    follow.miss(
        trail.registration, visit.point, under=trail.scene.protocol.schedule, by=_researcher(trail), at=at
    )


def _researcher(trail: Trail) -> UUID:
    return trail.scene.cast.researcher(trail.life.number)


def _harm(trail: Trail, place: int, harm: Harm) -> list[Step]:
    """An event is recorded when it comes to light; the sponsor is told, and masked eyes review it."""
    found = []
    if Seriousness.DEATH in harm.seriousness:
        found.append(
            trail.step(
                f"death {place}",
                harm.aware_on,
                "09:30",
                lambda at: amend.record_death(
                    trail.person, harm.onset_on, by=trail.scene.cast.trial_manager, at=at
                ),
            )
        )
    found.append(
        trail.step(f"event {place}", harm.aware_on, "10:20", lambda at: _record(trail, place, harm, at))
    )
    found += _sponsor(trail, place, harm)
    found.append(
        trail.step(
            f"review {place}",
            harm.aware_on + REVIEWED_AFTER,
            "11:00",
            lambda at: safety.review(
                trail.events[place],
                could_be_related=harm.could_be_related,
                by=trail.scene.cast.one(Role.SAFETY_REVIEWER),
                at=at,
            ),
        )
    )
    return found


def _sponsor(trail: Trail, place: int, harm: Harm) -> list[Step]:
    """The sponsor is told by the next working day, but for a few times when it is forgotten at first."""
    days = 1 if trail.scene.dice("sponsor", trail.life.number, place).chance(TOLD_IN_TIME) else 3
    on = working_days_after(harm.aware_on, days)
    clocks = [clock.code for clock in trail.scene.protocol.safety.clocks if clock.runs_for in MASKED]
    return [_telling(trail, place, code, on) for code in clocks]


def _telling(trail: Trail, place: int, code: str, on: date) -> Step:
    return trail.step(f"tell {code} {place}", on, "09:50", lambda at: _tell(trail, place, code, at))


def _tell(trail: Trail, place: int, code: str, at: datetime) -> None:
    told = NewReport(Told(code, at.date()), reference=f"SYN-{trail.life.number:04d}-{place + 1}")
    under = trail.scene.protocol.safety
    reports.tell(trail.events[place], told, under=under, by=_researcher(trail), at=at)


def _record(trail: Trail, place: int, harm: Harm, at: datetime) -> None:
    event = NewEvent(
        onset_on=harm.onset_on,
        aware_on=harm.aware_on,
        kind=harm.kind,
        seriousness=frozenset(harm.seriousness),
        how_found=harm.how_found,
        narrative=harm.narrative,
    )
    trail.events[place] = safety.record_event(
        trail.registration, event, under=trail.scene.protocol.safety, by=_researcher(trail), at=at
    )


def _departure(trail: Trail, place: int, departure: Departure) -> Step:
    deviation = NewDeviation(departure.kind, departure.found_on, departure.note)
    return trail.step(
        f"deviation {place}",
        departure.found_on,
        "17:20",
        lambda at: conduct.record_deviation(
            deviation, registration_id=trail.registration, by=_researcher(trail), at=at
        ),
    )


def _no_more(trail: Trail, change: NoMore) -> Step:
    """The person closes a scope; it is the person who acts."""
    return trail.step(
        f"no more {change.scope.value}",
        change.from_on,
        "18:15",
        lambda at: consent.change(
            trail.person, change.scope, is_open=False, words=change.words, by=trail.person, at=at
        ),
    )


def _move(trail: Trail, last_on: date) -> Step:
    """The data desk learns that the person has moved away, and when their records ended."""
    return trail.step(
        "moved away",
        last_on + MOVE_KNOWN_AFTER,
        "15:30",
        lambda at: gather.end_records(
            trail.registration, last_on, by=trail.scene.cast.one(Role.DATA_DESK), at=at
        ),
    )
