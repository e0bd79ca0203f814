"""The chapters up to entry: referral, eligibility, consent and allocation, row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from handrail.domain.allocation import (
    Candidate,
    FreeSlot,
    ListRequest,
    next_slot,
    why_not_make_list,
    why_not_randomise,
)
from handrail.domain.consent import GivenConsent, ScopeStep, opened, scopes_after, why_not_valid
from handrail.domain.eligibility import CareDates, assess
from handrail.domain.identifiers import why_not_nhs_number, why_not_study_number
from handrail.domain.protocol import Protocol
from handrail.domain.refusal import Reasons
from handrail.domain.words import Scope
from tests.spec.reading import Row, listed, named, rows
from tests.synthetic import candidate, eligible_answers, yes_to_all

ENTRY = date(2014, 6, 16)


def day(text: str) -> date:
    return date.fromisoformat(text)


def codes(reasons: Reasons) -> list[str]:
    return [reason.code.value for reason in reasons]


def yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


@pytest.mark.parametrize("row", rows("referral", "NHS numbers"), ids=named)
def test_nhs_numbers(row: Row) -> None:
    assert yes(not why_not_nhs_number(row["Number"])) == row["Right"]


@pytest.mark.parametrize("row", rows("referral", "Study numbers"), ids=named)
def test_study_numbers(row: Row) -> None:
    assert yes(not why_not_study_number(row["Number"])) == row["Right"]


@pytest.mark.parametrize("row", rows("eligibility", "Who may take part"), ids=named)
def test_who_may_take_part(core: Protocol, row: Row) -> None:
    left = day(row["Discharged"]) if row["Discharged"] else None
    dates = CareDates(day(row["Born"]), day(row["On the caseload from"]), left)
    wrong = listed(row["Otherwise"])
    answers = {code: right != (code in wrong) for code, right in eligible_answers(core).items()}
    judged = assess(answers, dates, under=core.eligibility, on=day(row["Screened"]))
    assert set(wrong) <= set(answers)
    assert (yes(judged.is_eligible), list(judged.reasons), list(judged.warnings)) == (
        row["Eligible"],
        listed(row["Reasons"]),
        listed(row["Warnings"]),
    )


@pytest.mark.parametrize("row", rows("consent", "When consent holds"), ids=named)
def test_when_consent_holds(core: Protocol, row: Row) -> None:
    said = yes_to_all(core) | dict.fromkeys(listed(row["Said no to"]), False)
    for code in listed(row["Not answered"]):
        del said[code]
    given = GivenConsent(row["Form"], said, row["Capacity confirmed"] == "yes")
    found = why_not_valid(given, under=core.consent_forms, on=day(row["Day"]))
    assert codes(found) == listed(row["Why not"])


@pytest.mark.parametrize("row", rows("consent", "What a person now says yes to"), ids=named)
def test_what_a_person_now_says_yes_to(core: Protocol, row: Row) -> None:
    steps = []
    for step in row["Said"].split("; "):
        on, answer, _, what = step.split()
        if what == "all":
            steps.append(ScopeStep(day(on), opened(yes_to_all(core), under=core.consent_forms, on=day(on))))
        else:
            steps.append(ScopeStep(day(on), {Scope(what): answer == "yes"}))
    now = scopes_after(steps, on=day(row["On"]))
    shown = [yes(now.interviews), yes(now.records), yes(now.recontact)]
    assert shown == [row["Interviews"], row["Records"], row["Recontact"]]


def ready(core: Protocol) -> Candidate:
    """Somebody for whom everything holds."""
    return candidate(core, (FreeSlot(UUID(int=1), 1),))


def _screened(**changes: object) -> Callable[[Candidate], Candidate]:
    return lambda it: replace(it, screening=it.screening and replace(it.screening, **changes))


def _consented(**changes: object) -> Callable[[Candidate], Candidate]:
    return lambda it: replace(it, consent=it.consent and replace(it.consent, **changes))


BUT: dict[str, Callable[[Candidate], Candidate]] = {
    "": lambda it: it,
    "entered already": lambda it: replace(it, is_entered=True),
    "died": lambda it: replace(it, has_died=True),
    "left": lambda it: replace(it, has_left=True),
    "never screened": lambda it: replace(it, screening=None),
    "not eligible": _screened(is_eligible=False, reasons=("outside_area",)),
    "screened under an older protocol": _screened(protocol_version="core-0"),
    "no consent": lambda it: replace(it, consent=None),
    "consent to an older form": _consented(form_version="0"),
    "capacity not confirmed": _consented(capacity_confirmed=False),
    "baseline not done": lambda it: replace(it, is_baseline_done=False),
    "of no team": lambda it: replace(it, strata={}),
    "no list": lambda it: replace(it, is_list_made=False),
    "no place free": lambda it: replace(it, free_slots=()),
}


@pytest.mark.parametrize("row", rows("allocation", "Who may be randomised"), ids=named)
def test_who_may_be_randomised(core: Protocol, row: Row) -> None:
    candidate = BUT[row["But"]](ready(core))
    found = why_not_randomise(candidate, request_key="its own", under=core, on=ENTRY)
    assert codes(found) == listed(row["Why not"])


@pytest.mark.parametrize("row", rows("allocation", "Block sizes"), ids=named)
def test_block_sizes(core: Protocol, row: Row) -> None:
    shares = [int(share) for share in row["Ratio"].split(":")]
    arms = tuple(replace(arm, share=share) for arm, share in zip(core.arms, shares, strict=True))
    sizes = tuple(int(size) for size in listed(row["Sizes"]))
    request = ListRequest(sizes, row["List made already"] == "yes", is_seeded=False, is_synthetic=False)
    assert codes(why_not_make_list(request, arms=arms)) == listed(row["Why not"])


@pytest.mark.parametrize("row", rows("allocation", "The next place"), ids=named)
def test_the_next_place(row: Row) -> None:
    free = [FreeSlot(UUID(int=int(place)), int(place)) for place in listed(row["Free places"])]
    assert str(next_slot(free).position) == row["Drawn"]
