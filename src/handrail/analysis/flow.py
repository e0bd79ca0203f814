"""The flow of people from referral to analysis, as CONSORT draws it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from handrail.analysis import delivery, periods, wording
from handrail.analysis.findings import ArmName, Count, DisplayTable, Flow, FlowArm
from handrail.analysis.locked_table import LockedTable
from handrail.analysis.populations import Population
from handrail.domain.protocol import Protocol
from handrail.domain.words import Exit, OutcomeStatus, Scope


def flow(
    population: Population,
    tables: Mapping[str, LockedTable],
    sealed: Mapping[str, LockedTable] | None,
    under: Protocol,
) -> Flow:
    """Referred, excluded by reason, still on the way, randomised, and each arm down to its analysis."""
    screening = tables["screening"]
    first, last = periods.entered(tables)
    exits = Counter(
        code
        for code, entered in zip(screening.texts("exit"), screening.wholes("is_entered"), strict=True)
        if code and not entered
    )
    excluded = tuple(
        Count(code, _sentence(code), count)
        for code, count in sorted(exits.items(), key=lambda e: (-e[1], e[0]))
    )
    entered = len(population.people)
    return Flow(
        assessed=len(screening),
        excluded=excluded,
        pending=len(screening) - entered - sum(exits.values()),
        randomised=entered,
        arms=tuple(_arm(population, arm, sealed, under) for arm in population.arms),
        first_entry_on=first,
        last_entry_on=last,
    )


def _sentence(code: str) -> str:
    known = {exit_.value: exit_.sentence for exit_ in Exit}
    return known.get(code, wording.label(code))


def _arm(
    population: Population, arm: ArmName, sealed: Mapping[str, LockedTable] | None, under: Protocol
) -> FlowArm:
    people = population.of(arm)
    unknown = Counter(person.status for person in people if person.readmitted is None)
    received: tuple[int | None, int | None, str] = (None, None, "What was received")
    if sealed is not None:
        received = delivery.received(population, under.arm(arm.code), sealed["delivery"], sealed["post"])
    return FlowArm(
        arm=arm.code,
        title=arm.title,
        allocated=arm.count,
        received=received[0],
        received_label=received[2],
        lost=tuple(Count(s.value, s.sentence, unknown[s]) for s in OutcomeStatus if unknown[s]),
        analysed=sum(person.readmitted is not None for person in people),
        analysed_label="In the main analysis: readmission known",
        received_unknown=received[1],
        stopped=None if sealed is None else stopped(population, sealed["delivery"])[arm.code],
    )


def stopped(population: Population, delivered: LockedTable) -> Counter[str]:
    """How many people of each arm, by its code, said no to the programme between entry and the lock."""
    arm_of = {person.study_number: person.arm for person in population.people}
    rows = zip(delivered.texts("study_number"), delivered.dates("stopped_on"), strict=True)
    return Counter(arm_of[number] for number, day in rows if day and number in arm_of)


def screening_table(screening: LockedTable, under: Protocol) -> DisplayTable:
    """From referral to entry, by crisis team, and the criteria that were not met."""
    teams = screening.texts("team")
    steps = (
        ("Referred", [1] * len(screening)),
        ("Assessed", screening.wholes("is_assessed")),
        ("Eligible", screening.wholes("is_eligible")),
        ("Consented", screening.wholes("is_consented")),
        ("Baseline done", screening.wholes("is_baseline_done")),
        ("Entered", screening.wholes("is_entered")),
    )
    codes = [team.code for team in under.programme.teams]
    rows = []
    for title, answers in steps:
        counted = Counter(team for team, answer in zip(teams, answers, strict=True) if answer)
        rows.append((title, *(str(counted[code]) for code in codes), str(sum(counted.values()))))
    columns = ("", *(team.name for team in under.programme.teams), "All")
    note = (
        "People, from the first referral to the lock. Counts: no interval. "
        f"Criteria not met (a person may miss several): {_unmet(screening, under)}."
    )
    return DisplayTable("screening", "From referral to entry", columns, tuple(rows), note)


def _unmet(screening: LockedTable, under: Protocol) -> str:
    """Each criterion that somebody missed, and how many did."""
    counted = Counter(code for codes in screening.texts("reasons") for code in codes.split("+") if code)
    words = {criterion.code: criterion.reason for criterion in under.eligibility.criteria}
    parts = [f"{words.get(code, wording.label(code))} ({count})" for code, count in sorted(counted.items())]
    return "; ".join(parts) or "none"


def participation_table(
    population: Population, participation: LockedTable, sealed: Mapping[str, LockedTable] | None
) -> DisplayTable:
    """Who said no to what after entry, by arm; to the programme itself only where the arm file is open."""
    columns = (participation.texts("study_number"), participation.texts("scope"))
    said = set(zip(*columns, strict=True))
    arm_of = {person.study_number: person.arm for person in population.people}
    counted = Counter((scope, arm_of[number]) for number, scope in said)
    if sealed is not None:
        of_arm = stopped(population, sealed["delivery"])
        counted |= Counter({(Scope.PROGRAMME.value, arm): count for arm, count in of_arm.items()})
    hidden = (Scope.PROGRAMME.sentence, *(wording.NOT_SHOWN for _ in population.arms))
    rows: tuple[tuple[str, ...], ...] = () if sealed is not None else (hidden,)
    rows += tuple(
        (scope.sentence, *(wording.count_of(counted[scope.value, a.code], a.count) for a in population.arms))
        for scope in Scope
        if any(counted[scope.value, arm.code] for arm in population.arms)
    )
    headings = ("", *(f"{arm.title} (n = {arm.count})" for arm in population.arms))
    told = wording.ONLY_COUNTED if rows else "There was none."
    note = f"People who said no at any time from entry to the lock, of everyone randomised. {told}"
    return DisplayTable("participation", "Withdrawal, by what from", headings, rows, note)
