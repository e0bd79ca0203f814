"""Three ways to the same outcome: the readable rule, the set-based engine, and a naive twin."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.analysis.acutecare import kernel
from handrail.analysis.acutecare.columns import (
    BLANK,
    JOINS,
    RULES,
    STATUSES,
    Outcomes,
    Spells,
    number_of,
    service_label,
)
from handrail.analysis.acutecare.outcomes import Counted, work_out
from handrail.domain import acutecare
from handrail.domain.acutecare import Spell
from handrail.domain.readmission import Outcome, episodes_of, outcome
from handrail.domain.words import SetAside
from tests.analysis import independent_readmission as twin
from tests.properties.cohorts import Someone, World, columns, world


def by_rule(someone: Someone, under) -> Outcome:
    return outcome(
        someone.entry,
        someone.spells,
        under=under,
        observed_until=someone.observed_until,
        died_on=someone.died_on,
        has_consent=someone.has_consent,
        has_other_rows=bool(someone.other_rows),
    )


def by_engine(found: Outcomes, place: int) -> Outcome:
    def value(column) -> int | None:
        return None if column[place] == BLANK else int(column[place])

    readmitted = value(found.readmitted)
    return Outcome(
        STATUSES[found.status[place]],
        None if readmitted is None else bool(readmitted),
        value(found.day),
        service_label(int(found.first_service[place])),
        value(found.nights),
        value(found.calendar_days),
        value(found.followed_days),
        value(found.day_from_index_end),
    )


def by_twin(someone: Someone, under) -> tuple[object, ...]:
    rows = [
        twin.Row(
            spell.service.value,
            spell.provider,
            number_of(spell.start_on),
            None if spell.end_on is None else number_of(spell.end_on),
        )
        for spell in someone.spells
    ]
    bounds = twin.Bounds(
        entry=number_of(someone.entry),
        seen=number_of(someone.observed_until),
        died=None if someone.died_on is None else number_of(someone.died_on),
        horizon=under.horizon_days,
        gap=under.merge_gap_days,
        index_gap=max(under.merge_gap_days, under.index_gap_days),
        services=frozenset(setting.value for setting in under.settings),
    )
    return twin.answer(rows, bounds, has_consent=someone.has_consent, has_other_rows=bool(someone.other_rows))


def as_twin(told: Outcome) -> tuple[object, ...]:
    readmitted = None if told.readmitted is None else int(told.readmitted)
    return (
        told.status.value,
        readmitted,
        told.day,
        told.first_service,
        told.nights,
        told.calendar_days,
        told.followed_days,
    )


def fates_by_rule(cohort: World) -> dict[int, tuple[str, int, str]]:
    """What the readable rule makes of each row: (why set aside, episode, how joined)."""
    fates = {
        int(spell.row): (rule_on_its_own(spell, SetAside.NOT_IN_COHORT), 0, "") for spell in cohort.strangers
    }
    for someone in cohort.people:
        fates |= {row: (SetAside.UNKNOWN_SERVICE.value, 0, "") for row in someone.other_rows}
        if not someone.has_consent:
            refused = {
                int(s.row): (rule_on_its_own(s, SetAside.NOT_CONSENTED), 0, "") for s in someone.spells
            }
            fates |= refused
            continue
        cleaned = acutecare.clean(
            someone.spells,
            settings=cohort.under.settings,
            observed_until=someone.observed_until,
            died_on=someone.died_on,
        )
        fates |= {int(row): (rule.value, 0, "") for row, rule in cleaned.set_aside}
        close_on = min(filter(None, (someone.observed_until, someone.died_on)))
        made = episodes_of(cleaned.spells, someone.entry, under=cohort.under, close_on=close_on)
        for number, episode in enumerate(made, 1):
            fates |= {int(row): ("", number, joined.value) for row, joined in episode.rows}
    return fates


def rule_on_its_own(spell: Spell, otherwise: SetAside) -> str:
    ends_early = spell.end_on is not None and spell.end_on < spell.start_on
    return (SetAside.ENDS_BEFORE_START if ends_early else otherwise).value


def fates_by_engine(spells: Spells, counted: Counted) -> dict[int, tuple[str, int, str]]:
    fates = counted.fates
    return {
        int(row): (RULES[fates.rule[place] - 1].value, 0, "")
        if fates.rule[place]
        else ("", int(fates.episode[place]), JOINS[fates.joined[place]].value)
        for place, row in enumerate(spells.row)
    }


def insist_all_agree(cohort: World, *, word_bits: int = 64) -> Counter[str]:
    """Every outcome column, every row's fate and every count, by every way there is."""
    spells, people = columns(cohort)
    counted = work_out(spells, people, under=cohort.under, word_bits=word_bits)
    told = [by_rule(someone, cohort.under) for someone in cohort.people]
    assert [by_engine(counted.outcomes, place) for place in range(len(told))] == told
    assert [by_twin(someone, cohort.under) for someone in cohort.people] == [as_twin(each) for each in told]
    fates = fates_by_rule(cohort)
    assert fates_by_engine(spells, counted) == fates
    rules = Counter(rule for rule, _, _ in fates.values())
    assert {rule.value: count for rule, count in counted.rows_set_aside.items() if count} == {
        rule: count for rule, count in rules.items() if rule
    }
    assert (counted.rows_read, counted.rows_kept) == (len(fates), rules[""])
    statuses = Counter(each.status.value for each in told)
    assert {status.value: n for status, n in counted.people_by_status.items() if n} == dict(statuses)
    return rules + statuses


@pytest.mark.slow
def test_the_rule_the_engine_and_the_naive_twin_agree_on_a_thousand_random_cohorts() -> None:
    met: Counter[str] = Counter()
    for seed in range(1000):
        met += insist_all_agree(world(random.Random(seed)))
    everything = {word.value for word in (*RULES, *STATUSES)}
    assert {word for word in everything if met[word] < 10} == set()  # the cohorts reach every rule and status


@pytest.mark.slow
def test_the_engine_agrees_when_the_keys_do_not_fit_in_one_word() -> None:
    for seed in range(100):
        insist_all_agree(world(random.Random(seed)), word_bits=4)


@pytest.mark.slow
def test_the_compiled_loops_do_what_their_lines_say(monkeypatch) -> None:
    """The same loops, interpreted: a difference would mean that the compiler and the reader disagree."""
    loops = {name: found.py_func for name, found in vars(kernel).items() if hasattr(found, "py_func")}
    for name, loop in loops.items():
        monkeypatch.setattr(kernel, name, loop)
    assert {"merge", "set_aside", "time_in_care", "sort_by_word"} < set(loops)
    for seed in range(40):
        insist_all_agree(world(random.Random(seed)))


@pytest.mark.slow
@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_the_rule_the_engine_and_the_naive_twin_agree_wherever_hypothesis_looks(seed: int) -> None:
    insist_all_agree(world(random.Random(seed)))
