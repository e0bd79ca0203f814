"""Synthetic people for tests: NHS numbers in the 999 range with right check digits, nobody real."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handrail.domain.allocation import Candidate, FreeSlot
from handrail.domain.consent import GivenConsent, Scopes
from handrail.domain.eligibility import CareDates, Screening
from handrail.domain.identifiers import nhs_check_digit
from handrail.domain.person import Contact, NewPerson
from handrail.domain.protocol import Protocol
from handrail.domain.referral import NewReferral

REFERRED_ON = date(2014, 6, 2)


def nhs_number(serial: int) -> str:
    """The serial-th NHS number of the test range whose check digit exists."""
    body = 999_000_000 + serial
    while nhs_check_digit(str(body)) == 10:
        body += 500_000
    return f"{body}{nhs_check_digit(str(body))}"


def person(serial: int = 1, **changes: Any) -> NewPerson:
    """A synthetic person; the serial makes the name and the number."""
    made = NewPerson(
        given_name="Synthetic",
        surname=f"Person {serial}",
        born_on=date(1980, 1, 1) + timedelta(days=serial % 5000),
        nhs_number=nhs_number(serial),
        contact=Contact(email=f"person{serial}@example.org", telephone="020 7946 0000"),
    )
    return replace(made, **changes)


def referral(serial: int = 1, *, team_code: str = "team_1", **changes: Any) -> NewReferral:
    """A referral that may be accepted on ``REFERRED_ON``: ten days on the caseload, left four days ago."""
    made = NewReferral(
        person=person(serial),
        team_code=team_code,
        caseload_from=REFERRED_ON - timedelta(days=14),
        discharged_on=REFERRED_ON - timedelta(days=4),
        agreed_to_contact=True,
    )
    return replace(made, **changes)


def eligible_answers(protocol: Protocol) -> dict[str, bool]:
    """The answer to every screening question on which somebody is eligible."""
    return {criterion.code: criterion.eligible_answer for criterion in protocol.eligibility.criteria}


def yes_to_all(protocol: Protocol, form: int = 0) -> dict[str, bool]:
    """A yes to every statement of one consent form."""
    return {statement.code: True for statement in protocol.consent_forms[form].statements}


def candidate(core: Protocol, free_slots: tuple[FreeSlot, ...]) -> Candidate:
    """Somebody who may be allocated: every precondition holds."""
    dates = CareDates(date(1980, 1, 1), date(2014, 5, 10), date(2014, 6, 1))
    return Candidate(
        strata={"team": "team_3"},
        screening=Screening(eligible_answers(core), dates, True, (), core.programme.version),
        consent=GivenConsent(core.consent_forms[0].version, yes_to_all(core), True),
        scopes=Scopes(True, True, True),
        is_baseline_done=True,
        is_entered=False,
        has_died=False,
        has_left=False,
        is_list_made=True,
        free_slots=free_slots,
    )
