"""The masked tables of a lock: rows of ``domain.extract.TABLES``, from what the masked rooms keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from handrail.domain import extract
from handrail.domain.dates import age_on
from handrail.domain.extract import Table
from handrail.domain.followup import Characteristics, baseline_point, interview_points, is_in_window
from handrail.domain.protocol import FollowUpPoint, Schedule
from handrail.domain.words import InterviewState
from handrail.exchange.files import Cell
from handrail.records.acutecare import facts as acutecare
from handrail.records.conduct import facts as conduct
from handrail.records.consent import facts as consent
from handrail.records.enrolment import facts as enrolment
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.followup import facts as followup
from handrail.records.followup.facts import InterviewFacts
from handrail.records.people import facts as people
from handrail.records.referral import facts as referrals
from handrail.records.referral.facts import ReferralFacts
from handrail.records.safety import facts as safety

Row = tuple[Cell, ...]


def masked_rows(*, under: Schedule) -> dict[str, list[Row]]:
    """The rows of every masked table, by the table's name."""
    entries = enrolment.entries()
    found: dict[Table, Iterator[Row]] = {
        extract.SCREENING: _screening(entries),
        extract.ENTRIES: _entries(entries),
        extract.BASELINE: _baseline(entries),
        extract.OUTCOMES: _outcomes(entries),
        extract.FOLLOWUP: _followup(entries, under),
        extract.ADVERSE_EVENTS: _adverse_events(entries),
        extract.DEVIATIONS: _deviations(),
        extract.PARTICIPATION: _participation(entries),
    }
    return {table.name: list(found[table]) for table in extract.TABLES}


@dataclass(frozen=True)
class _Reached:
    """Who has got how far before entry, by person."""

    consented: frozenset[UUID]
    baselined: frozenset[UUID]
    entered: frozenset[UUID]


def _screening(entries: tuple[EntryFacts, ...]) -> Iterator[Row]:
    """One row for each person referred: their latest referral."""
    done = followup.baselines_done()
    reached = _Reached(
        consented=consent.consented(),
        baselined=frozenset(one.person_id for one in enrolment.registrations() if one.id in done),
        entered=frozenset(entry.person_id for entry in entries),
    )
    latest = {referral.person_id: referral for referral in referrals.referrals()}
    return (_screened(referral, reached) for referral in latest.values())


def _screened(referral: ReferralFacts, reached: _Reached) -> Row:
    last, person_id = referral.last_assessment, referral.person_id
    is_entered = person_id in reached.entered
    return (
        referral.referral_number,
        referral.team_code,
        referral.received_on,
        last is not None,
        last.is_eligible if last else None,
        "+".join(last.reasons) if last else "",
        person_id in reached.consented,
        person_id in reached.baselined,
        is_entered,
        referral.exit if referral.exit and not is_entered else "",
    )


def _entries(entries: tuple[EntryFacts, ...]) -> Iterator[Row]:
    for entry in entries:
        yield (
            entry.study_number,
            entry.team_code,
            entry.entered_on,
            entry.stratum,
            entry.protocol_version,
        )


def _baseline(entries: tuple[EntryFacts, ...]) -> Iterator[Row]:
    said = followup.characteristics()
    known = people.people(entry.person_id for entry in entries)
    unsaid = Characteristics("", "", "", None)
    for entry in entries:
        person, words = known[entry.person_id], said.get(entry.registration_id, unsaid)
        age = age_on(person.born_on, entry.entered_on)
        is_first = words.is_first_crisis
        yield (entry.study_number, age, words.gender, words.ethnic_group, words.housing, is_first)


def _outcomes(entries: tuple[EntryFacts, ...]) -> Iterator[Row]:
    found = acutecare.outcomes()
    for entry in entries:
        outcome = found[entry.registration_id]
        yield (
            entry.study_number,
            outcome.status,
            outcome.readmitted,
            outcome.day,
            outcome.first_service,
            outcome.nights,
            outcome.calendar_days,
            outcome.followed_days,
        )


def _followup(entries: tuple[EntryFacts, ...], under: Schedule) -> Iterator[Row]:
    held = {(one.registration_id, one.point): one for one in followup.interviews()}
    for entry in entries:
        for point in interview_points(under):
            interview = held.get((entry.registration_id, point.code))
            for instrument in point.instruments:
                yield _asked(entry, point, instrument, interview, under)


def _asked(
    entry: EntryFacts,
    point: FollowUpPoint,
    instrument: str,
    interview: InterviewFacts | None,
    under: Schedule,
) -> Row:
    """One instrument at one point. Not held: everything but the state is blank."""
    if interview is None or interview.held_on is None:
        is_missed = interview is not None and interview.state is InterviewState.MISSED
        state = InterviewState.MISSED if is_missed else InterviewState.DUE
        return (entry.study_number, point.code, instrument, state, None, None, None, None)
    in_window = interview.is_in_window
    if point == baseline_point(under):  # its window could not be known until the day of entry was
        in_window = is_in_window(entry.entered_on, point, on=interview.held_on)
    given = {response.instrument: response for response in interview.responses}.get(instrument)
    return (
        entry.study_number,
        point.code,
        instrument,
        InterviewState.DONE,
        interview.held_on,
        in_window,
        given.answered_count if given else 0,
        given.total if given else None,
    )


def _adverse_events(entries: tuple[EntryFacts, ...]) -> Iterator[Row]:
    entered = {entry.registration_id for entry in entries}
    for event in safety.events():
        if event.registration_id in entered:
            words = "+".join(event.seriousness)
            days = (event.onset_on, event.aware_on)
            yield (event.study_number, event.event_number, *days, words, event.is_expected)


def _deviations() -> Iterator[Row]:
    for number, one in enumerate(conduct.deviations(), start=1):
        yield (number, one.study_number, one.team_code, one.found_on, one.kind)


def _participation(entries: tuple[EntryFacts, ...]) -> Iterator[Row]:
    numbers = {entry.person_id: entry.study_number for entry in entries}
    closed = {
        (numbers[change.person_id], change.scope, change.from_on)
        for change in consent.changes()
        if change.person_id in numbers and not change.is_open
    }
    return iter(closed)
