"""Whole days, windows and ages. There is no "today" in here, ever: the day is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Window:
    """A span of whole local days, both ends included, around the day that is aimed for."""

    opens_on: date
    target_on: date
    closes_on: date

    def holds(self, day: date) -> bool:
        """Whether the day lies inside the window."""
        return self.opens_on <= day <= self.closes_on


def local_date(moment: datetime) -> date:
    """The date on the wall in London at this moment.

    Raises:
        ValueError: when the moment has no time zone; a bare moment is a bug, not a date.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(LONDON).date()


def in_words(day: date) -> str:
    """The day as people read it, ``3 May 2026``: the one way in which pages, letters and reasons tell it."""
    return f"{day.day} {day:%B %Y}"


def days_between(earlier: date, later: date) -> int:
    """Whole days from one date to another; negative when the second comes first."""
    return (later - earlier).days


def add_months(day: date, months: int) -> date:
    """The same day of the month some months on, or that month's last day where there is none."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def age_on(born_on: date, day: date) -> int:
    """Whole years of age on a day. Somebody born on 29 February has a birthday on 1 March otherwise."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def working_days_after(day: date, count: int, *, holidays: frozenset[date] = frozenset()) -> date:
    """The date that many working days (Monday to Friday, less the holidays given) after a day."""
    due = day
    while count > 0:
        due += timedelta(days=1)
        if due.weekday() < 5 and due not in holidays:
            count -= 1
    return due
