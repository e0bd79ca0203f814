"""Who took part: the people of each arm as they were at entry. Described, never tested between arms."""

from __future__ import annotations

from collections import Counter

from handrail.analysis import scores, wording
from handrail.analysis.findings import DisplayTable
from handrail.analysis.locked_table import LockedTable
from handrail.analysis.populations import Population
from handrail.domain.characteristics import EthnicGroup, Gender, Housing
from handrail.domain.protocol import Protocol
from handrail.domain.worded import Worded

CATEGORIES: tuple[tuple[str, str, type[Worded]], ...] = (
    ("gender", "Gender", Gender),
    ("ethnic_group", "Ethnic group", EthnicGroup),
    ("housing", "Housing", Housing),
)


def table(
    population: Population, locked: LockedTable, given: scores.Answers, under: Protocol
) -> DisplayTable:
    """Age, gender, ethnic group, housing, first crisis, team and questionnaires, by arm."""
    rows = [_ages(population, locked)]
    for column, title, words in CATEGORIES:
        rows += _shares(population, _by_person(locked, locked.texts(column), words), title)
    rows += _first_crisis(population, locked)
    teams = {person.study_number: under.team(person.team).name for person in population.people}
    rows += _shares(population, teams, "Crisis team")
    rows += scores.baseline_rows(population, given, under)
    columns = ("", *(f"{arm.title} (n = {arm.count})" for arm in population.arms))
    note = (
        "At entry (day 0). Number (per cent) of everyone randomised to the arm, unless another n is given. "
        "No test is made, and described people have no interval."
    )
    return DisplayTable("baseline", "People at entry", columns, tuple(rows), note)


def _by_person(locked: LockedTable, values: tuple[str, ...], words: type[Worded]) -> dict[str, str]:
    """Each person's answer as it was read to them, so that “none” of housing is told as no fixed home."""
    known = {word.value: word.sentence for word in words}
    return {
        number: known.get(value) or wording.label(value)
        for number, value in zip(locked.texts("study_number"), values, strict=True)
    }


def _ages(population: Population, locked: LockedTable) -> tuple[str, ...]:
    columns = (locked.texts("study_number"), locked.wholes("age_years"))
    ages = {number: age for number, age in zip(*columns, strict=True) if age is not None}
    cells = []
    for arm in population.arms:
        own = sorted(ages[p.study_number] for p in population.of(arm) if p.study_number in ages)
        cells.append(f"{wording.mean_sd(own)}, n = {len(own)}")
    return ("Age in years: mean (SD), n", *cells)


def _first_crisis(population: Population, locked: LockedTable) -> list[tuple[str, ...]]:
    words = {1: "Yes", 0: "No", None: "Not recorded"}
    columns = (locked.texts("study_number"), locked.wholes("is_first_crisis"))
    return _shares(
        population,
        {n: words[value] for n, value in zip(*columns, strict=True)},
        "First time with a crisis team",
    )


def _shares(population: Population, values: dict[str, str], title: str) -> list[tuple[str, ...]]:
    """A row for each value that anybody has, the most frequent first; not recorded last."""
    counted = [
        Counter(values.get(person.study_number, "Not recorded") for person in population.of(arm))
        for arm in population.arms
    ]
    together = counted[0] + counted[1]
    order = sorted(together, key=lambda value: (value == "Not recorded", -together[value], value))
    return [
        (
            f"{title}: {value}",
            *(wording.count_of(c[value], arm.count) for c, arm in zip(counted, population.arms, strict=True)),
        )
        for value in order
    ]
