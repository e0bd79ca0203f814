"""Consent: given version by version; each scope closed and opened by itself; nothing rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from handrail.domain.consent import CHANGEABLE, Scopes
from handrail.domain.person import Contact
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Because, ConsentRoute, Event, Exit, Scope
from handrail.journey import consent, screen
from handrail.records.consent import facts, history
from handrail.records.consent.models import ScopeChange
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.referral import facts as referrals
from tests.records.told import told
from tests.river import River
from tests.synthetic import yes_to_all

ALL = Scopes(interviews=True, records=True, recontact=True)
DAY = timedelta(days=1)


def give(river: River, referral_id: UUID, statements: dict[str, bool], **changes: object) -> UUID:
    facts = {"form_version": "1", "capacity_confirmed": True, "under": river.under.consent_forms, **changes}
    return consent.give(
        referral_id,
        statements,
        how=ConsentRoute.ON_SCREEN,
        pick=river.pick,
        by=river.by,
        at=river.at,
        **facts,
    )


def change(
    river: River, person_id: UUID, scope: Scope, *, is_open: bool, words: str = "", **day: date
) -> None:
    consent.change(person_id, scope, is_open=is_open, words=words, by=river.by, at=river.at, **day)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[Because]:
    return [reason.code for reason in refused.value.reasons]


@pytest.fixture
def eligible(river: River) -> UUID:
    """A referral whose person is eligible."""
    referral_id = river.refer(1, "team_3")
    river.screen(referral_id)
    return referral_id


def test_a_first_consent_draws_a_study_number_and_opens_the_scopes(river: River, eligible: UUID) -> None:
    with told(Event.CONSENTED, Event.REGISTERED):
        registration_id = give(river, eligible, {**yes_to_all(river.under), "recontact": False})
    registration = enrolment.registration(registration_id)
    assert (registration.team_code, registration.registered_on) == ("team_3", river.at.date())
    person_id = registration.person_id
    assert facts.scopes(person_id, river.at.date()) == replace(ALL, recontact=False)
    assert facts.scopes(person_id, river.at.date() - DAY) == Scopes()
    assert facts.consented() == {person_id}
    (kept,) = facts.consents(person_id)
    assert (kept.form_version, kept.how, kept.number) == ("1", ConsentRoute.ON_SCREEN, 1)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"capacity_confirmed": False}, Because.CAPACITY_NOT_CONFIRMED),
        ({"form_version": "2"}, Because.FORM_NOT_IN_FORCE),
        ({"under": ()}, Because.NO_FORM_IN_FORCE),
    ],
)
def test_a_consent_that_does_not_hold_is_refused_and_nothing_is_written(
    river: River, eligible: UUID, changes: dict, because: Because
) -> None:
    with pytest.raises(Refused) as refused, told():
        give(river, eligible, yes_to_all(river.under), **changes)
    assert codes(refused) == [because]
    assert facts.consented() == frozenset()
    assert give(river, eligible, yes_to_all(river.under))


def test_a_no_to_a_required_statement_is_refused(river: River, eligible: UUID) -> None:
    with pytest.raises(Refused) as refused, told():
        give(river, eligible, {**yes_to_all(river.under), "by_chance": False})
    assert codes(refused) == [Because.STATEMENT_NEEDED]


def test_only_somebody_found_eligible_is_asked(river: River) -> None:
    referral_id = river.refer(1)
    with pytest.raises(Refused) as refused, told():
        give(river, referral_id, yes_to_all(river.under))
    assert codes(refused) == [Because.NOT_ASSESSED]
    river.screen(referral_id, outside_area=True)
    with pytest.raises(Refused) as ineligible:
        give(river, referral_id, yes_to_all(river.under))
    assert codes(ineligible) == [Because.NOT_ELIGIBLE]


def test_somebody_who_left_is_not_asked(river: River, eligible: UUID) -> None:
    screen.depart(eligible, Exit.DECLINED, by=river.by, at=river.at)
    with pytest.raises(Refused) as refused, told():
        give(river, eligible, yes_to_all(river.under))
    assert codes(refused) == [Because.HAS_LEFT]


def test_a_newer_form_is_consented_to_under_the_same_number(river: River, eligible: UUID) -> None:
    registration_id = give(river, eligible, yes_to_all(river.under))
    river.at += 10 * DAY
    newer = replace(river.under.consent_forms[0], version="2", valid_from=river.at.date())
    forms = (*river.under.consent_forms, newer)
    with told(Event.CONSENTED):
        again = give(
            river, eligible, {**yes_to_all(river.under), "records": False}, form_version="2", under=forms
        )
    assert again == registration_id
    person_id = river.person_of(registration_id)
    assert [kept.form_version for kept in facts.consents(person_id)] == ["1", "2"]
    assert facts.scopes(person_id, river.at.date()) == replace(ALL, records=False)
    assert facts.scopes(person_id, river.at.date() - DAY) == ALL
    latest = facts.latest(person_id)
    assert latest is not None and latest.form_version == "2"


@pytest.mark.parametrize("scope", [Scope.INTERVIEWS, Scope.RECORDS, Scope.RECONTACT])
def test_a_scope_is_closed_and_opened_again_by_itself(river: River, scope: Scope) -> None:
    person_id = river.person_of(river.registered(1))
    river.at += DAY
    with told(Event.SCOPE_CHANGED):
        change(river, person_id, scope, is_open=False, words="Not for now.")
    closed = replace(ALL, **{scope.value: False})
    assert facts.scopes(person_id, river.at.date()) == closed
    assert facts.scopes(person_id, river.at.date() - DAY) == ALL
    river.at += DAY
    change(river, person_id, scope, is_open=True)
    assert facts.scopes(person_id, river.at.date()) == ALL
    assert [(said.scope, said.is_open) for said in facts.changes()] == [(scope, False), (scope, True)]
    assert ScopeChange.objects.get(number=1).words == "Not for now."


def test_a_withdrawal_from_interviews_leaves_the_records_open(river: River) -> None:
    person_id = river.person_of(river.registered(1))
    change(river, person_id, Scope.INTERVIEWS, is_open=False)
    assert facts.scopes(person_id, river.at.date()) == replace(ALL, interviews=False)


def test_the_same_choice_twice_and_the_programme_are_refused(river: River) -> None:
    person_id = river.person_of(river.registered(1))
    for scope, because in [
        (Scope.RECORDS, Because.SCOPE_ALREADY_SO),
        (Scope.PROGRAMME, Because.SCOPE_NOT_HERE),
    ]:
        with pytest.raises(Refused) as refused, told():
            change(river, person_id, scope, is_open=True)
        assert codes(refused) == [because]


def test_nobody_changes_a_choice_before_consent(river: River) -> None:
    person_id = referrals.person_of(river.refer(1))
    with pytest.raises(Refused) as refused, told():
        change(river, person_id, Scope.RECORDS, is_open=False)
    assert codes(refused) == [Because.NO_CONSENT]
    with pytest.raises(NotFound):
        change(river, UUID(int=0), Scope.RECORDS, is_open=False)


def test_the_contact_that_the_person_gives_with_their_consent_is_confirmed(
    river: River, eligible: UUID
) -> None:
    contact = Contact(email="own@example.org")
    with told(Event.CONSENTED, Event.CONTACT_CHANGED, Event.REGISTERED):
        registration_id = give(river, eligible, yes_to_all(river.under), contact=contact)
    kept = people.person(river.person_of(registration_id))
    assert (kept.contact, kept.contact_confirmed_by) == (contact, river.by)


def test_a_consent_with_a_contact_that_cannot_be_right_is_not_kept_at_all(
    river: River, eligible: UUID
) -> None:
    with pytest.raises(Refused) as refused, told():
        give(river, eligible, yes_to_all(river.under), contact=Contact(email="nobody"))
    assert codes(refused) == [Because.EMAIL_WRONG]
    assert facts.consented() == frozenset()


def test_what_was_told_some_days_ago_counts_from_that_day(river: River) -> None:
    person_id = river.person_of(river.registered(1))
    told_on = river.at.date() + DAY
    river.at += 3 * DAY
    with told(Event.SCOPE_CHANGED):
        change(river, person_id, Scope.RECORDS, is_open=False, from_on=told_on)
    assert facts.scopes(person_id, told_on).records is False
    assert facts.scopes(person_id, told_on - DAY).records is True
    with pytest.raises(Refused) as refused, told():
        change(river, person_id, Scope.RECORDS, is_open=True, from_on=told_on - DAY)
    assert codes(refused) == [Because.SAID_SINCE]


def test_what_was_said_is_a_list_and_the_words_are_read_only_where_asked_for(river: River) -> None:
    person_id = river.person_of(river.registered(1))
    assert history.last_said_on(person_id) == river.at.date()
    river.at += DAY
    change(river, person_id, Scope.INTERVIEWS, is_open=False, words="No more visits.")
    latest, first = history.said(person_id)
    assert (latest.opens, latest.form_version, latest.words) == ({Scope.INTERVIEWS: False}, "", "")
    assert (first.form_version, set(first.opens)) == ("1", set(CHANGEABLE))
    assert [one.words for one in history.said_in_words(person_id)] == ["No more visits.", ""]
    assert history.last_said_on(person_id) == river.at.date()
    assert history.last_said_on(UUID(int=0)) is None
