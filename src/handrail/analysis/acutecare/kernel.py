"""The loops that touch every row, compiled. The rule they follow is ``domain.acutecare``, step by step.

All in one file, because the compiled code is kept beside it and is made anew when *this* file changes, and
only then. So every number that is compiled in is written out here, and checked against its word at start.
Where nothing can be kept (a read-only installation and no home folder), it is compiled for the run only:
slower to start by some seconds, never different in result.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np

from handrail.analysis.acutecare import columns

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

UNKNOWN_SERVICE, ENDS_BEFORE_START, NOT_IN_COHORT, NOT_CONSENTED = 1, 2, 3, 4
NOT_COUNTED, STARTS_IN_FUTURE, STARTS_AFTER_DEATH, DUPLICATE = 5, 6, 7, 8
OPENS, OVERLAPS, FOLLOWS = 0, 1, 2
SERVICE_COUNT = 4
NOWHERE, NEVER = -1, 2147483647
OPEN_BEFORE, STARTED_AFTER = 1, 2
DIGIT_BITS = 13


def why_not_these_numbers() -> list[str]:
    """The names of numbers above that no longer mean what their words do; there must be none."""
    meant = {rule.name: code for code, rule in enumerate(columns.RULES, 1)}
    meant |= {join.name: code for code, join in enumerate(columns.JOINS)}
    meant |= {
        "SERVICE_COUNT": len(columns.SERVICES),
        "NOWHERE": columns.NOT_IN_COHORT,
        "NEVER": columns.NO_DAY,
    }
    return [name for name, number in meant.items() if globals().get(name) != number]


def compiled(function: Kernel) -> Kernel:
    """The function compiled, and the compiled code kept for the next run wherever there is a place for it."""
    try:
        return cast(Kernel, numba.njit(cache=True)(function))
    except RuntimeError:  # numba's way of saying that no folder can be written to
        return cast(Kernel, numba.njit(function))


@compiled
def sort_by_word(words, order, width):  # type: ignore[no-untyped-def]
    """``order`` rearranged so that ``words[order]`` rises; rows with equal words stay as they were.

    Radix sort, the last digits first. ``words`` are 64-bit, of which the lowest ``width`` bits are used.
    """
    size = words.size
    mask = np.uint64((1 << DIGIT_BITS) - 1)
    keys = np.empty(size, np.uint64)
    for i in range(size):
        keys[i] = words[order[i]]
    other_keys, other_order = np.empty_like(keys), np.empty_like(order)
    for shift in range(0, width, DIGIT_BITS):
        places = np.zeros((1 << DIGIT_BITS) + 1, np.int64)
        for key in keys:
            places[((key >> np.uint64(shift)) & mask) + np.uint64(1)] += 1
        for digit in range(1 << DIGIT_BITS):
            places[digit + 1] += places[digit]
        for i in range(size):
            digit = (keys[i] >> np.uint64(shift)) & mask
            other_keys[places[digit]], other_order[places[digit]] = keys[i], order[i]
            places[digit] += 1
        keys, other_keys = other_keys, keys
        order, other_order = other_order, order
    return order


@compiled
def _rule_of_person(start, died, cut_off, consents, counts):  # type: ignore[no-untyped-def]
    if not consents:
        return NOT_CONSENTED
    if not counts:
        return NOT_COUNTED
    if start > cut_off:
        return STARTS_IN_FUTURE
    if start > died:
        return STARTS_AFTER_DEATH
    return 0


@compiled
def set_aside(spells, cohort, counts, rule):  # type: ignore[no-untyped-def]
    """Write for each row the first rule that sets it aside on its own, or 0.

    ``spells`` is (person, service, start, end), ``cohort`` (died, cut-off, consent), ``counts`` says for
    each service whether the protocol counts it.
    """
    person, service, start, end = spells
    died, cut_off, consent = cohort
    for i in range(person.size):
        p = person[i]
        if service[i] >= SERVICE_COUNT:
            rule[i] = UNKNOWN_SERVICE
        elif end[i] < start[i]:
            rule[i] = ENDS_BEFORE_START
        elif p == NOWHERE:
            rule[i] = NOT_IN_COHORT
        else:
            rule[i] = _rule_of_person(start[i], died[p], cut_off[p], consent[p], counts[service[i]])


@compiled
def _beats(end, row, best_end, best_row):  # type: ignore[no-untyped-def]
    """Whether a twin is the better one: a known end, then a later one, then the earlier row."""
    if (end == NEVER) != (best_end == NEVER):
        return best_end == NEVER
    if end != best_end:
        return end > best_end
    return row < best_row


@compiled
def drop_twins(keys, end, row, rule):  # type: ignore[no-untyped-def]
    """Mark all but the best of each run of rows with one key (person, service, provider, start).

    Everything is in sorted order, so that twins stand beside one another.
    """
    person, service, provider, start = keys
    best = 0
    for i in range(1, person.size):
        is_twin = (
            person[i] == person[best]
            and start[i] == start[best]
            and service[i] == service[best]
            and provider[i] == provider[best]
        )
        if not is_twin:
            best = i
        elif _beats(end[i], row[i], end[best], row[best]):
            rule[best] = DUPLICATE
            best = i
        else:
            rule[i] = DUPLICATE


@compiled
def merge(rows, entry, gaps, first, episode, joined):  # type: ignore[no-untyped-def]
    """Number each person's episodes from 1, and say how each row joined its own. Returns how many in all.

    ``rows`` is (person, start, end), sorted by person and start, and every end is known. ``gaps`` is the
    gap between any two, and that after the index episode. ``first`` gets the episode's own start.
    """
    person, start, end = rows
    gap, index_gap = gaps
    count = 0
    reach = before = 0  # the latest end so far; and that of the rows that started on an earlier day
    for i in range(person.size):
        is_new_person = i == 0 or person[i] != person[i - 1]
        if is_new_person or start[i] != start[i - 1]:
            before = reach
        is_after_index = not is_new_person and first[i - 1] <= entry[person[i]]
        if is_new_person or start[i] - reach > (index_gap if is_after_index else gap):
            episode[i] = 1 if is_new_person else episode[i - 1] + 1
            first[i], joined[i], reach = start[i], OPENS, end[i]
            count += 1
            continue
        episode[i], first[i] = episode[i - 1], first[i - 1]
        if start[i] == first[i]:
            joined[i] = OPENS
        else:
            joined[i] = OVERLAPS if start[i] <= before else FOLLOWS
        reach = max(reach, end[i])
    return count


@compiled
def first_new_episode(rows, entry, horizon, day, services):  # type: ignore[no-untyped-def]
    """The day of each person's first episode in days 1 to the horizon, and the services that start it.

    ``rows`` is (person, start, first start of the episode, service), sorted; ``day`` starts at 0.
    """
    person, start, first, service = rows
    for i in range(person.size):
        p = person[i]
        since = start[i] - entry[p]
        if start[i] == first[i] and 0 < since <= horizon and (day[p] == 0 or day[p] == since):
            day[p] = since
            services[p] |= 1 << service[i]


@compiled
def index_episodes(rows, entry, seen, index_end):  # type: ignore[no-untyped-def]
    """Where each person's index episode ends, and the two signs of an index episode whose end is unknown.

    ``rows`` is (person, start, first start of the episode, end, whether it was open), sorted.
    """
    person, start, first, end, was_open = rows
    for i in range(person.size):
        p = person[i]
        if start[i] > entry[p]:
            seen[p] |= STARTED_AFTER
        elif was_open[i]:
            seen[p] |= OPEN_BEFORE
        if first[i] <= entry[p]:
            index_end[p] = max(index_end[p], end[i])


@compiled
def time_in_care(rows, entry, horizon, nights, days):  # type: ignore[no-untyped-def]
    """Each person's distinct nights and distinct dates in acute care, on days 1 to the horizon.

    ``rows`` is (person, start, end), sorted by person and start, so that what is already counted always
    lies before ``next_night`` and ``next_day``.
    """
    person, start, end = rows
    next_night = next_day = 0
    for i in range(person.size):
        p = person[i]
        if i == 0 or p != person[i - 1]:
            next_night = next_day = entry[p] + 1
        last = min(end[i], entry[p] + horizon)
        last_night = min(end[i] - 1, entry[p] + horizon)
        nights[p] += max(0, last_night - max(start[i], next_night) + 1)
        days[p] += max(0, last - max(start[i], next_day) + 1)
        next_night = max(next_night, last_night + 1)
        next_day = max(next_day, last + 1)


assert not why_not_these_numbers(), "numbers in kernel.py no longer mean what their words do"
