"""Who may be allocated, and to which place on the list (protocol: allocation).  [sealed]

Permuted blocks of random size, one stream for each stratum. The list is made once, before recruitment.
Dice are passed in. The rule never learns an arm: it hands out the next free place, and only the sealed
wing can read what stands there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.domain.chance import Pick
from handrail.domain.consent import GivenConsent, Scopes, why_not_valid
from handrail.domain.dates import in_words
from handrail.domain.eligibility import Screening, why_not_still_eligible
from handrail.domain.protocol import AllocationPlan, Arm, Programme, Protocol, Stratum
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because

ARM_CODE_LENGTH = 64  # sealed arms are padded to this, so that a long code does not show

REQUEST_KEY_LENGTH = 64


@dataclass(frozen=True)
class FreeSlot:
    """A place on one stratum's list that nobody has drawn. Positions count from 1."""

    id: UUID
    position: int


@dataclass(frozen=True)
class Candidate:
    """Everything that must be known of a person before they can be allocated."""

    strata: Mapping[str, str]
    screening: Screening | None
    consent: GivenConsent | None
    scopes: Scopes
    is_baseline_done: bool
    is_entered: bool
    has_died: bool
    has_left: bool
    is_list_made: bool
    free_slots: tuple[FreeSlot, ...]


@dataclass(frozen=True)
class ListRequest:
    """What is known when the list is asked for."""

    block_sizes: tuple[int, ...]
    is_made: bool
    is_seeded: bool
    is_synthetic: bool


def strata_of(plan: AllocationPlan, programme: Programme) -> tuple[str, ...]:
    """The name of every stratum; one stream of blocks for each."""
    names = [""]
    for factor in plan.strata:
        levels = {Stratum.TEAM: [team.code for team in programme.teams]}[factor]
        names = [_joined(name, level) for name in names for level in levels]
    return tuple(name or "everyone" for name in names)


def stratum_of(strata: Mapping[str, str], *, under: Protocol) -> str | None:
    """The stratum of a person with these levels, or None when a level is missing or not in the protocol."""
    name = ""
    for factor in under.allocation.strata:
        name = _joined(name, strata.get(factor.value, ""))
    name = name or ("" if under.allocation.strata else "everyone")
    return name if name in strata_of(under.allocation, under.programme) else None


def _joined(name: str, level: str) -> str:
    return f"{name}+{level}" if name else level


def why_not_make_list(request: ListRequest, *, arms: tuple[Arm, ...]) -> Reasons:
    """Reasons not to make the list: block sizes that break the ratio, weak dice, or a list that is made."""
    share = sum(arm.share for arm in arms)
    wrong = any(size <= 0 or size % share for size in request.block_sizes)
    return only(
        (request.is_made, Because.LIST_MADE_ALREADY),
        (request.is_seeded and not request.is_synthetic, Because.DICE_ARE_SEEDED),
        (not request.block_sizes, Because.BLOCK_SIZES_MISSING),
        (wrong, Reason(Because.BLOCK_SIZE_WRONG, str(share))),
        (
            any(len(arm.code.encode()) > ARM_CODE_LENGTH for arm in arms),
            Reason(Because.ARM_CODE_TOO_LONG, str(ARM_CODE_LENGTH)),
        ),
    )


def make_blocks(
    shares: Mapping[str, int], *, sizes: Sequence[int], length: int, pick: Pick
) -> tuple[str, ...]:
    """One stratum's list: blocks of random size until it is at least ``length`` long, the last one whole.

    ``shares`` maps an arm to its part in the ratio; each size is a multiple of their sum.
    """
    arms: list[str] = []
    while len(arms) < length:
        arms.extend(_block(shares, pick(sizes), pick))
    return tuple(arms)


def _block(shares: Mapping[str, int], size: int, pick: Pick) -> list[str]:
    times = size // sum(shares.values())
    block = [arm for arm, share in shares.items() for _ in range(share * times)]
    for last in range(len(block) - 1, 0, -1):  # Fisher and Yates: every order equally likely
        other = pick(range(last + 1))
        block[last], block[other] = block[other], block[last]
    return block


def why_not_randomise(candidate: Candidate, *, request_key: str, under: Protocol, on: date) -> Reasons:
    """Reasons not to allocate this person on this day; every one, so that all can be mended at once."""
    programme = under.programme
    period = f"{in_words(programme.recruits_from)} to {in_words(programme.recruits_until)}"
    is_open = programme.recruits_from <= on <= programme.recruits_until
    return (
        *only(
            (not 0 < len(request_key) <= REQUEST_KEY_LENGTH, Because.REQUEST_KEY_WRONG),
            (candidate.is_entered, Because.ALREADY_ENTERED),
            (candidate.has_died, Because.HAS_DIED),
            (candidate.has_left, Because.HAS_LEFT),
            (not is_open, Reason(Because.RECRUITMENT_CLOSED, period)),
        ),
        *why_not_still_eligible(
            candidate.screening, under=under.eligibility, version=programme.version, on=on
        ),
        *why_not_valid(candidate.consent, scopes=candidate.scopes, under=under.consent_forms, on=on),
        *only((not candidate.is_baseline_done, Because.BASELINE_NOT_DONE)),
        *_why_no_slot(candidate, under=under),
    )


def _why_no_slot(candidate: Candidate, *, under: Protocol) -> Reasons:
    if not candidate.is_list_made:
        return (Reason(Because.LIST_NOT_MADE),)
    if stratum_of(candidate.strata, under=under) is None:
        return (Reason(Because.STRATUM_MISSING),)
    return only((not candidate.free_slots, Because.NO_FREE_SLOT))


def next_slot(free_slots: Sequence[FreeSlot]) -> FreeSlot:
    """The place that is drawn next: the first free one, so that the list leaves no hole.

    Raises:
        ValueError: when there is none; ask :func:`why_not_randomise` first.
    """
    return min(free_slots, key=lambda slot: slot.position)
