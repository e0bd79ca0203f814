"""Windows and scores, for any day and any answers: proved against a second way of working them out."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handrail.domain.followup import score, window
from handrail.domain.protocol import FollowUpPoint, Instrument
from handrail.domain.protocol_words import FollowUpSource

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
SPANS = st.integers(0, 120)


@st.composite
def scales(draw: st.DrawFn) -> Instrument:
    """A questionnaire of any length and range, with any items reversed."""
    count, low = draw(st.integers(1, 20)), draw(st.integers(0, 3))
    turned = draw(st.sets(st.integers(1, count)))
    return Instrument("scale", "Scale", count, low, low + draw(st.integers(1, 9)), tuple(turned), True, "")


@given(DAYS, st.integers(0, 36), SPANS, SPANS, st.integers(-200, 200))
def test_a_window_holds_the_days_counted_off_from_its_target_and_no_other(
    entered_on: date, months: int, before: int, after: int, offset: int
) -> None:
    point = FollowUpPoint("p", "P", FollowUpSource.INTERVIEW, months, before, after, ())
    found = window(entered_on, point)
    target = found.target_on
    assert (target.year * 12 + target.month) - (entered_on.year * 12 + entered_on.month) == months
    assert target.day == entered_on.day or (target + timedelta(days=1)).day == 1
    assert found.holds(target + timedelta(days=offset)) is (-before <= offset <= after)


@given(scales(), st.data())
def test_a_total_lies_in_its_range_and_turning_every_answer_over_turns_the_total_over(
    scale: Instrument, data: st.DataObject
) -> None:
    low, high, count = scale.item_minimum, scale.item_maximum, scale.item_count
    answers = data.draw(st.lists(st.integers(low, high), min_size=count, max_size=count))
    total = score(scale, answers).total
    assert total is not None and low * count <= total <= high * count
    turned = score(scale, [low + high - answer for answer in answers]).total
    assert turned is not None and total + turned == (low + high) * count


@given(scales(), st.data())
def test_one_blank_takes_the_total_away_and_only_one_from_the_count(
    scale: Instrument, data: st.DataObject
) -> None:
    answers: list[int | None] = [scale.item_minimum] * scale.item_count
    answers[data.draw(st.integers(0, scale.item_count - 1))] = None
    found = score(scale, answers)
    assert (found.answered_count, found.total) == (scale.item_count - 1, None)
