"""Check-ins: off until asked for; when the next one is follows from days alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handrail.domain.check_in import (
    MOST_KEPT,
    MOST_SIGNS,
    CheckIn,
    Difference,
    Helping,
    Rhythm,
    Setting,
    next_on,
    why_not_check_in,
    why_not_set,
)
from handrail.domain.protocol import Protocol
from handrail.domain.words import Because
from handrail.domain.workbook import LONGEST_LINE, LONGEST_WORDS, Writer, is_online

DAY = date(2014, 6, 3)
ON = Setting(is_on=True, signs=("I stop cooking",))
SAID = CheckIn(well="Soup", signs={"I stop cooking": Difference.A_LOT}, helping=Helping.BOTH)


@pytest.fixture(scope="module")
def writer(core: Protocol) -> Writer:
    return Writer(next(arm.workbook for arm in core.arms if is_online(arm.workbook)))


def test_a_check_in_is_kept_where_it_was_asked_for_and_something_was_said(writer: Writer) -> None:
    assert why_not_check_in(writer, ON, SAID, kept=0) == ()
    for setting, said, kept, because in (
        (replace(ON, is_on=False), SAID, 0, Because.CHECK_INS_OFF),
        (ON, CheckIn(" "), 0, Because.TEXT_MISSING),
        (ON, replace(SAID, words="y" * (LONGEST_WORDS + 1)), 0, Because.TEXT_TOO_LONG),
        (ON, replace(SAID, signs={"Another": Difference.SAME}), 0, Because.NOT_A_CHOICE),
        (ON, SAID, MOST_KEPT, Because.TOO_MANY_CARDS),
    ):
        assert [one.code for one in why_not_check_in(writer, setting, said, kept=kept)] == [because]
    assert Because.NOT_OFFERED in [one.code for one in why_not_check_in(Writer(None), ON, SAID, kept=0)]


def test_a_few_signs_are_asked_for_at_most(writer: Writer) -> None:
    assert why_not_set(writer, ON) == ()
    many = replace(ON, signs=tuple(str(place) for place in range(MOST_SIGNS + 1)))
    long = replace(ON, signs=("y" * (LONGEST_LINE + 1),))
    assert [one.code for one in why_not_set(writer, many)] == [Because.TOO_MANY_CARDS]
    assert [one.code for one in why_not_set(writer, long)] == [Because.TEXT_TOO_LONG]


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [(Rhythm.DAILY, 1), (Rhythm.WEEKLY, 7), (Rhythm.FORTNIGHTLY, 14), (Rhythm.MONTHLY, 28)],
)
def test_the_next_one_is_so_many_days_after_the_last_and_never_before_today(
    rhythm: Rhythm, days: int
) -> None:
    setting = replace(ON, rhythm=rhythm)
    assert next_on(setting, None, on=DAY) == DAY
    assert next_on(setting, DAY, on=DAY) == DAY + timedelta(days=days)
    assert next_on(setting, DAY, on=DAY + timedelta(days=99)) == DAY + timedelta(days=99)
    assert next_on(replace(setting, is_on=False), DAY, on=DAY) is None
