"""Consent: versions, statements, scopes and capacity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from handrail.domain.consent import (
    CHANGEABLE,
    Choice,
    GivenConsent,
    Scopes,
    ScopeStep,
    opened,
    scopes_after,
    why_not_change,
    why_not_give,
    why_not_valid,
)
from handrail.domain.eligibility import CareDates, Screening
from handrail.domain.protocol import ConsentForm, Protocol
from handrail.domain.words import Because, Scope
from tests.synthetic import yes_to_all

ON = date(2014, 6, 2)
ALL = Scopes(interviews=True, records=True, recontact=True)
DAY = timedelta(days=1)


def given(core: Protocol, **changes: object) -> GivenConsent:
    made = GivenConsent(core.consent_forms[0].version, yes_to_all(core), capacity_confirmed=True)
    return replace(made, **changes)


def refusals(
    consent: GivenConsent | None,
    forms: tuple[ConsentForm, ...],
    *,
    scopes: Scopes | None = None,
    on: date = ON,
) -> list[Because]:
    return [reason.code for reason in why_not_valid(consent, scopes=scopes, under=forms, on=on)]


def two_forms(core: Protocol) -> tuple[ConsentForm, ...]:
    return (*core.consent_forms, replace(core.consent_forms[0], version="2", valid_from=ON))


def requiring(core: Protocol, scope: Scope) -> tuple[ConsentForm, ...]:
    form = core.consent_forms[0]
    needs = [replace(item, is_required=item.is_required or item.scope is scope) for item in form.statements]
    return (replace(form, statements=tuple(needs)),)


def test_a_yes_to_everything_with_capacity_is_valid(core: Protocol) -> None:
    assert refusals(given(core), core.consent_forms) == []


def test_no_consent_and_no_form_are_told_apart(core: Protocol) -> None:
    assert refusals(None, core.consent_forms) == [Because.NO_CONSENT]
    assert refusals(given(core), core.consent_forms, on=date(2014, 2, 28)) == [Because.NO_FORM_IN_FORCE]


def test_without_capacity_there_is_no_consent(core: Protocol) -> None:
    without = given(core, capacity_confirmed=False)
    assert refusals(without, core.consent_forms) == [Because.CAPACITY_NOT_CONFIRMED]


def test_a_form_holds_until_the_next_version_begins(core: Protocol) -> None:
    assert refusals(given(core), two_forms(core), on=ON - DAY) == []
    assert refusals(given(core), two_forms(core), on=ON) == [Because.FORM_NOT_IN_FORCE]
    assert refusals(given(core, form_version="2"), two_forms(core), on=ON) == []
    assert refusals(given(core, form_version="2"), two_forms(core), on=ON - DAY) == [
        Because.FORM_NOT_IN_FORCE
    ]


def test_each_statement_needs_an_answer_and_each_required_one_a_yes(core: Protocol) -> None:
    for statement in core.consent_forms[0].statements:
        answers = yes_to_all(core)
        refused = refusals(given(core, statements={**answers, statement.code: False}), core.consent_forms)
        assert refused == ([Because.STATEMENT_NEEDED] if statement.is_required else [])
        del answers[statement.code]
        assert refusals(given(core, statements=answers), core.consent_forms) == [Because.STATEMENT_MISSING]


def test_an_answer_to_a_statement_never_made_is_refused(core: Protocol) -> None:
    extra = given(core, statements={**yes_to_all(core), "free_tea": True})
    assert refusals(extra, core.consent_forms) == [Because.STATEMENT_UNKNOWN]


@pytest.mark.parametrize("scope", CHANGEABLE)
def test_a_required_scope_that_was_closed_since_no_longer_counts(core: Protocol, scope: Scope) -> None:
    closed = replace(ALL, **{scope.value: False})
    forms = requiring(core, scope)
    assert refusals(given(core), forms, scopes=ALL) == []
    assert refusals(given(core), forms, scopes=closed) == [Because.STATEMENT_NEEDED]
    assert refusals(given(core), core.consent_forms, scopes=closed) == []


def test_a_scope_opens_only_by_a_yes_to_every_statement_about_it(core: Protocol) -> None:
    answers = {**yes_to_all(core), "records": False}
    assert opened(answers, under=core.consent_forms, on=ON) == {
        Scope.PROGRAMME: True,
        Scope.INTERVIEWS: True,
        Scope.RECORDS: False,
        Scope.RECONTACT: True,
    }
    form = core.consent_forms[0]
    twice = replace(form, statements=(*form.statements, replace(form.statements[-1], code="again")))
    assert opened({**yes_to_all(core), "again": False}, under=(twice,), on=ON)[Scope.RECONTACT] is False


def test_a_scope_that_no_statement_is_about_stays_closed(core: Protocol) -> None:
    form = core.consent_forms[0]
    silent = replace(
        form, statements=tuple(item for item in form.statements if item.scope is not Scope.RECORDS)
    )
    answers = {item.code: True for item in silent.statements}
    assert opened(answers, under=(silent,), on=ON)[Scope.RECORDS] is False


def test_nothing_is_open_before_the_form_begins(core: Protocol) -> None:
    assert not any(opened(yes_to_all(core), under=core.consent_forms, on=date(2014, 2, 1)).values())


def test_the_last_word_counts_from_its_day_on() -> None:
    steps = [
        ScopeStep(ON, dict.fromkeys(Scope, True)),
        ScopeStep(ON + DAY, {Scope.INTERVIEWS: False}),
        ScopeStep(ON + 2 * DAY, {Scope.RECORDS: False}),
        ScopeStep(ON + 3 * DAY, {Scope.INTERVIEWS: True}),
    ]
    seen = [scopes_after(steps, on=ON + n * DAY) for n in range(-1, 4)]
    assert [(each.interviews, each.records, each.recontact) for each in seen] == [
        (False, False, False),
        (True, True, True),
        (False, True, True),
        (False, False, True),
        (True, False, True),
    ]


def refused(
    scope: Scope, is_open: bool, *, words: str = "", from_on: date = ON, **facts: Any
) -> list[Because]:
    known = {"scopes": ALL, "on": ON, **facts}
    return [reason.code for reason in why_not_change(Choice(scope, is_open, from_on, words), **known)]


def test_a_scope_is_closed_and_opened_but_never_twice_the_same() -> None:
    for scope in CHANGEABLE:
        assert refused(scope, False) == []
        assert refused(scope, True) == [Because.SCOPE_ALREADY_SO]


def test_the_programme_is_not_stopped_here_and_nobody_changes_before_consent() -> None:
    assert refused(Scope.PROGRAMME, False) == [Because.SCOPE_NOT_HERE]
    assert refused(Scope.RECORDS, False, scopes=None) == [Because.NO_CONSENT]
    assert refused(Scope.RECORDS, False, words="x" * 1001) == [Because.TEXT_TOO_LONG]


def test_a_choice_counts_from_the_day_it_was_told_but_not_before_the_last_one() -> None:
    told = {"from_on": ON - 2 * DAY, "last_said_on": ON - 2 * DAY}
    assert refused(Scope.RECORDS, False, **told) == []
    assert refused(Scope.RECORDS, False, **{**told, "last_said_on": ON - DAY}) == [Because.SAID_SINCE]
    assert refused(Scope.RECORDS, False, from_on=ON + DAY) == [Because.DAY_TO_COME]


def test_nobody_chooses_after_their_death_but_what_they_said_before_it_counts() -> None:
    assert refused(Scope.RECORDS, False, died_on=ON) == []
    assert refused(Scope.RECORDS, False, died_on=ON - DAY) == [Because.HAS_DIED]


def test_whether_one_scope_is_open_can_be_asked_by_name() -> None:
    assert [replace(ALL, records=False).is_open(scope) for scope in CHANGEABLE] == [True, False, True]
    with pytest.raises(KeyError):
        ALL.is_open(Scope.PROGRAMME)


def test_only_the_eligible_are_asked_but_after_entry_anybody_may_be_asked_again(core: Protocol) -> None:
    dates = CareDates(date(1980, 1, 1), ON, None)
    ineligible = Screening({}, dates, False, ("outside_area",), core.programme.version)
    eligible = replace(ineligible, is_eligible=True)

    def asked(screening: Screening | None, **facts: bool) -> list[Because]:
        state = {"has_left": False, "has_died": False, "is_entered": False, **facts}
        return [reason.code for reason in why_not_give(screening, **state)]

    assert asked(eligible) == []
    assert asked(None) == [Because.NOT_ASSESSED]
    assert asked(ineligible) == [Because.NOT_ELIGIBLE]
    assert asked(ineligible, is_entered=True) == []
    assert asked(eligible, has_left=True, has_died=True) == [Because.HAS_DIED, Because.HAS_LEFT]
