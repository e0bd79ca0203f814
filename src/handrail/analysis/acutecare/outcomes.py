"""Spells → episodes → outcomes for a whole service at once: the set-based engine.

The rule is that of ``domain.acutecare`` and ``domain.readmission``; the property tests hold the two equal
in every column and in what becomes of every row.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from handrail.analysis.acutecare import kernel
from handrail.analysis.acutecare.columns import (
    BLANK,
    NO_DAY,
    NOT_IN_COHORT,
    RULES,
    SERVICES,
    STATUSES,
    Cohort,
    Column,
    Fates,
    Outcomes,
    Spells,
)
from handrail.analysis.acutecare.order import WORD_BITS, How, order_of
from handrail.domain.protocol import OutcomeDefinition
from handrail.domain.words import OutcomeStatus, SetAside, Setting

NOT_CONSENTED, NO_RECORDS = OutcomeStatus.NOT_CONSENTED, OutcomeStatus.NO_RECORDS
INDEX_END_UNKNOWN = OutcomeStatus.INDEX_END_UNKNOWN
CODE = {status: place for place, status in enumerate(STATUSES)}


@dataclass(frozen=True)
class Sorted:
    """The rows that count, in order of person and start; every end closed. ``place`` is the row's place."""

    place: Column
    person: Column
    start: Column
    end: Column
    was_open: Column
    service: Column
    first: Column
    episode: Column
    joined: Column


@dataclass(frozen=True)
class Counted:
    """What was worked out, and the counts that go with it: rows by rule, and what was done to the rest."""

    outcomes: Outcomes
    fates: Fates
    rows_read: int
    rows_set_aside: dict[SetAside, int]
    rows_kept: int
    open_closed: int
    ends_held: int
    episode_count: int
    people_by_status: dict[OutcomeStatus, int]
    index_open_count: int
    readmitted_by_gap: dict[int, int]
    sorted_by: How


def work_out(
    spells: Spells,
    cohort: Cohort,
    *,
    under: OutcomeDefinition,
    other_gaps: tuple[int, ...] = (),
    word_bits: int = WORD_BITS,
) -> Counted:
    """The outcome of everyone in the cohort, and what became of every row.

    ``other_gaps`` are merge gaps under which readmissions are counted as well. ``word_bits`` is smaller
    than 64 only in tests, to force the slower sort. Everyone has a cut-off: see :func:`settled`.
    """
    rule = rules_of(spells, cohort, settings=under.settings)
    kept, how = kept_in_order(spells, rule, word_bits)
    close_on = np.minimum(cohort.observed_until, cohort.died)
    rows, episode_count = _merged(spells, kept, close_on, cohort.entry, under)
    outcomes, is_index_open = _outcomes(rows, spells, cohort, under)
    held = np.zeros(rule.size, dtype=bool)
    held[rows.place] = rows.end != spells.end[rows.place]
    return Counted(
        outcomes=outcomes,
        fates=_fates(rows, rule, held),
        rows_read=int(rule.size),
        rows_set_aside={word: int(np.count_nonzero(rule == code)) for code, word in enumerate(RULES, 1)},
        rows_kept=int(kept.size),
        open_closed=int(rows.was_open.sum()),
        ends_held=int(held.sum() - rows.was_open.sum()),
        episode_count=episode_count,
        people_by_status={word: int(np.count_nonzero(outcomes.status == CODE[word])) for word in STATUSES},
        index_open_count=int(is_index_open.sum()),
        readmitted_by_gap={gap: _readmitted_at(gap, rows, outcomes, cohort, under) for gap in other_gaps},
        sorted_by=how,
    )


def settled(cohort: Cohort, latest_day: int) -> Cohort:
    """The cohort with a cut-off for everyone: the latest date in the spells file where none was given."""
    known = np.where(cohort.observed_until == NO_DAY, latest_day, cohort.observed_until)
    return replace(cohort, observed_until=known.astype(np.int32))


def rules_of(spells: Spells, cohort: Cohort, *, settings: Collection[Setting]) -> Column:
    """For each row the first rule that sets it aside on its own, or 0; twins are found afterwards."""
    rule = np.zeros(spells.row.size, dtype=np.uint8)
    kernel.set_aside(
        (spells.person, spells.service, spells.start, spells.end),
        (cohort.died, cohort.observed_until, cohort.has_consent),
        np.array([service in settings for service in SERVICES]),
        rule,
    )
    return rule


def kept_in_order(spells: Spells, rule: Column, word_bits: int = WORD_BITS) -> tuple[Column, How]:
    """Places of the rows that count, sorted; twins are marked in ``rule`` and left out."""
    place = np.flatnonzero(rule == 0)
    keys = tuple(column[place] for column in (spells.person, spells.start, spells.service, spells.provider))
    order, how = order_of(*keys, word_bits=word_bits)
    place = place[order]
    person, start, service, provider = (key[order] for key in keys)
    sorted_rule = np.zeros(place.size, dtype=np.uint8)
    kernel.drop_twins((person, service, provider, start), spells.end[place], spells.row[place], sorted_rule)
    rule[place] = sorted_rule
    return place[sorted_rule == 0], how


def _merged(
    spells: Spells, place: Column, close_on: Column, entry: Column, under: OutcomeDefinition
) -> tuple[Sorted, int]:
    person, start = spells.person[place], spells.start[place]
    end = np.minimum(spells.end[place], close_on[person])
    first, episode = np.zeros_like(start), np.zeros_like(start)
    joined = np.zeros(place.size, dtype=np.uint8)
    gaps = _gaps(under.merge_gap_days, under)
    count = kernel.merge((person, start, end), entry, gaps, first, episode, joined)
    was_open = spells.end[place] == NO_DAY
    return Sorted(place, person, start, end, was_open, spells.service[place], first, episode, joined), int(
        count
    )


def _gaps(merge_gap: int, under: OutcomeDefinition) -> tuple[int, int]:
    """The gap between any two spells, and the gap after the index episode."""
    return merge_gap, under.gap_after_index(merge_gap)


def _outcomes(
    rows: Sorted, spells: Spells, cohort: Cohort, under: OutcomeDefinition
) -> tuple[Outcomes, Column]:
    """Everyone's outcome, and whose index episode was still going on at entry."""
    size, horizon = cohort.entry.size, under.horizon_days
    day, services = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.uint8)
    nights, days = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
    seen = np.zeros(size, dtype=np.uint8)
    index_end = np.full(size, -NO_DAY, dtype=np.int32)
    kernel.first_new_episode(
        (rows.person, rows.start, rows.first, rows.service), cohort.entry, horizon, day, services
    )
    kernel.index_episodes(
        (rows.person, rows.start, rows.first, rows.end, rows.was_open), cohort.entry, seen, index_end
    )
    kernel.time_in_care((rows.person, rows.start, rows.end), cohort.entry, horizon, nights, days)
    status = _status(day, seen, _has_rows(spells, size), cohort, horizon)
    is_readmitted = status == CODE[OutcomeStatus.READMITTED]
    is_index_open = index_end >= cohort.entry
    has_times = ~np.isin(status, _codes(NOT_CONSENTED, NO_RECORDS, INDEX_END_UNKNOWN))
    is_answered = np.isin(
        status, _codes(OutcomeStatus.READMITTED, OutcomeStatus.NOT_READMITTED, OutcomeStatus.DIED)
    )
    return Outcomes(
        status=status,
        readmitted=np.where(is_answered, is_readmitted, BLANK).astype(np.int8),
        day=np.where(is_readmitted, day, BLANK),
        first_service=np.where(is_readmitted, services, 0).astype(np.uint8),
        nights=np.where(has_times, nights, BLANK),
        calendar_days=np.where(has_times, days, BLANK),
        followed_days=_followed_days(status, cohort, horizon),
        day_from_index_end=np.where(
            is_readmitted & is_index_open, day - (index_end - cohort.entry), BLANK
        ).astype(np.int32),
    ), is_index_open & cohort.has_consent


def _status(day: Column, seen: Column, has_rows: Column, cohort: Cohort, horizon: int) -> Column:
    """The first status that holds, in the order of ``domain.readmission``."""
    last = cohort.entry + horizon
    known_to = cohort.observed_until
    holds = (
        (~cohort.has_consent, OutcomeStatus.NOT_CONSENTED),
        (seen == kernel.OPEN_BEFORE | kernel.STARTED_AFTER, OutcomeStatus.INDEX_END_UNKNOWN),
        (day > 0, OutcomeStatus.READMITTED),
        (cohort.died <= np.minimum(last, known_to), OutcomeStatus.DIED),
        (~has_rows, OutcomeStatus.NO_RECORDS),
        (known_to < last, OutcomeStatus.CENSORED),
    )
    status = np.select(
        [condition for condition, _ in holds],
        [CODE[word] for _, word in holds],
        default=CODE[OutcomeStatus.NOT_READMITTED],
    )
    return status.astype(np.uint8)


def _has_rows(spells: Spells, size: int) -> Column:
    """Whether each person has a row of any kind in the file, even one that counts for nothing."""
    has_rows = np.zeros(size, dtype=bool)
    has_rows[spells.person[spells.person != NOT_IN_COHORT]] = True
    return has_rows


def _followed_days(status: Column, cohort: Cohort, horizon: int) -> Column:
    last = np.minimum(cohort.entry + horizon, np.minimum(cohort.observed_until, cohort.died))
    is_blank = np.isin(status, _codes(NOT_CONSENTED, NO_RECORDS))
    return np.where(is_blank, BLANK, np.maximum(0, last - cohort.entry)).astype(np.int32)


def _fates(rows: Sorted, rule: Column, held: Column) -> Fates:
    episode = np.zeros(rule.size, dtype=np.int32)
    joined = np.zeros(rule.size, dtype=np.uint8)
    episode[rows.place], joined[rows.place] = rows.episode, rows.joined
    return Fates(rule, episode, joined, held)


def _readmitted_at(
    gap: int, rows: Sorted, outcomes: Outcomes, cohort: Cohort, under: OutcomeDefinition
) -> int:
    """How many would be readmitted under this merge gap; an outcome that cannot be known stays so."""
    first, episode = np.zeros_like(rows.start), np.zeros_like(rows.start)
    joined = np.zeros(rows.start.size, dtype=np.uint8)
    kernel.merge((rows.person, rows.start, rows.end), cohort.entry, _gaps(gap, under), first, episode, joined)
    day, services = np.zeros_like(cohort.entry), np.zeros(cohort.entry.size, dtype=np.uint8)
    kernel.first_new_episode(
        (rows.person, rows.start, first, rows.service), cohort.entry, under.horizon_days, day, services
    )
    is_unknown = np.isin(outcomes.status, _codes(NOT_CONSENTED, INDEX_END_UNKNOWN))
    return int(np.count_nonzero((day > 0) & ~is_unknown))


def _codes(*words: OutcomeStatus) -> list[int]:
    return [CODE[word] for word in words]
