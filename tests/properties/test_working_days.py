"""Clocks of working days: not knowing the bank holidays can only make a deadline earlier."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handrail.domain.dates import working_days_after

DAYS = st.dates(date(2014, 1, 1), date(2015, 12, 31))
HOLIDAYS = st.frozensets(st.dates(date(2014, 1, 1), date(2016, 3, 1)), max_size=60)


@given(DAYS, st.integers(0, 20), HOLIDAYS)
def test_without_knowing_bank_holidays_a_clock_is_never_later_than_the_true_one(
    known_on: date, days: int, holidays: frozenset[date]
) -> None:
    assert working_days_after(known_on, days) <= working_days_after(known_on, days, holidays=holidays)


@given(DAYS, st.integers(1, 20), HOLIDAYS)
def test_that_many_working_days_lie_between_and_the_last_is_one(
    known_on: date, days: int, holidays: frozenset[date]
) -> None:
    due = working_days_after(known_on, days, holidays=holidays)
    passed = [known_on + timedelta(days=n) for n in range(1, (due - known_on).days + 1)]
    working = [day for day in passed if day.isoweekday() <= 5 and day not in holidays]
    assert (len(working), working[-1]) == (days, due)
