"""Answers and dates → eligible, or the reasons why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from handrail.domain.eligibility import (
    Assessment,
    CareDates,
    Screening,
    assess,
    in_words,
    why_not_assess,
    why_not_eligible,
    why_not_screen,
    why_not_still_eligible,
)
from handrail.domain.protocol import DerivedRule, Eligibility, Protocol
from handrail.domain.words import Because
from tests.synthetic import eligible_answers

ON = date(2014, 6, 2)
DATES = CareDates(born_on=date(1980, 1, 1), caseload_from=date(2014, 5, 10), discharged_on=date(2014, 5, 25))
DAY = timedelta(days=1)


@pytest.fixture
def rules(core: Protocol) -> Eligibility:
    return core.eligibility


def screening(core: Protocol, **changes: object) -> Screening:
    made = Screening(eligible_answers(core), DATES, True, (), core.programme.version)
    return replace(made, **changes)


def still(core: Protocol, last: Screening | None, *, on: date = ON) -> list[Because]:
    reasons = why_not_still_eligible(last, under=core.eligibility, version=core.programme.version, on=on)
    return [reason.code for reason in reasons]


def test_somebody_who_meets_everything_is_eligible_without_a_warning(core: Protocol) -> None:
    assert assess(eligible_answers(core), DATES, under=core.eligibility, on=ON) == Assessment(True, (), ())


def test_each_set_of_answers_gives_exactly_the_criteria_it_fails(core: Protocol) -> None:
    criteria = core.eligibility.criteria
    for answers in product((True, False), repeat=len(criteria)):
        said = {criterion.code: answer for criterion, answer in zip(criteria, answers, strict=True)}
        judged = assess(said, DATES, under=core.eligibility, on=ON)
        failed = tuple(code for code, right in eligible_answers(core).items() if said[code] != right)
        assert (judged.reasons, judged.is_eligible) == (failed, not failed)


@pytest.mark.parametrize(
    ("caseload_days", "discharged_days_ago", "unmet"),
    [
        (7, 0, ()),
        (6, 0, ("short_caseload",)),
        (7, 31, ()),
        (7, 32, ("discharged_long_ago",)),
        (0, 40, ("short_caseload", "discharged_long_ago")),
    ],
)
def test_a_date_rule_warns_or_refuses_as_the_protocol_says(
    rules: Eligibility, core: Protocol, caseload_days: int, discharged_days_ago: int, unmet: tuple[str, ...]
) -> None:
    left = ON - discharged_days_ago * DAY
    dates = CareDates(DATES.born_on, left - caseload_days * DAY, left)
    warns = replace(rules, date_rules=DerivedRule.WARN)
    refuses = replace(rules, date_rules=DerivedRule.REFUSE)
    answers = eligible_answers(core)
    assert assess(answers, dates, under=warns, on=ON) == Assessment(True, (), unmet)
    assert assess(answers, dates, under=refuses, on=ON) == Assessment(not unmet, unmet, ())


def test_days_on_the_caseload_run_on_until_somebody_is_discharged(core: Protocol) -> None:
    waiting = CareDates(DATES.born_on, ON - 6 * DAY, None)
    answers = eligible_answers(core)
    week = [assess(answers, waiting, under=core.eligibility, on=ON + n * DAY).warnings for n in (0, 1)]
    assert week == [("short_caseload", "not_discharged"), ("not_discharged",)]


def test_age_always_refuses_and_counts_from_the_birthday(core: Protocol) -> None:
    for born_on, reasons in [(date(1996, 6, 2), ()), (date(1996, 6, 3), ("too_young",))]:
        judged = assess(
            eligible_answers(core), replace(DATES, born_on=born_on), under=core.eligibility, on=ON
        )
        assert (judged.reasons, judged.is_eligible) == (reasons, not reasons)


def test_every_question_must_be_answered_and_none_invented(core: Protocol) -> None:
    answers = eligible_answers(core)
    assert why_not_assess(answers, under=core.eligibility) == ()
    del answers["has_capacity"]
    answers["likes_tea"] = True
    reasons = why_not_assess(answers, under=core.eligibility)
    assert [reason.code for reason in reasons] == [Because.ANSWER_MISSING, Because.ANSWER_UNKNOWN]
    assert "capacity to decide" in reasons[0].sentence
    assert "likes_tea" in reasons[1].sentence


def test_only_the_last_screening_counts(core: Protocol) -> None:
    assert [reason.code for reason in why_not_eligible(None)] == [Because.NOT_ASSESSED]
    assert why_not_eligible(screening(core)) == ()
    refused = why_not_eligible(screening(core, is_eligible=False, reasons=("too_young", "outside_area")))
    assert [reason.code for reason in refused] == [Because.NOT_ELIGIBLE]
    assert "younger than the protocol allows, outside area" in refused[0].sentence


def test_a_screening_holds_while_the_protocol_and_the_judgement_stand(core: Protocol) -> None:
    assert still(core, screening(core)) == []
    assert still(core, None) == [Because.NOT_ASSESSED]
    assert still(core, screening(core, is_eligible=False)) == [Because.NOT_ELIGIBLE]


def test_a_screening_under_another_version_of_the_protocol_is_stale(core: Protocol) -> None:
    assert still(core, screening(core, protocol_version="core-0")) == [Because.ASSESSMENT_STALE]


def test_a_screening_that_lacks_an_answer_now_asked_for_is_stale(core: Protocol) -> None:
    answers = dict(list(eligible_answers(core).items())[1:])
    assert still(core, screening(core, answers=answers)) == [Because.ASSESSMENT_STALE]


def test_dates_are_judged_again_on_the_day_of_entry(core: Protocol) -> None:
    strict = replace(core, eligibility=replace(core.eligibility, date_rules=DerivedRule.REFUSE))
    last_day = date(2014, 5, 25) + 31 * DAY
    assert still(strict, screening(core), on=last_day) == []
    assert still(strict, screening(core), on=last_day + DAY) == [Because.NOT_ELIGIBLE]


def test_a_closed_referral_is_not_screened_again() -> None:
    facts = ("has_left", "is_entered", "has_died")
    because = (Because.HAS_LEFT, Because.ALREADY_ENTERED, Because.HAS_DIED)
    for state in product((False, True), repeat=3):
        reasons = why_not_screen(**dict(zip(facts, state, strict=True)))
        assert [reason.code for reason in reasons] == [
            b for b, holds in zip(because, state, strict=True) if holds
        ]


def test_coded_reasons_are_read_out_in_words() -> None:
    assert (
        in_words(("not_discharged", "risk_to_self")) == "not yet discharged by the crisis team, risk to self"
    )
