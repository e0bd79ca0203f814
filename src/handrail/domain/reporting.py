"""By which day somebody must be told of an event, and whether they were: in time, late, or not yet.

The clock of every serious event may be seen by masked staff. The others follow from how far an event is
related, which betrays the arm: what is recorded of them is kept in the sealed wing, and only unmasked staff
are shown them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from handrail.domain.dates import in_words, working_days_after
from handrail.domain.protocol import ClockScope, ReportingClock, Safety
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.safety import EventFacts, awaits_review, counts_as_serious
from handrail.domain.words import Because, Relatedness, Worded

LONGEST_REFERENCE = 60
LONGEST_NOTE = 500
RELATED = frozenset({Relatedness.POSSIBLE, Relatedness.PROBABLE, Relatedness.DEFINITE})
MASKED = frozenset({ClockScope.SERIOUS})  # the clocks whose records masked staff may write and read

Holidays = frozenset[date]


class ClockState(Worded):
    """Where one reporting clock of one event stands on a day."""

    OVERDUE = "overdue", "Overdue"
    DUE = "due", "Not told yet"
    MET_LATE = "met_late", "Told late"
    MET = "met", "Told in time"
    ENDED = "ended", "Need not be told"


class ReportPutRight(Worded):
    """Why what is on record of a report is put right."""

    TYPED_WRONGLY = "typed_wrongly", "A day was typed wrongly"
    NOT_TOLD = "not_told", "Nobody had been told, or no measure was taken"


@dataclass(frozen=True)
class Told:
    """The latest word on one clock of one event: the day on which somebody was told, none while nobody was.

    ``started_on``: the day an urgent measure was taken; none for a clock that starts by itself.
    """

    clock: str
    told_on: date | None = None
    started_on: date | None = None


@dataclass(frozen=True)
class ReportRecord:
    """One record that somebody was told. A newer one may put it right; then it stays, and stands no more."""

    id: UUID
    event_id: UUID
    puts_right: UUID | None
    why: ReportPutRight | None
    told: Told
    recipient: str
    recorded_by: UUID
    recorded_at: datetime
    reference: str = ""
    note: str = ""


@dataclass(frozen=True)
class NewReport:
    """What somebody records of a clock. ``why``: only where it puts right what is on record."""

    told: Told
    why: ReportPutRight | None = None
    reference: str = ""
    note: str = ""


@dataclass(frozen=True)
class Deadline:
    """By which day one reporting clock of an event runs out, and what came of it."""

    code: str
    title: str
    due_on: date
    is_working_days: bool
    told_on: date | None = None
    is_needed: bool = True

    @property
    def is_open(self) -> bool:
        """Whether somebody must still be told."""
        return self.is_needed and self.told_on is None

    def is_overdue(self, on: date) -> bool:
        """Whether the day has passed, and nobody was told."""
        return self.is_open and on > self.due_on

    def state(self, on: date) -> ClockState:
        """Where the clock stands on a day. Who was told stays told, also of a clock that ended since."""
        if self.told_on is not None:
            return ClockState.MET if self.told_on <= self.due_on else ClockState.MET_LATE
        if not self.is_needed:
            return ClockState.ENDED
        return ClockState.OVERDUE if on > self.due_on else ClockState.DUE


def standing(
    records: Iterable[ReportRecord], events: Iterable[EventFacts]
) -> dict[UUID, dict[str, ReportRecord]]:
    """What stands of each event, by clock. What was told of its earlier records holds for it too."""
    found = tuple(records)
    put_right = {one.puts_right for one in found}
    event_of = {record_id: event.id for event in events for record_id in (event.id, *event.earlier_ids)}
    stands: dict[UUID, dict[str, ReportRecord]] = {}
    for one in found:
        if one.id not in put_right and one.event_id in event_of:
            stands.setdefault(event_of[one.event_id], {})[one.told.clock] = one
    return stands


def masked_deadlines(
    event: EventFacts,
    *,
    reports: Mapping[str, ReportRecord],
    under: Safety,
    holidays: Holidays = frozenset(),
) -> tuple[Deadline, ...]:
    """The clocks that masked staff may see, the soonest first; the same whatever the arm.

    Beside the clocks of every serious event: while its review is awaited, those that it may turn out to
    need, as the day by which the reviewer's answer is wanted. Once it is signed, the office alone sees them.
    """
    found = []
    for clock in under.clocks if event.has_been_serious else ():
        if clock.runs_for in MASKED:
            found.append(_deadline(clock, event, reports.get(clock.code), counts_as_serious(event), holidays))
        elif clock.runs_for is ClockScope.RELATED_UNEXPECTED and _awaits_answer(event):
            found.append(_deadline(clock, event, None, True, holidays))
    return _in_order(found)


def every_deadline(
    event: EventFacts,
    *,
    reports: Mapping[str, ReportRecord],
    relatedness: Relatedness | None,
    under: Safety,
    holidays: Holidays = frozenset(),
) -> tuple[Deadline, ...]:
    """Every clock of an event, the soonest first, for unmasked eyes. One of an urgent measure runs once
    it was taken.

    ``reports``: what stands, by clock. ``relatedness``: the signed judgement of the record that stands.
    """
    found = []
    for clock in under.clocks if event.has_been_serious else ():
        report = reports.get(clock.code)
        if clock.runs_for is not ClockScope.URGENT_MEASURE:
            found.append(_deadline(clock, event, report, _is_needed(clock, event, relatedness), holidays))
        elif report is not None and report.told.started_on is not None:
            found.append(_deadline(clock, event, report, True, holidays))
    return _in_order(found)


def soonest(found: Mapping[UUID, Iterable[Deadline]]) -> dict[UUID, Deadline]:
    """The open clock that runs out first for each event that has one, by event, the soonest first.

    So whatever is overdue comes before all that is not.
    """
    still = {event_id: [one for one in every if one.is_open] for event_id, every in found.items()}
    first = [(event_id, _in_order(every)[0]) for event_id, every in still.items() if every]
    return dict(sorted(first, key=lambda one: (one[1].due_on, one[1].code)))


def why_not_tell(
    new: NewReport, *, event: EventFacts, clock: ReportingClock, on_record: Told | None, on: date
) -> Reasons:
    """Reasons why it cannot be recorded that somebody was told, or put right.

    Whether a clock still runs is none of them: that somebody was told is true also where they need not be.
    ``on_record``: what stands, or none.
    """
    told, before = new.told, on_record or Told(clock.code)
    is_urgent = clock.runs_for is ClockScope.URGENT_MEASURE
    starts_on = (told.started_on if is_urgent else None) or known_on(event)
    changes = _changes(before.told_on, told.told_on) or _changes(before.started_on, told.started_on)
    has_words = bool(new.reference or new.note)
    days = tuple(day for day in (told.started_on, told.told_on) if day is not None)
    return only(
        (not event.has_been_serious, Because.NO_CLOCK_RUNS),
        (told == before and (new.why is not None or not has_words), Because.NOTHING_DIFFERS),
        (changes and new.why is None, Because.NO_REASON_GIVEN),
        (is_urgent and told.told_on is not None and told.started_on is None, Because.MEASURE_DAY_MISSING),
        *((day > on, Reason(Because.DAY_TO_COME, in_words(day))) for day in days),
        *((day < starts_on, Reason(Because.DATES_SWAPPED, in_words(day))) for day in days),
        (len(new.reference) > LONGEST_REFERENCE, Reason(Because.TEXT_TOO_LONG, str(LONGEST_REFERENCE))),
        (len(new.note) > LONGEST_NOTE, Reason(Because.TEXT_TOO_LONG, str(LONGEST_NOTE))),
    )


def known_on(event: EventFacts) -> date:
    """The first day that any record of an event names as the one on which the trial team knew."""
    return event.first_aware_on or event.aware_on


def _changes(before: date | None, after: date | None) -> bool:
    return before is not None and after != before


def _awaits_answer(event: EventFacts) -> bool:
    return awaits_review(event) and not event.is_expected


def _is_needed(clock: ReportingClock, event: EventFacts, relatedness: Relatedness | None) -> bool:
    """A clock runs until it is settled that it need not: until then the more cautious answer holds."""
    if clock.runs_for is ClockScope.SERIOUS:
        return counts_as_serious(event)
    is_ruled_out = event.could_be_related is False or (relatedness is not None and relatedness not in RELATED)
    return counts_as_serious(event) and not event.is_expected and not is_ruled_out


def _deadline(
    clock: ReportingClock,
    event: EventFacts,
    report: ReportRecord | None,
    is_needed: bool,
    holidays: Holidays,
) -> Deadline:
    told = report.told if report else Told(clock.code)
    starts_on = told.started_on or known_on(event)
    if clock.is_working_days:
        due = working_days_after(starts_on, clock.days, holidays=holidays)
    else:
        due = starts_on + timedelta(days=clock.days)
    return Deadline(clock.code, clock.title, due, clock.is_working_days, told.told_on, is_needed)


def _in_order(found: Iterable[Deadline]) -> tuple[Deadline, ...]:
    return tuple(sorted(found, key=lambda one: (one.due_on, one.code)))
