"""From spells to episodes, for one person."""

from __future__ import annotations

from datetime import date

import pytest

from handrail.domain.acutecare import Cleaned, Episode, calendar_days, clean, episodes, nights
from handrail.domain.words import Joined, SetAside, Setting
from tests.rules.fixture_readmission import CUT_OFF, spell


def cleaned(*texts: str, died_on: date | None = None, settings=tuple(Setting)) -> Cleaned:
    rows = [spell(text, row) for row, text in enumerate(texts)]
    return clean(rows, settings=settings, observed_until=CUT_OFF, died_on=died_on)


def made(*texts: str, gap: int = 1, close_on: date = CUT_OFF) -> tuple[Episode, ...]:
    return episodes(cleaned(*texts).spells, gap_days=gap, close_on=close_on)


def test_a_spell_that_ends_before_it_starts_is_set_aside() -> None:
    assert cleaned("W/A 2024-05-10..2024-05-01").set_aside == ((0, SetAside.ENDS_BEFORE_START),)
    assert cleaned("W/A 2024-05-10..2024-05-10").set_aside == ()


def test_an_impossible_end_is_never_taken_for_the_end_of_an_open_twin() -> None:
    found = cleaned("W/A 2024-05-10..2024-05-01", "W/A 2024-05-10..open")
    assert [(row.row, row.end_on) for row in found.spells] == [(1, None)]


@pytest.mark.parametrize(
    ("start", "died_on", "rule"),
    [
        ("2025-03-31", None, None),
        ("2025-04-01", None, SetAside.STARTS_IN_FUTURE),
        ("2024-06-01", date(2024, 6, 1), None),
        ("2024-06-02", date(2024, 6, 1), SetAside.STARTS_AFTER_DEATH),
    ],
)
def test_a_spell_after_the_cut_off_or_death_is_set_aside(start: str, died_on, rule) -> None:
    found = cleaned(f"W/A {start}..open", died_on=died_on)
    assert [why for _, why in found.set_aside] == ([rule] if rule else [])


def test_a_service_that_does_not_count_is_set_aside() -> None:
    found = cleaned("D/A 2024-05-01..open", "W/A 2024-05-01..open", settings=(Setting.WARD,))
    assert (len(found.spells), found.set_aside) == (1, ((0, SetAside.NOT_COUNTED),))


def test_of_twins_the_one_with_the_latest_known_end_is_kept() -> None:
    found = cleaned("W/A 2024-08-01..open", "W/A 2024-08-01..2024-08-10", "W/A 2024-08-01..2024-08-05")
    assert [row.row for row in found.spells] == [1]
    assert found.set_aside == ((0, SetAside.DUPLICATE), (2, SetAside.DUPLICATE))


def test_of_equal_twins_the_first_is_kept() -> None:
    assert [row.row for row in cleaned("W/A 2024-08-01..open", "W/A 2024-08-01..open").spells] == [0]


@pytest.mark.parametrize("other", ["C/A 2024-08-01..open", "W/B 2024-08-01..open", "W/A 2024-08-02..open"])
def test_another_service_provider_or_start_is_no_twin(other: str) -> None:
    assert len(cleaned("W/A 2024-08-01..open", other).spells) == 2


@pytest.mark.parametrize(
    ("gap", "start", "count"),
    [
        (0, "2024-06-10", 1),
        (0, "2024-06-11", 2),
        (1, "2024-06-11", 1),
        (1, "2024-06-12", 2),
        (3, "2024-06-13", 1),
    ],
)
def test_a_gap_is_counted_from_the_latest_end_to_the_next_start(gap: int, start: str, count: int) -> None:
    assert len(made("W/A 2024-06-01..2024-06-10", f"W/B {start}..2024-06-30", gap=gap)) == count


def test_the_latest_end_so_far_is_not_always_that_of_the_spell_before() -> None:
    long_and_nested = ("W/A 2024-06-01..2024-06-30", "C/A 2024-06-05..2024-06-07")
    (episode,) = made(*long_and_nested, "H/A 2024-07-01..2024-07-04")
    assert (episode.start_on, episode.end_on) == (date(2024, 6, 1), date(2024, 7, 4))


def test_an_episode_lists_its_rows_and_how_each_joined() -> None:
    rows = ("W/A 2024-06-01..2024-06-10", "C/A 2024-06-01..2024-06-03", "W/B 2024-06-10..2024-06-12")
    (episode,) = made(*rows, "H/A 2024-06-13..2024-06-20")
    assert episode.first_services == (Setting.CRISIS_TEAM, Setting.WARD)
    assert sorted(episode.rows) == [
        (0, Joined.OPENS),
        (1, Joined.OPENS),
        (2, Joined.OVERLAPS),
        (3, Joined.FOLLOWS),
    ]


def test_an_open_spell_is_closed_and_a_late_end_is_held_on_the_last_day_known() -> None:
    last = date(2024, 7, 1)
    assert [episode.end_on for episode in made("W/A 2024-06-01..open", close_on=last)] == [last]
    assert [episode.end_on for episode in made("W/A 2024-06-01..2024-08-01", close_on=last)] == [last]


def test_nights_and_days_are_counted_once_however_many_spells_cover_them() -> None:
    rows = [spell("W/A 2024-06-01..2024-06-10"), spell("C/A 2024-06-05..2024-06-12")]
    span = {"first_on": date(2024, 1, 16), "last_on": date(2025, 1, 14)}
    assert (nights(rows, **span), calendar_days(rows, **span)) == (11, 12)


def test_a_night_belongs_to_the_date_on_which_it_starts() -> None:
    rows = [spell("W/A 2024-06-01..2024-06-03")]
    assert nights(rows, first_on=date(2024, 6, 2), last_on=date(2024, 6, 2)) == 1
    assert nights(rows, first_on=date(2024, 6, 3), last_on=date(2024, 6, 3)) == 0
    assert calendar_days(rows, first_on=date(2024, 6, 3), last_on=date(2024, 6, 3)) == 1


def test_a_spell_is_not_measured_before_it_is_closed() -> None:
    with pytest.raises(ValueError, match="close"):
        nights([spell("W/A 2024-06-01..open")], first_on=date(2024, 6, 2), last_on=date(2024, 6, 2))
