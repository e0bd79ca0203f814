"""Everybody's lives, settled before the trial is played: from a seed, a protocol and nothing else.

By default the lives are arranged so that the published figures of CORE come out as printed. With another
number of people or another effect they are drawn by chance, and come out as chance has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handrail.commands.demonstration import biographies, fates, recruitment
from handrail.commands.demonstration.figures import CORE, PUBLISHED_ENTRANTS, PUBLISHED_ODDS_RATIO, Figures
from handrail.commands.demonstration.lives import Entrant, Life
from handrail.commands.demonstration.stream import Stream
from handrail.domain.allocation import make_blocks, strata_of
from handrail.domain.protocol import Protocol, Stratum

BLOCK_SIZES = (4, 6)
MOST_LISTS = 500


@dataclass(frozen=True)
class Plan:
    """What to play: whose seed, how many people enter, and with what effect.

    ``effect`` is the odds ratio of readmission within the year, in the arm with peer sessions against
    the reference arm. Without it, and with the published number of people, the lives are arranged.
    """

    seed: int
    people: int = PUBLISHED_ENTRANTS
    effect: float | None = None

    @property
    def is_arranged(self) -> bool:
        """Whether the lives are made to print the published figures."""
        return self.effect is None and self.people == PUBLISHED_ENTRANTS

    @property
    def odds_ratio(self) -> float:
        """The effect that lives drawn by chance are drawn with."""
        return PUBLISHED_ODDS_RATIO if self.effect is None else self.effect


@dataclass(frozen=True)
class Arrangement:
    """Everybody's lives, and which stream of dice makes the list that they were arranged for."""

    plan: Plan
    list_number: int
    slots_per_stratum: int
    lives: tuple[Life, ...]
    supported: frozenset[int]  # the numbers of those whom the list gives an arm with peer sessions

    @property
    def entered(self) -> tuple[Life, ...]:
        """Those who enter, in the order of entry."""
        return tuple(life for life in self.lives if life.path.entered_on is not None)


def list_stream(plan: Plan, number: int) -> Stream:
    """The dice for the allocation list."""
    return Stream(plan.seed, "allocation list", number)


def arrange(plan: Plan, protocol: Protocol) -> Arrangement:
    """Settle everybody's lives.

    Raises:
        NotArranged: when the arranged figures cannot be reached from this seed.
    """
    entries = recruitment.entrants(plan.people, protocol.programme, Stream(plan.seed, "entries"))
    figures = CORE if plan.is_arranged else None
    list_number, entrants = _with_list(plan, entries, figures, protocol)
    if figures is not None:
        fated = fates.arranged(entrants, figures, Stream(plan.seed, "fates"))
    else:
        fated = fates.drawn(entrants, plan.odds_ratio, Stream(plan.seed, "fates"))
    return Arrangement(
        plan=plan,
        list_number=list_number,
        slots_per_stratum=_slots(plan, protocol),
        lives=biographies.lives(plan.seed, entrants, fated, figures, protocol),
        supported=frozenset(entrant.number for entrant in entrants if entrant.is_supported),
    )


def _slots(plan: Plan, protocol: Protocol) -> int:
    sizes = recruitment.team_sizes(plan.people, [team.code for team in protocol.programme.teams])
    return max(protocol.allocation.slots_per_stratum, *sizes.values())


def _with_list(
    plan: Plan, entries: Sequence[tuple[str, date]], figures: Figures | None, protocol: Protocol
) -> tuple[int, list[Entrant]]:
    """Find a list that gives the published arms; by chance, the first list is as good as any."""
    for number in range(MOST_LISTS):
        entrants = _allocated(plan, entries, number, protocol)
        supported = sum(entrant.is_supported for entrant in entrants)
        if figures is None or supported == figures.supported.entered:
            return number, entrants
    raise fates.NotArranged("no list gives the published arms")


def _allocated(
    plan: Plan, entries: Sequence[tuple[str, date]], number: int, protocol: Protocol
) -> list[Entrant]:
    """Who would come to which arm with this list: the same blocks that the product will make."""
    pick = list_stream(plan, number)
    shares = {arm.code: arm.share for arm in protocol.arms}
    length = _slots(plan, protocol)
    blocks = {
        stratum: iter(make_blocks(shares, sizes=BLOCK_SIZES, length=length, pick=pick))
        for stratum in strata_of(protocol.allocation, protocol.programme)
    }
    offers = {arm.code: arm.peer_sessions is not None for arm in protocol.arms}
    by_team = Stratum.TEAM in protocol.allocation.strata
    return [
        Entrant(place, team, day, offers[next(blocks[team if by_team else "everyone"])])
        for place, (team, day) in enumerate(entries)
    ]
