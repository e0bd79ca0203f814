"""A spells file and a cohort as columns of whole numbers: what the readers hand to the kernel.

Days count from 1 January 1970. Codes are places in the tuples below, so that a code and its word can never
drift apart. ``NO_DAY`` stands for an end, a death or a cut-off that is not there; it is later than any day,
so that the earlier of the two is always right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handrail.domain.words import Joined, OutcomeStatus, SetAside, Setting

Column = NDArray[Any]

SERVICES = tuple(Setting)
STATUSES = tuple(OutcomeStatus)
RULES = tuple(SetAside)  # rule code 0 means that the row counts; 1 is the first of these
JOINS = tuple(Joined)

UNKNOWN_SERVICE = 255
NOT_IN_COHORT = -1
NO_DAY = int(np.iinfo(np.int32).max)
BLANK = -1
DAY_ZERO = date(1970, 1, 1)


@dataclass(frozen=True)
class Spells:
    """One element for each row of the file. ``row`` counts from 0 in the file's order.

    ``person`` is the place in the cohort, or ``NOT_IN_COHORT``; ``service`` a place in ``SERVICES``, or
    ``UNKNOWN_SERVICE``; ``provider`` any whole number from 0; ``end`` is ``NO_DAY`` while open.
    """

    row: Column
    person: Column
    service: Column
    provider: Column
    start: Column
    end: Column

    @property
    def latest_day(self) -> int | None:
        """The latest date anywhere in the file, in any row; None when the file has no row."""
        if not self.row.size:
            return None
        known = self.end[self.end != NO_DAY]
        return max(int(self.start.max()), int(known.max()) if known.size else int(self.start.max()))


@dataclass(frozen=True)
class Cohort:
    """One element for each person, in the file's order. Missing days are ``NO_DAY``."""

    entry: Column
    died: Column
    observed_until: Column
    has_consent: Column

    @property
    def lacks_cut_off(self) -> int:
        """How many people have no cut-off of their own."""
        return int(np.count_nonzero(self.observed_until == NO_DAY))


@dataclass(frozen=True)
class Outcomes:
    """One element for each person, in the cohort's order; ``BLANK`` where the readable rule has None.

    ``first_service`` is a set of services, bit by bit in the order of ``SERVICES``; 0 is blank.
    """

    status: Column
    readmitted: Column
    day: Column
    first_service: Column
    nights: Column
    calendar_days: Column
    followed_days: Column
    day_from_index_end: Column


@dataclass(frozen=True)
class Fates:
    """What became of each row of the spells file, in its order.

    ``rule`` is 0 for a row that counts, else the place in ``RULES`` plus one. For rows that count:
    ``episode`` numbers the person's episodes from 1, ``joined`` is a place in ``JOINS``, and ``held`` says
    that the end was set to the cut-off or death. Elsewhere these are 0.
    """

    rule: Column
    episode: Column
    joined: Column
    held: Column


def number_of(day: date) -> int:
    """A date as a number of days."""
    return (day - DAY_ZERO).days


def day_of(number: int) -> date:
    """A number of days as a date."""
    return DAY_ZERO + timedelta(days=int(number))


def service_label(code: int) -> str:
    """The words for a set of services, joined with ``+`` in alphabetical order; empty for none."""
    return "+".join(sorted(word.value for bit, word in enumerate(SERVICES) if code >> bit & 1))
