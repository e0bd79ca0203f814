"""Who may be allocated: refused whenever any one precondition fails, alone or among others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

import pytest

from handrail.domain.allocation import (
    ARM_CODE_LENGTH,
    Candidate,
    FreeSlot,
    ListRequest,
    next_slot,
    strata_of,
    stratum_of,
    why_not_make_list,
    why_not_randomise,
)
from handrail.domain.protocol import Protocol
from handrail.domain.words import Because
from tests.synthetic import candidate

ON = date(2014, 6, 16)
SLOTS = tuple(FreeSlot(UUID(int=position), position) for position in (7, 5, 6))
KEY = "a-request-of-its-own"

Spoil = Callable[[Candidate], Candidate]


def ready(core: Protocol) -> Candidate:
    """Somebody for whom every precondition holds."""
    return candidate(core, SLOTS)


def screened(**changes: object) -> Spoil:
    return lambda it: replace(it, screening=it.screening and replace(it.screening, **changes))


def consented(**changes: object) -> Spoil:
    return lambda it: replace(it, consent=it.consent and replace(it.consent, **changes))


def saying_no(candidate: Candidate) -> Candidate:
    said = {**candidate.consent.statements, "voluntary": False} if candidate.consent else {}
    return consented(statements=said)(candidate)


# Each way in which a precondition can be missing, false or stale, and what is then said.
SPOILT: dict[Because, Spoil] = {
    Because.ALREADY_ENTERED: lambda it: replace(it, is_entered=True),
    Because.HAS_DIED: lambda it: replace(it, has_died=True),
    Because.HAS_LEFT: lambda it: replace(it, has_left=True),
    Because.NOT_ELIGIBLE: screened(is_eligible=False, reasons=("outside_area",)),
    Because.ASSESSMENT_STALE: screened(protocol_version="core-0"),
    Because.NOT_ASSESSED: lambda it: replace(it, screening=None),
    Because.FORM_NOT_IN_FORCE: consented(form_version="0"),
    Because.STATEMENT_NEEDED: saying_no,
    Because.CAPACITY_NOT_CONFIRMED: consented(capacity_confirmed=False),
    Because.NO_CONSENT: lambda it: replace(it, consent=None),
    Because.BASELINE_NOT_DONE: lambda it: replace(it, is_baseline_done=False),
    Because.STRATUM_MISSING: lambda it: replace(it, strata={}),
    Because.LIST_NOT_MADE: lambda it: replace(it, is_list_made=False),
    Because.NO_FREE_SLOT: lambda it: replace(it, free_slots=()),
}


def refusals(candidate: Candidate, core: Protocol, *, on: date = ON, request_key: str = KEY) -> list[Because]:
    reasons = why_not_randomise(candidate, request_key=request_key, under=core, on=on)
    return [reason.code for reason in reasons]


def test_somebody_for_whom_every_precondition_holds_is_allocated(core: Protocol) -> None:
    assert refusals(ready(core), core) == []


@pytest.mark.parametrize("because", SPOILT)
def test_each_precondition_alone_is_enough_to_refuse(core: Protocol, because: Because) -> None:
    assert refusals(SPOILT[because](ready(core)), core) == [because]


@pytest.mark.slow
def test_no_combination_of_failed_preconditions_is_allocated(core: Protocol) -> None:
    right = ready(core)
    for count in range(1, len(SPOILT) + 1):
        for chosen in combinations(SPOILT, count):
            candidate = right
            for because in chosen:
                candidate = SPOILT[because](candidate)
            said = refusals(candidate, core)
            assert said and set(said) <= set(chosen)


def test_the_day_must_lie_within_recruitment(core: Protocol) -> None:
    first, last = core.programme.recruits_from, core.programme.recruits_until
    day = timedelta(days=1)
    answers = [refusals(ready(core), core, on=on) for on in (first - day, first, last, last + day)]
    assert answers == [[Because.RECRUITMENT_CLOSED], [], [], [Because.RECRUITMENT_CLOSED]]


@pytest.mark.parametrize("key", ["", "x" * 65])
def test_a_request_must_have_a_key_of_its_own(core: Protocol, key: str) -> None:
    assert refusals(ready(core), core, request_key=key) == [Because.REQUEST_KEY_WRONG]
    assert refusals(ready(core), core, request_key="x" * 64) == []


def test_independent_failures_are_all_named_at_once(core: Protocol) -> None:
    spoilt = replace(ready(core), has_died=True, is_baseline_done=False, free_slots=())
    assert refusals(spoilt, core) == [Because.HAS_DIED, Because.BASELINE_NOT_DONE, Because.NO_FREE_SLOT]


def test_no_refusal_tells_what_is_on_the_list(core: Protocol) -> None:
    words = [arm.code for arm in core.arms] + [arm.title for arm in core.arms]
    refused = [
        why_not_randomise(spoil(ready(core)), request_key=KEY, under=core, on=ON) for spoil in SPOILT.values()
    ]
    sentences = [reason.sentence for reasons in refused for reason in reasons]
    assert sentences
    assert not any(word in sentence for word in words for sentence in sentences)


def test_the_first_free_place_is_drawn_so_that_no_hole_is_left() -> None:
    assert next_slot(SLOTS).position == 5
    with pytest.raises(ValueError, match="empty"):
        next_slot(())


def test_every_team_is_a_stratum_and_nothing_else_is(core: Protocol) -> None:
    teams = tuple(team.code for team in core.programme.teams)
    assert strata_of(core.allocation, core.programme) == teams
    assert [stratum_of({"team": team}, under=core) for team in teams] == list(teams)
    assert [stratum_of(levels, under=core) for levels in ({}, {"team": ""}, {"team": "x"})] == [None] * 3


def test_without_strata_everybody_is_on_one_list(core: Protocol) -> None:
    plain = replace(core, allocation=replace(core.allocation, strata=()))
    assert strata_of(plain.allocation, plain.programme) == ("everyone",)
    assert stratum_of({"team": "team_1"}, under=plain) == "everyone"


LIST = ListRequest(block_sizes=(4, 6), is_made=False, is_seeded=False, is_synthetic=False)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({}, []),
        ({"is_made": True}, [Because.LIST_MADE_ALREADY]),
        ({"is_seeded": True}, [Because.DICE_ARE_SEEDED]),
        ({"is_seeded": True, "is_synthetic": True}, []),
        ({"is_synthetic": True}, []),
        ({"block_sizes": ()}, [Because.BLOCK_SIZES_MISSING]),
        ({"block_sizes": (4, 5)}, [Because.BLOCK_SIZE_WRONG]),
        ({"block_sizes": (0,)}, [Because.BLOCK_SIZE_WRONG]),
        ({"block_sizes": (-2, 4)}, [Because.BLOCK_SIZE_WRONG]),
    ],
)
def test_why_a_list_is_not_made(core: Protocol, changes: dict, because: list[Because]) -> None:
    reasons = why_not_make_list(replace(LIST, **changes), arms=core.arms)
    assert [reason.code for reason in reasons] == because


def test_block_sizes_are_multiples_of_the_sum_of_the_shares(core: Protocol) -> None:
    two_to_one = (replace(core.arms[0], share=2), core.arms[1])
    for sizes, is_right in [((3, 6), True), ((4, 6), False)]:
        reasons = why_not_make_list(replace(LIST, block_sizes=sizes), arms=two_to_one)
        assert (reasons == ()) is is_right
    assert reasons[0].sentence == "A block size must be a multiple of 3."


def test_an_arm_whose_code_would_not_fit_its_envelope_is_refused(core: Protocol) -> None:
    for length, because in [(ARM_CODE_LENGTH, []), (ARM_CODE_LENGTH + 1, [Because.ARM_CODE_TOO_LONG])]:
        arms = (replace(core.arms[0], code="a" * length), core.arms[1])
        assert [reason.code for reason in why_not_make_list(LIST, arms=arms)] == because
