"""Follow-up interviews: how many were done, and the raw totals of the questionnaires.

Raw totals only, as the lock holds them; a total counts when every item was answered. Differences are plain
(Welch), without adjustment or imputation, and say how many people they rest on.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from handrail.analysis import means, wording
from handrail.analysis.attempts import attempt
from handrail.analysis.findings import DisplayTable, Finding, Frame
from handrail.analysis.locked_table import LockedTable
from handrail.analysis.populations import Population
from handrail.domain.protocol import FollowUpPoint, Instrument, Protocol
from handrail.domain.protocol_words import FollowUpSource
from handrail.domain.words import InterviewState


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
        framed = dataclasses.replace(
            frame, window=f"{point.title} from entry", population="Everyone as randomised"
        )
        found += _done(population, given, point, framed)
        for code in point.instruments:
            found.append(_difference(population, given, point, under.schedule.instrument(code), framed))
    return tuple(found)


def _done(population: Population, given: Answers, point: FollowUpPoint, frame: Frame) -> list[Finding]:
    interview = dataclasses.replace(frame, outcome=f"Interview at {point.title.lower()}", reference="")
    found = []
    for arm in population.arms:
        done = len(_numbers(population, arm.code) & given.seen.get(point.code, set()))
        share = 100 * done / arm.count if arm.count else None
        numbers = {"estimate": share, "n": arm.count, "events": done, "arm": arm.code}
        name, title = f"followup_done.{point.code}.{arm.code}", f"Interviews done at {point.title.lower()}"
        found.append(interview.finding(name, title, "count", "per cent", **numbers))
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


def followup_table(population: Population, given: Answers, under: Protocol) -> DisplayTable:
    """Interviews done, and done inside the window, by point and arm."""
    rows = []
    for point in interviews(under, is_baseline=False):
        for title, whom in (("done", given.seen), ("done inside the window", given.in_window)):
            done = whom.get(point.code, set())
            cells = [
                wording.count_of(len(_numbers(population, arm.code) & done), arm.count)
                for arm in population.arms
            ]
            rows.append((f"{point.title}: {title}", *cells))
    columns = ("", population.arm.title, population.reference.title)
    return DisplayTable("followup", "Follow-up interviews", columns, tuple(rows), "Of everyone randomised.")


def scores_table(
    population: Population, given: Answers, under: Protocol, found: dict[str, Finding]
) -> DisplayTable:
    """Raw totals by point, instrument and arm, with their difference."""
    rows = []
    for point in interviews(under, is_baseline=False):
        for code in point.instruments:
            finding = found[f"score_difference.{point.code}.{code}"]
            cells = [_described(own) for own in _totals(population, given, point.code, code)]
            shown = (wording.estimate(finding), wording.interval(finding), wording.p_value(finding.p))
            rows.append((f"{point.title}: {under.schedule.instrument(code).title}", *cells, *shown))
    level = wording.level_name(under.analysis.interval_level)
    columns = ("", population.arm.title, population.reference.title, "Difference", level, "p")
    note = "Raw totals: mean (SD), n who answered every item. Welch's t; not adjusted, nothing imputed."
    return DisplayTable("scores", "Questionnaires at follow-up", columns, tuple(rows), note)


def _described(totals: list[float]) -> str:
    return f"{wording.mean_sd(totals)}, n = {len(totals)}" if totals else "n = 0"


def baseline_rows(population: Population, given: Answers, under: Protocol) -> list[tuple[str, ...]]:
    """The questionnaires before entry, for the baseline table: described, never tested."""
    return [
        (
            f"{under.schedule.instrument(code).title}: mean (SD), n",
            *(_described(own) for own in _totals(population, given, point.code, code)),
        )
        for point in interviews(under, is_baseline=True)
        for code in point.instruments
    ]
