"""How the trial differed from its protocol: deviations by kind and arm."""

from __future__ import annotations

from collections import Counter

from handrail.analysis import wording
from handrail.analysis.findings import Count, DisplayTable
from handrail.analysis.locked_table import LockedTable
from handrail.analysis.populations import Population
from handrail.domain.words import DeviationKind

NOBODY_ENTERED = ""  # a deviation of a team, or of somebody who did not enter


def deviations(locked: LockedTable) -> tuple[Count, ...]:
    """Protocol deviations by kind, those that happened."""
    counted = Counter(locked.texts("kind"))
    return tuple(Count(kind, _sentence(kind), counted[kind]) for kind in sorted(counted))


def _sentence(kind: str) -> str:
    known = {word.value: word.sentence for word in DeviationKind}
    return known.get(kind, wording.label(kind))


def table(population: Population, locked: LockedTable) -> DisplayTable:
    """Deviations by kind, in each arm, and of a team as a whole or before entry."""
    arm_of = {person.study_number: person.arm for person in population.people}
    rows = zip(locked.texts("kind"), locked.texts("study_number"), strict=True)
    counted = Counter((kind, arm_of.get(number, NOBODY_ENTERED)) for kind, number in rows)
    places = [*(arm.code for arm in population.arms), NOBODY_ENTERED]
    kinds = sorted({kind for kind, _ in counted})
    shown = tuple((_sentence(kind), *(str(counted[kind, place]) for place in places)) for kind in kinds)
    columns = ("", population.arm.title, population.reference.title, "Of a team, or before entry")
    told = "Counts: no interval." if shown else "There were none."
    note = f"Recorded from the first referral to the lock. {told}"
    return DisplayTable("deviations", "Deviations from the protocol", columns, shown, note)
