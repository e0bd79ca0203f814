"""Follow-up interviews: how many were done, and the raw totals of the questionnaires.

Raw totals only, as the lock holds them; a total counts when every item was answered. Differences are plain
(Welch), without adjustment or imputation, and say how many people they rest on. Where the protocol says that
the items do not add up to a score (``is_compared`` false), the total is described and never compared.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from handrail.analysis import means, proportions, wording
from handrail.analysis.attempts import attempt
from handrail.analysis.findings import DisplayTable, Finding, Frame
from handrail.analysis.locked_table import LockedTable
from handrail.analysis.populations import Population
from handrail.domain.protocol import FollowUpPoint, Instrument, Protocol
from handrail.domain.protocol_words import FollowUpSource
from handrail.domain.words import InterviewState

INSIDE = "Shares done inside the window describe, and have no interval."


@dataclass(frozen=True)
class Answers:
    """What the follow-up table holds, by point: who was seen, and each instrument's totals by person."""

    seen: dict[str, set[str]]
    in_window: dict[str, set[str]]
    totals: dict[tuple[str, str], dict[str, float]]


def answers(followup: LockedTable) -> Answers:
    """Gather the follow-up table by point and instrument."""
    found = Answers({}, {}, {})
    columns = (
        followup.texts("study_number"),
        followup.texts("point"),
        followup.texts("instrument"),
        followup.texts("state"),
        followup.wholes("is_in_window"),
        followup.numbers("total"),
    )
    for number, point, instrument, state, in_window, total in zip(*columns, strict=True):
        if state == InterviewState.DONE:
            found.seen.setdefault(point, set()).add(number)
            if in_window:
                found.in_window.setdefault(point, set()).add(number)
        if total is not None:
            found.totals.setdefault((point, instrument), {})[number] = total
    return found


def interviews(under: Protocol, *, is_baseline: bool) -> tuple[FollowUpPoint, ...]:
    """The points with interviews: at baseline, or after it."""
    points = (point for point in under.schedule.points if point.source is FollowUpSource.INTERVIEW)
    return tuple(point for point in points if (point.months == 0) is is_baseline)


def findings(population: Population, given: Answers, under: Protocol, frame: Frame) -> tuple[Finding, ...]:
    """Share of interviews done by point and arm; differences in mean totals by point and instrument."""
    found: list[Finding] = []
    for point in interviews(under, is_baseline=False):
        framed = dataclasses.replace(frame, window=_window(point), population="Everyone as randomised")
        found += _done(population, given, point, framed)
        for instrument in (under.schedule.instrument(code) for code in point.instruments):
            if instrument.is_compared:
                found.append(_difference(population, given, point, instrument, framed))
    return tuple(found)


def _window(point: FollowUpPoint) -> str:
    """When the interview was due, and that one held outside its window is used too."""
    days = f"{point.opens_days_before} days before to {point.closes_days_after} after"
    return f"{point.title} from entry (window {days}; interviews held outside it are used)"


def _done(population: Population, given: Answers, point: FollowUpPoint, frame: Frame) -> list[Finding]:
    interview = dataclasses.replace(frame, outcome=f"Interview at {point.title.lower()}", reference="")
    found = []
    for arm in population.arms:
        done = len(_numbers(population, arm.code) & given.seen.get(point.code, set()))
        numbers = proportions.per_cent(done, arm.count, frame.level)
        name, title = f"followup_done.{point.code}.{arm.code}", f"Interviews done at {point.title.lower()}"
        found.append(interview.finding(name, title, proportions.SHARE, "per cent", arm=arm.code, **numbers))
    return found


def _difference(
    population: Population, given: Answers, point: FollowUpPoint, instrument: Instrument, frame: Frame
) -> Finding:
    own, reference = _totals(population, given, point.code, instrument.code)
    name, title = f"score_difference.{point.code}.{instrument.code}", f"{instrument.title}: difference"
    framed = dataclasses.replace(
        frame, outcome=f"Raw total, {instrument.title}", population="Those who answered every item"
    )

    def make() -> Finding:
        d = means.welch(own, reference, frame.level)
        numbers = {"estimate": d.estimate, "se": d.se, "lower": d.lower, "upper": d.upper, "p": d.p}
        more = {"se_scale": "points", "n": len(own) + len(reference), "note": f"{d.freedom:.1f} df."}
        return framed.finding(name, title, "Welch's t", "points", **(numbers | more))

    return attempt(framed, name, title, make)


def _numbers(population: Population, arm: str) -> set[str]:
    return {person.study_number for person in population.people if person.arm == arm}


def _totals(population: Population, given: Answers, point: str, instrument: str) -> list[list[float]]:
    """The totals in each arm, in order, the reference last."""
    totals = given.totals.get((point, instrument), {})
    return [
        sorted(totals[number] for number in _numbers(population, arm.code) & set(totals))
        for arm in population.arms
    ]


def followup_table(
    population: Population, given: Answers, under: Protocol, found: dict[str, Finding]
) -> DisplayTable:
    """Interviews done, with the limits of the share, and done inside the window, by point and arm."""
    rows: list[tuple[str, ...]] = []
    level = wording.level_name(under.analysis.interval_level)
    for point in interviews(under, is_baseline=False):
        cells = {
            title: [
                wording.count_of(len(_numbers(population, arm.code) & done.get(point.code, set())), arm.count)
                for arm in population.arms
            ]
            for title, done in (("done", given.seen), ("done inside the window", given.in_window))
        }
        shares = [found[f"followup_done.{point.code}.{arm.code}"] for arm in population.arms]
        limits = [wording.interval(share, 1) for share in shares]
        rows.append((f"{point.title}: done", *cells["done"]))
        rows.append((f"{point.title}: {level} of the share done, per cent", *limits))
        rows.append((f"{point.title}: done inside the window", *cells["done inside the window"]))
    columns = ("", *(f"{arm.title} (n = {arm.count})" for arm in population.arms))
    note = "Of everyone randomised; Wilson's limits of the share done. Windows: " + "; ".join(
        f"{point.title}, {point.opens_days_before} days before to {point.closes_days_after} after"
        for point in interviews(under, is_baseline=False)
    )
    return DisplayTable("followup", "Follow-up interviews", columns, tuple(rows), f"{note}. {INSIDE}")


def scores_table(
    population: Population, given: Answers, under: Protocol, found: dict[str, Finding]
) -> DisplayTable:
    """Raw totals by point, instrument and arm, with their difference where the items make a score."""
    rows = []
    for point in interviews(under, is_baseline=False):
        for instrument in (under.schedule.instrument(code) for code in point.instruments):
            finding = found.get(f"score_difference.{point.code}.{instrument.code}")
            cells = [_described(own) for own in _totals(population, given, point.code, instrument.code)]
            rows.append((f"{point.title}: {_ranged(instrument)}", *cells, *_compared(finding)))
    level = wording.level_name(under.analysis.interval_level)
    columns = ("", population.arm.title, population.reference.title, "Difference", level, "p")
    note = (
        "Raw totals: mean (SD), n who answered every item, at the interview of that name. Differences: "
        "Welch's t; not adjusted, nothing imputed."
    )
    return DisplayTable(
        "scores", "Questionnaires at follow-up", columns, tuple(rows), f"{note} {_caution(under)}".strip()
    )


def _ranged(instrument: Instrument) -> str:
    """The questionnaire with its range of totals and its direction: ``ULS-8 (8 to 32, higher is worse)``."""
    low, high = instrument.total_range
    way = f", {instrument.higher_is.sentence.lower()}" if instrument.higher_is else ""
    return f"{instrument.short_title} ({low} to {high}{way})"


def _compared(finding: Finding | None) -> tuple[str, str, str]:
    """Difference, limits and p; dashes where none is made, of which the note under the table tells."""
    if finding is None:
        return wording.NONE, wording.NONE, wording.NONE
    return wording.estimate(finding), wording.interval(finding), wording.p_value(finding.p)


def _caution(under: Protocol) -> str:
    """What a reader must know of the questionnaires: not a score, or not yet confirmed."""
    instruments = under.schedule.instruments
    alone = "; ".join(one.short_title for one in instruments if not one.is_compared)
    unsure = "; ".join(one.short_title for one in instruments if not one.is_confirmed)
    said = [f"Not compared, as its items do not add up to a score: {alone}."] if alone else []
    said += [f"Scoring not yet confirmed for this trial: {unsure}."] if unsure else []
    return " ".join(said)


def _described(totals: list[float]) -> str:
    return f"{wording.mean_sd(totals)}, n = {len(totals)}" if totals else "n = 0"


def baseline_rows(population: Population, given: Answers, under: Protocol) -> list[tuple[str, ...]]:
    """The questionnaires before entry, for the baseline table: described, never tested."""
    return [
        (
            f"{under.schedule.instrument(code).short_title}: mean (SD), n",
            *(_described(own) for own in _totals(population, given, point.code, code)),
        )
        for point in interviews(under, is_baseline=True)
        for code in point.instruments
    ]
