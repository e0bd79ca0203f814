"""How counts of people may be shown: small ones hidden, the rest rounded, and nothing left to be worked out.

Stars alone protect nobody: whoever has the totals subtracts. So 1 to 7 is hidden, and everything above is
rounded to 5, as in the hospital statistics of England. Then what is about to be shown is attacked, alone and
together with what was shown last time. Where a hidden count has only one possible value left, more is
withheld, and it is attacked again. Counts here are stages down, each within an earlier one, and divisions of
the same people across.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEW = 7  # the largest count that is hidden
STEP = 5
ENDLESS = 10**9

Place = tuple[int, int, int]  # which division (the first is nobody's: the totals), which stage, which group
TOTALS = -1


@dataclass(frozen=True)
class Division:
    """Everybody once more, divided into groups: how many of each group reached each stage."""

    title: str
    groups: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]  # for each stage, one count for each group


@dataclass(frozen=True)
class Shown:
    """What a reader is told of one count, and so knows of it: at least, and at most."""

    lowest: int
    highest: int

    @property
    def words(self) -> str:
        """As it stands on a page."""
        if self.highest == ENDLESS:
            return "not shown"
        if self.lowest == self.highest == 0:
            return "0"
        return f"1 to {FEW}" if self.highest == FEW else str(self.rounded)

    @property
    def rounded(self) -> int:
        """The multiple of 5 that is shown."""
        return self.highest - STEP // 2


NOUGHT, SMALL, WITHHELD = Shown(0, 0), Shown(1, FEW), Shown(1, ENDLESS)


@dataclass(frozen=True)
class Release:
    """What is shown: a total for each stage, and for each division its groups at each stage.

    ``within`` names for each stage the one that holds all of its people; none for the first.
    """

    within: tuple[int | None, ...]
    totals: tuple[Shown, ...]
    divisions: tuple[tuple[str, tuple[str, ...], tuple[tuple[Shown, ...], ...]], ...]

    def places(self) -> Iterator[tuple[Place, Shown]]:
        """Every count that is shown, with its place."""
        for stage, total in enumerate(self.totals):
            yield (TOTALS, stage, 0), total
        for which, (_, _, rows) in enumerate(self.divisions):
            for stage, row in enumerate(rows):
                for group, cell in enumerate(row):
                    yield (which, stage, group), cell


def release(
    divisions: Sequence[Division], *, within: Sequence[int | None], before: Release | None = None
) -> Release:
    """What may be shown of these counts, after what was shown ``before`` of the same table.

    Every division must sum to the same totals, and no stage may hold more than the one it is within. Raises:
    ValueError, where one does.
    """
    within = tuple(within)
    counts = _counts(divisions, within)
    told = {place: _first(count) for place, count in counts.items()}
    while found := disclosed(_made(divisions, within, told), before=before):
        told |= {other: WITHHELD for place in found for other in _also(place, told, counts)}
    return _made(divisions, within, told)


def disclosed(made: Release, *, before: Release | None = None) -> frozenset[Place]:
    """The hidden counts of which only one value is possible, for whoever has both releases or this one."""
    return _single(made, None) | (
        _single(made, before) if before and _is_alike(made, before) else frozenset()
    )


def _single(made: Release, before: Release | None) -> frozenset[Place]:
    shown = dict(made.places())
    low = {(1, *place): cell.lowest for place, cell in shown.items()}
    high = {(1, *place): cell.highest for place, cell in shown.items()}
    sums, orders = _rules(made, 1)
    if before:
        for place, cell in before.places():
            low[(0, *place)], high[(0, *place)] = cell.lowest, cell.highest
        more_sums, more_orders = _rules(before, 0)
        sums += more_sums
        orders += more_orders + [((0, *place), (1, *place)) for place in shown]
    if not _tighten(low, high, sums, orders):
        return frozenset()  # the two contradict each other, as after a correction: nothing follows from both
    hidden = (place for place, cell in shown.items() if cell in (SMALL, WITHHELD))
    return frozenset(place for place in hidden if low[(1, *place)] == high[(1, *place)] <= FEW)


Variable = tuple[int, int, int, int]
Sum = tuple[Variable, list[Variable]]
Order = tuple[Variable, Variable]  # the first is at most the second


def _rules(made: Release, when: int) -> tuple[list[Sum], list[Order]]:
    stages = range(len(made.totals))
    sums: list[Sum] = []
    columns: list[tuple[int, int]] = [(TOTALS, 0)]
    for which, (_, groups, _) in enumerate(made.divisions):
        columns += [(which, group) for group in range(len(groups))]
        for stage in stages:
            parts = [(when, which, stage, group) for group in range(len(groups))]
            sums.append(((when, TOTALS, stage, 0), parts))
    orders = [
        ((when, which, stage, group), (when, which, outer, group))
        for which, group in columns
        for stage, outer in enumerate(made.within)
        if outer is not None
    ]
    return sums, orders


def _tighten(
    low: dict[Variable, int], high: dict[Variable, int], sums: Sequence[Sum], orders: Sequence[Order]
) -> bool:
    """Narrow every interval until nothing moves; false where an interval is empty."""
    moved = True
    while moved:
        was = (sum(low.values()), sum(high.values()))
        for total, parts in sums:
            least, most = sum(low[one] for one in parts), sum(high[one] for one in parts)
            low[total], high[total] = max(low[total], least), min(high[total], most)
            for one in parts:
                others_most, others_least = most - high[one], least - low[one]
                low[one] = max(low[one], low[total] - others_most)
                high[one] = min(high[one], high[total] - others_least)
                least, most = others_least + low[one], others_most + high[one]
        for smaller, larger in orders:
            low[larger], high[smaller] = max(low[larger], low[smaller]), min(high[smaller], high[larger])
        if any(low[one] > high[one] for one in low):
            return False
        moved = was != (sum(low.values()), sum(high.values()))
    return True


def _counts(divisions: Sequence[Division], within: tuple[int | None, ...]) -> dict[Place, int]:
    totals = [sum(row) for row in divisions[0].counts]
    counts = {(TOTALS, stage, 0): total for stage, total in enumerate(totals)}
    for which, one in enumerate(divisions):
        if [sum(row) for row in one.counts] != totals:
            raise ValueError(f"{one.title} does not sum to the same totals as {divisions[0].title}")
        inner = [
            (row, one.counts[outer])
            for row, outer in zip(one.counts, within, strict=True)
            if outer is not None
        ]
        if any(few > many for row, about in inner for few, many in zip(row, about, strict=True)):
            raise ValueError(f"{one.title} has a stage with more people than the stage that it is within")
        for stage, row in enumerate(one.counts):
            counts |= {(which, stage, group): count for group, count in enumerate(row)}
    return counts


def _first(count: int) -> Shown:
    if count == 0:
        return NOUGHT
    if count <= FEW:
        return SMALL
    about = (count + STEP // 2) // STEP * STEP
    return Shown(max(about - STEP // 2, FEW + 1), about + STEP // 2)


def _also(place: Place, told: dict[Place, Shown], counts: dict[Place, int]) -> list[Place]:
    """What is withheld where a count can be worked out: it, and the smallest beside it that still speaks.

    Where nothing beside it does, its total; where that is withheld too, the stages about it. In the end
    everything is, and of that nothing can be worked out.
    """
    which, stage, group = place
    beside = [one for one in told if one[:2] == (which, stage) and one != place]
    total, about = [(TOTALS, stage, 0)], [(which, stage - 1, group), (which, stage + 1, group)]
    for others in (beside, total, about, list(told)):
        speaking = [one for one in others if told.get(one, NOUGHT) not in (NOUGHT, WITHHELD)]
        if speaking:
            return [place, min(speaking, key=lambda one: (counts[one], one))]
    return [place]


def _is_alike(made: Release, before: Release) -> bool:
    """Whether two releases are of the same table, so that one can be taken from the other."""
    divided = [[one[:2] for one in made.divisions] for made in (made, before)]
    return divided[0] == divided[1] and made.within == before.within


def _made(divisions: Sequence[Division], within: tuple[int | None, ...], told: dict[Place, Shown]) -> Release:
    stages = range(len(divisions[0].counts))
    rows = tuple(
        (
            one.title,
            one.groups,
            tuple(tuple(told[(which, stage, group)] for group in range(len(one.groups))) for stage in stages),
        )
        for which, one in enumerate(divisions)
    )
    return Release(within, tuple(told[(TOTALS, stage, 0)] for stage in stages), rows)
