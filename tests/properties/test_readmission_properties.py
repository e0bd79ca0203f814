"""What must hold of the readmission rule whatever the spells are (records facts, section A7)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handrail.domain import acutecare
from handrail.domain.acutecare import Spell
from handrail.domain.protocol import ClockStart, IndexRule, OutcomeDefinition
from handrail.domain.readmission import Outcome, episodes_of, outcome
from handrail.domain.words import OutcomeStatus, Setting

ENTRY = date(2024, 1, 15)
UNDER = OutcomeDefinition(tuple(Setting), 30, 1, ClockStart.ENTRY, IndexRule.STARTED_BY_ENTRY)
CUT_OFF = ENTRY + timedelta(days=60)
pytestmark = pytest.mark.slow


@pytest.fixture(params=(0, 6), ids=("one gap", "a wider one for the index"), scope="module", autouse=True)
def under(request: pytest.FixtureRequest) -> Iterator[None]:
    """Everything here holds under both definitions."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys.modules[__name__], "UNDER", replace(UNDER, index_gap_days=request.param))
        yield


QUICK = settings(max_examples=100, deadline=None, derandomize=True)


@st.composite
def spells(draw: st.DrawFn, least: int = 0, *, may_be_open: bool = True) -> list[Spell]:
    lengths = st.integers(0, 12) | (st.none() if may_be_open else st.nothing())
    found = []
    for row in range(draw(st.integers(least, 7))):
        start = ENTRY + timedelta(days=draw(st.integers(-10, 40)))
        length = draw(lengths)
        end = None if length is None else start + timedelta(days=length)
        found.append(Spell(draw(st.sampled_from(Setting)), draw(st.sampled_from("AB")), start, end, row))
    return found


def told(rows: list[Spell]) -> Outcome:
    return outcome(ENTRY, rows, under=UNDER, observed_until=CUT_OFF)


def episodes(rows: list[Spell], gap: int = 1) -> tuple[acutecare.Episode, ...]:
    kept = acutecare.clean(rows, settings=UNDER.settings, observed_until=CUT_OFF, died_on=None).spells
    return episodes_of(kept, ENTRY, under=replace(UNDER, merge_gap_days=gap), close_on=CUT_OFF)


def key(spell: Spell) -> tuple[Setting, str, date]:
    return spell.service, spell.provider, spell.start_on


@QUICK
@given(spells(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[Spell], dice) -> None:
    shuffled = list(rows)
    dice.shuffle(shuffled)
    assert told(shuffled) == told(rows)


@QUICK
@given(spells(least=1), st.data())
def test_repeating_a_row_changes_nothing(rows: list[Spell], choose) -> None:
    again = replace(choose.draw(st.sampled_from(rows)), row=99)
    assert told([*rows, again]) == told(rows)


@QUICK
@given(spells())
def test_calling_the_providers_something_else_changes_nothing(rows: list[Spell]) -> None:
    others = {"A": "ZZ", "B": "A"}
    assert told([replace(row, provider=others[row.provider]) for row in rows]) == told(rows)


@QUICK
@given(spells(least=1, may_be_open=False), st.data())
def test_splitting_a_spell_on_a_day_inside_it_changes_nothing(rows: list[Spell], choose) -> None:
    whole = choose.draw(st.sampled_from(rows))
    assert whole.end_on is not None
    middle = whole.start_on + timedelta(
        days=choose.draw(st.integers(0, (whole.end_on - whole.start_on).days))
    )
    halves = [replace(whole, end_on=middle), replace(whole, start_on=middle, row=99)]
    assert told([row for row in rows if row is not whole] + halves) == told(rows)


@QUICK
@given(spells(least=1, may_be_open=False), st.data(), st.integers(1, 10))
def test_a_later_end_never_lowers_nights(rows: list[Spell], choose, more: int) -> None:
    place = choose.draw(st.integers(0, len(rows) - 1))
    later = list(rows)
    later[place] = replace(rows[place], end_on=rows[place].end_on + timedelta(days=more))
    assert told(later).nights >= told(rows).nights


@QUICK
@given(spells(), st.integers(0, 6))
def test_a_wider_gap_never_makes_more_episodes(rows: list[Spell], gap: int) -> None:
    assert len(episodes(rows, gap + 1)) <= len(episodes(rows, gap))


@QUICK
@given(spells(), st.integers(0, 6), st.integers(1, 6))
def test_a_wider_gap_after_the_index_episode_brings_no_readmission_and_none_sooner(
    rows: list[Spell], gap: int, more: int
) -> None:
    narrow, wide = (replace(UNDER, index_gap_days=days) for days in (gap, gap + more))
    before, after = (outcome(ENTRY, rows, under=under, observed_until=CUT_OFF) for under in (narrow, wide))
    assert after.day is None or (before.day is not None and before.day <= after.day)
    assert (after.nights, after.calendar_days) == (before.nights, before.calendar_days)


@QUICK
@given(spells())
def test_a_gap_after_the_index_episode_that_is_no_wider_changes_nothing(rows: list[Spell]) -> None:
    same, none = (replace(UNDER, index_gap_days=days) for days in (UNDER.merge_gap_days, 0))
    assert outcome(ENTRY, rows, under=same, observed_until=CUT_OFF) == outcome(
        ENTRY, rows, under=none, observed_until=CUT_OFF
    )


@QUICK
@given(spells(), spells(least=1))
def test_another_row_never_lowers_nights_or_calendar_days(rows: list[Spell], others: list[Spell]) -> None:
    new = replace(others[0], row=99)
    assume(key(new) not in {key(row) for row in rows})  # the known end of a twin may close an open spell
    before, after = told(rows), told([*rows, new])
    assume(after.nights is not None and before.nights is not None)  # an index spell without an end: blank
    assert after.nights >= before.nights
    assert after.calendar_days >= before.calendar_days


@QUICK
@given(spells(least=1), spells(least=1))
def test_a_readmission_disappears_only_when_a_new_row_joins_it_to_the_index_episode(
    rows: list[Spell], others: list[Spell]
) -> None:
    new = replace(others[0], row=99)
    assume(key(new) not in {key(row) for row in rows})
    before, after = told(rows), told([*rows, new])
    assume(before.day is not None and after.status is not OutcomeStatus.INDEX_END_UNKNOWN)
    was_on = ENTRY + timedelta(days=before.day)
    index = [each for each in episodes([*rows, new]) if each.start_on <= ENTRY]
    joined = {row for episode in index for row, _ in episode.rows}
    is_lost = 99 in joined and any(row.row in joined for row in rows if row.start_on == was_on)
    assert after.readmitted or is_lost


@QUICK
@given(spells(), st.integers(0, 40))
def test_a_death_after_a_readmission_leaves_it_standing(rows: list[Spell], later: int) -> None:
    before = told(rows)
    assume(before.day is not None)
    died_on = ENTRY + timedelta(days=before.day + later)
    after = outcome(ENTRY, rows, under=UNDER, observed_until=CUT_OFF, died_on=died_on)
    assert (after.readmitted, after.day) == (
        True,
        before.day,
    ) or after.status is OutcomeStatus.INDEX_END_UNKNOWN
