"""Serious adverse events by arm: how many events, and how many people had one.

Events are compared by their rate per person randomised, exactly, given how many there were in all
(Przyborowski and Wilenski 1940; Clopper and Pearson 1934 for the limits); people by Fisher's exact test.
"""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from handrail.analysis import exact, wording
from handrail.analysis.attempts import attempt
from handrail.analysis.combinations import log_choose, log_factorials
from handrail.analysis.findings import ArmName, DisplayTable, Finding, Frame
from handrail.analysis.locked_table import LockedTable
from handrail.analysis.populations import Population
from handrail.analysis.proportions import TwoByTwo, why_not_compare
from handrail.domain.refusal import Reason, insist, only
from handrail.domain.words import Because, Relatedness, Seriousness

TIE = 1e-7
EVERYONE = "Everyone as randomised"
OUTCOME = "Serious adverse event"
WINDOW = "from entry to the lock"
PEOPLE_TITLE = "Odds ratio of having an event"


@dataclass(frozen=True)
class Event:
    """One serious adverse event: whose, what makes it serious, and whether it was of an expected kind."""

    study_number: str
    kinds: tuple[str, ...]
    is_expected: bool


@dataclass(frozen=True)
class RateRatio:
    """The ratio of two event rates with exact limits; none where a rate of 0 leaves it without one."""

    estimate: float | None
    lower: float
    upper: float | None
    p: float


def by_arm(population: Population, table: LockedTable) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """The serious events of each arm, the reference last; events that are not serious are left out."""
    columns = (table.texts("study_number"), table.texts("seriousness"), table.wholes("is_expected"))
    events = [
        Event(number, tuple(kinds.split("+")), expected == 1)
        for number, kinds, expected in zip(*columns, strict=True)
        if kinds
    ]
    arm_of = {person.study_number: person.arm for person in population.people}
    first, second = (
        tuple(event for event in events if arm_of[event.study_number] == arm.code) for arm in population.arms
    )
    return first, second


def rate_ratio(a: int, n: int, b: int, m: int, level: float) -> RateRatio:
    """The rate of ``a`` events among ``n`` people over that of ``b`` among ``m``, exactly.

    Given all the events, those of the first arm are binomial. The two-sided p adds the chances of every
    split no more likely than the one seen.

    Raises:
        Refused: when an arm is empty, or there was no event at all.
    """
    insist(
        only(
            (not (n and m), Reason(Because.ARM_EMPTY, "one of the arms")),
            (a + b == 0, Because.NO_EVENT_SEEN),
        )
    )
    events, share = a + b, n / (n + m)
    x = np.arange(events + 1)
    ways = log_choose(log_factorials(events), events, x)
    chances = np.exp(ways + x * math.log(share) + (events - x) * math.log1p(-share))
    p = float(chances[chances <= chances[a] * (1 + TIE)].sum())
    half = (1 - level) / 2
    low = float(betaincinv(a, b + 1, half)) if a else 0.0
    lower = low / (1 - low) * m / n
    if not b:
        return RateRatio(None, lower, None, min(p, 1.0))
    high = float(betaincinv(a + 1, b, 1 - half))
    return RateRatio(a / b * m / n, lower, high / (1 - high) * m / n, min(p, 1.0))


def findings(population: Population, table: LockedTable, frame: Frame) -> tuple[Finding, ...]:
    """Events by arm and their rate ratio; people with an event by arm and Fisher's test."""
    framed = dataclasses.replace(frame, outcome=OUTCOME, population=EVERYONE, window=WINDOW)
    events = by_arm(population, table)
    people = [len({event.study_number for event in own}) for own in events]
    (a, n), (b, m) = ((len(own), arm.count) for own, arm in zip(events, population.arms, strict=True))

    def ratio() -> Finding:
        answer = dataclasses.asdict(rate_ratio(a, n, b, m, frame.level))
        numbers = answer | {"n": n + m, "events": a + b}
        method = "exact, given all events, per person randomised"
        return framed.finding("sae_event_ratio", "Rate ratio of events", method, "rate ratio", **numbers)

    def fisher() -> Finding:
        insist(why_not_compare(TwoByTwo(people[0], n, people[1], m)))
        answer = dataclasses.asdict(exact.fisher(people[0], n, people[1], m, level=frame.level))
        numbers = answer | {"n": n + m, "events": sum(people)}
        method = "Fisher's exact test, limits as R's fisher.test"
        return framed.finding("sae_people_fisher", PEOPLE_TITLE, method, "odds ratio", **numbers)

    return (
        *_counted(population.arms, events, framed),
        attempt(framed, "sae_event_ratio", "Rate ratio of events", ratio),
        attempt(framed, "sae_people_fisher", PEOPLE_TITLE, fisher),
    )


def _counted(
    arms: tuple[ArmName, ArmName], events: tuple[tuple[Event, ...], ...], frame: Frame
) -> tuple[Finding, ...]:
    found = []
    for arm, own in zip(arms, events, strict=True):
        people = len({event.study_number for event in own})
        for name, title, count in (
            ("events", "Events", len(own)),
            ("people", "People with an event", people),
        ):
            numbers = {"estimate": float(count), "n": arm.count, "events": count, "arm": arm.code}
            found.append(
                frame.finding(f"sae_{name}.{arm.code}", title, "count", name, reference="", **numbers)
            )
    return tuple(found)


def table(population: Population, locked: LockedTable, found: dict[str, Finding]) -> DisplayTable:
    """Events and people by arm, by what made the event serious, and the two comparisons."""
    events = by_arm(population, locked)
    arms = population.arms
    rows = [
        ("Events", *(str(len(own)) for own in events)),
        ("People with at least one", *_people(population, events)),
        ("Expected events", *(str(sum(event.is_expected for event in own)) for own in events)),
    ]
    for kind in Seriousness:
        own_counts = [sum(kind.value in event.kinds for event in own) for own in events]
        rows += [(kind.sentence, *(str(count) for count in own_counts))] if any(own_counts) else []
    ratio, fisher = found["sae_event_ratio"], found["sae_people_fisher"]
    limits = f"{wording.level_name(ratio.level or 0.95)} {wording.interval(ratio)}"
    note = (
        f"{wording.sentence(WINDOW)}; {EVERYONE.lower()}. An event may be serious in more than one way. "
        "Counts and the shares of people have no interval; the comparisons have. "
        f"Rate ratio of events {wording.estimate(ratio)} ({limits}), p {wording.p_value(ratio.p)}, "
        f"{ratio.method}; odds ratio of people with an event {wording.estimate(fisher)} "
        f"({wording.interval(fisher)}), p {wording.p_value(fisher.p)}, Fisher's exact test."
    )
    columns = ("", *(f"{arm.title} (n = {arm.count})" for arm in arms))
    return DisplayTable("serious_adverse_events", "Serious adverse events", columns, tuple(rows), note)


def _people(population: Population, events: tuple[tuple[Event, ...], ...]) -> list[str]:
    return [
        wording.count_of(len({event.study_number for event in own}), arm.count)
        for own, arm in zip(events, population.arms, strict=True)
    ]


def relatedness_table(population: Population, sealed: LockedTable) -> DisplayTable:
    """The unmasked judgement of whether an event came from the trial, by arm."""
    arm_of = {person.study_number: person.arm for person in population.people}
    judged = list(zip(sealed.texts("study_number"), sealed.texts("relatedness"), strict=True))
    counted = [
        Counter(judgement for number, judgement in judged if arm_of.get(number) == arm.code)
        for arm in population.arms
    ]
    rows = tuple(
        (word.sentence, *(str(count[word.value]) for count in counted))
        for word in Relatedness
        if any(count[word.value] for count in counted)
    )
    sizes = (sum(count.values()) for count in counted)
    columns = ("", *(f"{arm.title} (n = {n})" for arm, n in zip(population.arms, sizes, strict=True)))
    note = (
        "The serious adverse events that a masked reviewer said could be related to the trial, and how "
        "somebody who knew the arm then judged them, from entry to the lock. The others were not judged. "
        "n: events. Counts: no interval."
    )
    return DisplayTable("relatedness", "Relatedness of serious adverse events", columns, rows, note)
