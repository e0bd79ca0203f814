"""The arranged lives print the published figures, and the records tell the fate that was meant."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.duration.hazard_regression import PHReg

import handrail
from handrail.commands.demonstration import extracts, people, steering, sums
from handrail.commands.demonstration.arrangement import Arrangement, Plan, arrange
from handrail.commands.demonstration.lives import Life
from handrail.domain import acutecare, readmission
from handrail.domain.identifiers import why_not_nhs_number
from handrail.domain.protocol import Protocol
from handrail.domain.words import Attendance, OutcomeStatus
from handrail.exchange import protocol_file

CORE = Path(handrail.__file__).parent / "protocols" / "core.toml"
CUT_OFF = date(2016, 9, 30)
SEEDS = (1, 99, 441)


@cache
def loaded() -> Protocol:
    return protocol_file.load(CORE)


@cache
def made(seed: int) -> Arrangement:
    return arrange(Plan(seed), loaded())


@pytest.fixture
def core() -> Protocol:
    return loaded()


@pytest.fixture(params=SEEDS)
def arranged(request: pytest.FixtureRequest) -> Arrangement:
    return made(request.param)


def arm(arrangement: Arrangement, is_supported: bool) -> list[Life]:
    return [life for life in arrangement.entered if (life.number in arrangement.supported) == is_supported]


def known(lives: list[Life]) -> list[Life]:
    return [life for life in lives if life.fate.lost_day is None]


def days(lives: list[Life]) -> list[int]:
    return [life.fate.readmission_day for life in lives if life.fate.readmission_day is not None]


def outcome(life: Life, core: Protocol) -> readmission.Outcome:
    """What the readable rule makes of the spells, as the last extract would tell them."""
    spells = [
        acutecare.Spell(
            spell.service,
            spell.provider,
            spell.start_on,
            spell.end_on if spell.end_on and spell.end_on <= CUT_OFF else None,
            row,
        )
        for row, spell in enumerate(life.spells)
    ]
    lost, died = life.fate.lost_day, life.fate.died_day
    return readmission.outcome(
        life.entered_on,
        spells,
        under=core.outcome,
        observed_until=CUT_OFF if lost is None else life.day(lost),
        died_on=None if died is None else life.day(died),
    )


def times(arrangement: Arrangement) -> sums.Times:
    lives = arrangement.entered
    teams = sorted({life.path.team_code for life in lives})
    fates = [life.fate for life in lives]
    return sums.as_times(
        [fate.readmission_day or fate.lost_day or fate.died_day or steering.HORIZON for fate in fates],
        [fate.readmission_day is not None for fate in fates],
        [life.number in arrangement.supported for life in lives],
        [teams.index(life.path.team_code) for life in lives],
    )


@pytest.mark.slow
def test_the_published_numbers_of_people_and_readmissions_come_out(arranged: Arrangement) -> None:
    supported, reference = arm(arranged, True), arm(arranged, False)
    assert (len(supported), len(reference)) == (221, 220)
    assert (len(known(supported)), len(known(reference))) == (218, 216)
    assert (len(days(supported)), len(days(reference))) == (64, 83)
    assert len({life.path.team_code for life in arranged.entered}) == 6


@pytest.mark.slow
def test_the_mean_days_to_readmission_are_exact(arranged: Arrangement) -> None:
    assert sum(days(arm(arranged, True))) == 64 * 112
    assert sum(days(arm(arranged, False))) == 83 * 86


@pytest.mark.slow
def test_entries_run_from_the_first_day_of_recruitment_to_the_last(arranged: Arrangement) -> None:
    entered = [life.entered_on for life in arranged.entered]
    assert (min(entered), max(entered)) == (date(2014, 3, 12), date(2015, 7, 3))
    assert entered == sorted(entered)


@pytest.mark.slow
def test_the_hazard_ratio_prints_as_published_with_and_without_strata(arranged: Arrangement) -> None:
    found = times(arranged)
    assert f"{sums.hazard_ratio(found):.2f}" == "0.71"
    together = sums.Times(found.days, found.is_event, found.is_supported, found.stratum * 0)
    assert f"{sums.hazard_ratio(together):.2f}" == "0.71"


@pytest.mark.slow
def test_serious_events_deaths_and_meetings_add_up(arranged: Arrangement) -> None:
    supported, reference = arm(arranged, True), arm(arranged, False)
    assert [sum(len(life.harms) for life in lives) for lives in (supported, reference)] == [29, 42]
    assert [sum(life.fate.died_day is not None for life in x) for x in (supported, reference)] == [0, 2]
    held = [
        sum(meeting.attendance is Attendance.HELD for meeting in life.contact.meetings)
        for life in supported
        if life.contact.is_attendance_known
    ]
    assert (len(held), sum(count >= 3 for count in held), held.count(10)) == (198, 160, 65)


@pytest.mark.slow
def test_the_readable_rule_finds_each_fate_in_the_spells(arranged: Arrangement, core: Protocol) -> None:
    found = [(life, outcome(life, core)) for life in arranged.entered]
    for life, what in found:
        assert life.fate.is_index_end_missing or what.day == life.fate.readmission_day
    statuses = Counter(what.status for _, what in found)
    assert statuses[OutcomeStatus.CENSORED] == 7
    assert statuses[OutcomeStatus.INDEX_END_UNKNOWN] == 2


@pytest.mark.slow
def test_no_team_is_a_wonder(arranged: Arrangement) -> None:
    for team in {life.path.team_code for life in arranged.entered}:
        for lives in (arm(arranged, True), arm(arranged, False)):
            members = known([life for life in lives if life.path.team_code == team])
            assert 0.08 < len(days(members)) / len(members) < 0.65


@pytest.mark.slow
def test_the_same_seed_gives_the_same_lives_and_another_seed_others(core: Protocol) -> None:
    once, again = (arrange(Plan(5), core) for _ in range(2))
    assert once == again
    assert once.lives != arrange(Plan(6), core).lives


@pytest.mark.slow
def test_another_effect_is_drawn_by_chance_at_any_size(core: Protocol) -> None:
    drawn = arrange(Plan(1, people=3_000, effect=0.3), core)
    assert len(drawn.entered) == 3_000
    shares = [len(days(lives)) / len(known(lives)) for lives in (arm(drawn, True), arm(drawn, False))]
    odds = [share / (1 - share) for share in shares]
    assert odds[0] / odds[1] == pytest.approx(0.3, abs=0.08)


def test_a_small_trial_is_drawn_at_every_team(core: Protocol) -> None:
    small = arrange(Plan(1, people=40), core)
    assert len(small.entered) == 40
    assert len({life.path.team_code for life in small.entered}) == 6
    assert all(outcome(life, core).day == life.fate.readmission_day for life in small.entered)


def test_synthetic_people_cannot_be_anybody(core: Protocol) -> None:
    lives = arrange(Plan(1, people=40), core).lives
    numbers = [life.identity.nhs_number for life in lives]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("999") and not why_not_nhs_number(number) for number in numbers)
    assert all(life.identity.email.endswith("@example.org") for life in lives)
    assert all(life.identity.telephone.startswith("07700 900") for life in lives)
    assert all(life.identity.postcode.startswith("ZZ99 ") for life in lives)


def test_nhs_numbers_far_apart_are_different_people() -> None:
    places = range(0, 90_000, 7)
    assert len({people.nhs_number(place) for place in places}) >= len(places) * 0.99


def test_a_later_extract_tells_the_end_that_an_earlier_one_left_open(core: Protocol) -> None:
    lives = arrange(Plan(1, people=120), core).entered
    cuts = (date(2015, 3, 31), CUT_OFF)
    early, late = (
        [line for extract in files for line in extract.text.splitlines()]
        for files in (
            extracts.extracts(lives, dates=cuts[:1], seed=1),
            extracts.extracts(lives, dates=cuts[1:], seed=1),
        )
    )
    still_open = [line for line in early if line.endswith(",") and "2015-0" in line]
    assert still_open
    ended = [line for line in still_open if any(row.startswith(line) and row != line for row in late)]
    assert ended


def test_each_extract_holds_rows_that_must_be_refused(core: Protocol) -> None:
    files = extracts.extracts(arrange(Plan(1, people=120), core).entered, dates=(CUT_OFF,), seed=1)
    assert len(files) == 6
    for file in files:
        assert "ambulance" in file.text
        assert file.text.startswith("person_id,service,provider,start,end\n")


def test_the_small_sums_agree_with_a_model_fitted_in_full(core: Protocol) -> None:
    known_counts = np.array([[40.0, 41.0], [36.0, 37.0], [30.0, 31.0]])
    events = np.array([[16.0, 11.0], [9.0, 8.0], [15.0, 9.0]])
    flat = [(t, a) for t in range(3) for a in range(2)]
    design = np.array([[a, t == 0, t == 1, t == 2] for t, a in flat], dtype=float)
    outcome_pairs = np.array([[events[t, a], known_counts[t, a] - events[t, a]] for t, a in flat])
    fit = sm.GLM(outcome_pairs, design, family=sm.families.Binomial()).fit()
    assert sums.adjusted_odds_ratio(known_counts, events) == pytest.approx(
        (fit.params[0], fit.bse[0]), rel=1e-6
    )


def test_the_small_hazard_ratios_agree_with_a_library_on_tied_times() -> None:
    rng = np.random.default_rng(3)
    size = 240
    supported, stratum = rng.integers(0, 2, size).astype(bool), rng.integers(0, 3, size)
    length = np.ceil(rng.exponential(60 + 30 * supported)).astype(int)
    is_event, days = length < 90, np.minimum(length, 90)
    found = sums.as_times(days.tolist(), is_event.tolist(), supported.tolist(), stratum.tolist())
    alone = supported[:, None].astype(float)
    with_teams = np.column_stack([alone, stratum == 1, stratum == 2]).astype(float)

    stratified = PHReg(days, alone, status=is_event, strata=stratum, ties="efron").fit().params[0]
    adjusted = PHReg(days, with_teams, status=is_event, ties="efron").fit().params[0]

    assert np.log(sums.hazard_ratio(found)) == pytest.approx(stratified, abs=1e-6)
    assert np.log(sums.adjusted_hazard_ratio(found)) == pytest.approx(adjusted, abs=1e-6)
