"""The results sections of a report, in the order of CONSORT 2025, from findings and finished tables."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from handrail.analysis import rounding
from handrail.analysis.findings import (
    AnalysisResult,
    Curve,
    CurveArm,
    DisplayTable,
    Finding,
    Flow,
    Published,
)
from handrail.reports import flow_diagram, plots
from handrail.reports.document import Block, Figure, Grid, Paragraph, Section
from handrail.reports.sentences import (
    arms_apart,
    capitalised,
    estimate,
    interval,
    long_date,
    number,
    p_value,
    percentage_points,
    provenance,
)

DIGITS = frozenset("0123456789−–-<p. ")
WORD = re.compile("[A-Za-z]{4}")  # no unit or joining word of a number is as long as the name of a month
BELOW_ONE = "Ratio (logarithmic scale); below 1 favours the arm compared with the reference"


def sections(result: AnalysisResult, folder: Path) -> tuple[Section, ...]:
    """Results: flow, delivery, baseline, outcomes, harms, deviations. Draws into ``folder/plots``."""
    (folder / "plots").mkdir(exist_ok=True)
    return (
        Section("flow", "Results: flow of people and dates", "items 22, 23", _flow(result, folder)),
        Section("delivery", "Results: what was delivered", "item 24", _delivery(result)),
        Section("baseline", "Results: people at baseline", "item 25", _tables(result, "baseline")),
        Section("primary", "Results: readmission in the window", "items 26, 28", _primary(result, folder)),
        Section("time", "Results: time to first readmission", "item 26", _time(result, folder)),
        Section("nights", "Results: days in acute care", "item 26", _nights(result)),
        Section("scores", "Results: interviews and questionnaires", "item 26", _scores(result)),
        Section("harms", "Results: serious adverse events", "item 27", _harms(result)),
        Section("deviations", "Results: deviations and changes", "item 10", _deviations(result)),
    )


def _flow(result: AnalysisResult, folder: Path) -> tuple[Block, ...]:
    made = tuple(
        _grid(table) for code in ("screening", "dates") for table in result.tables if table.code == code
    )
    return (*_recruited(result.flow), *flow_diagram.draw(result.flow, folder), *made)


def _recruited(flow: Flow) -> tuple[Block, ...]:
    """The actual days of the first and the last entry; nothing where nobody entered."""
    if not flow.first_entry_on:
        return ()
    first, last = (long_date(date.fromisoformat(day)) for day in (flow.first_entry_on, flow.last_entry_on))
    return (
        Paragraph(f"{flow.randomised} people were randomised, the first on {first}, the last on {last}."),
    )


def finding(result: AnalysisResult, finding_id: str) -> Finding | None:
    """The finding of this id, or none where the analysis could not make it."""
    return next((found for found in result.findings if found.id == finding_id), None)


def _grid(table: DisplayTable) -> Grid:
    """A finished table as a block; a column whose every cell is a number is set flush right."""
    numeric = tuple(
        index
        for index in range(1, len(table.columns))
        if all(set(row[index][:1]) <= DIGITS and not WORD.search(row[index]) for row in table.rows)
    )
    rows = tuple(tuple(_unbroken(cell) for cell in row) for row in table.rows)
    columns = tuple(_unbroken(column) for column in table.columns)
    return Grid(table.code, table.title, columns, rows, table.note, numeric)


def _unbroken(text: str) -> str:
    """The text with “n = 221” never broken over two lines."""
    return text.replace("n = ", "n\u00a0=\u00a0")


def _tables(result: AnalysisResult, *codes: str) -> tuple[Block, ...]:
    made = tuple(_grid(table) for code in codes for table in result.tables if table.code == code)
    return made or (Paragraph("Nothing to show: the locked data hold no such records."),)


def _unmasked_tables(result: AnalysisResult, what: str, *codes: str) -> tuple[Block, ...]:
    """Tables that follow from the arm: a rehearsal has none, whatever the locked data hold."""
    if result.is_scrambled:
        return (Paragraph(f"{what}: not shown in a rehearsal, because it follows from the arm."),)
    return _tables(result, *codes)


def say(lead: str, found: Finding | None, words: str = "") -> tuple[Paragraph, ...]:
    """A sentence around one finding, followed by what stands behind it; nothing where it is missing."""
    if found is None:
        return ()
    text = f"{lead} {words or estimate(found)}. [{provenance(found)}.]"
    return (Paragraph(text, (found.id,)),)


def _delivery(result: AnalysisResult) -> tuple[Block, ...]:
    held = tuple(found for found in result.findings if found.id.startswith("sessions_adherent."))
    said: tuple[Block, ...] = ()
    for found in held:
        limits = f"; {interval(found, 1)} per cent" if interval(found) else ""
        share = f"{number(found.estimate, 1)}% ({found.events} of {found.n}{limits})"
        said += say(f"{found.title}:", found, share)
    return said + _unmasked_tables(result, "What was delivered", "sessions", "workbook")


def _primary(result: AnalysisResult, folder: Path) -> tuple[Block, ...]:
    primary = finding(result, "readmission_or_adjusted")
    blocks: tuple[Block, ...] = ()
    if primary is not None:
        leaning = arms_apart(primary, *(arm.title for arm in result.arms))
        dealt = "In this rehearsal, on arms dealt at random: " if result.is_scrambled else ""
        blocks += (Paragraph(f"{dealt}{leaning}.", (primary.id,)),)
    blocks += say("Odds ratio adjusted for the strata:", primary)
    blocks += _beside_primary(result)
    blocks += _tables(
        result, "primary", "crude", "missing_bounds", "outcome_status", "first_service", "teams"
    )
    return blocks + _beside_published(result, folder)


BESIDE_PRIMARY = (
    ("readmission_rd_marginal", "risk difference, standardised over the strata,"),
    ("readmission_rr_marginal", "risk ratio, standardised over the strata,"),
    ("crude_or_wald", "crude odds ratio"),
    ("crude_rd_newcombe", "crude risk difference"),
    ("crude_rr_log_wald", "crude risk ratio"),
)


def _beside_primary(result: AnalysisResult) -> tuple[Paragraph, ...]:
    """The same comparison in other terms, each with its interval, its n and its method."""
    pairs = [(found, lead) for code, lead in BESIDE_PRIMARY if (found := finding(result, code))]
    if not pairs:
        return ()
    told = "; ".join(
        f"{lead} {percentage_points(found) if found.scale == 'risk difference' else estimate(found)} "
        f"[n={found.n}; {found.method}]"
        for found, lead in pairs
    )
    first = pairs[0][0]
    people = first.population[:1].lower() + first.population[1:]
    text = f"In other terms, {first.window}, {people}: {told}."
    return (Paragraph(text, tuple(found.id for found, _ in pairs)),)


def _beside_published(result: AnalysisResult, folder: Path) -> tuple[Block, ...]:
    tables = tuple(_grid(table) for table in result.tables if table.code == "published")
    lines = [line for paper in result.published for line in _pair(paper, finding(result, paper.finding_id))]
    if not lines:
        return tables
    plots.estimates(folder / "plots" / "published.svg", lines, horizontal=BELOW_ONE)
    told = "; ".join(f"{line.title}: {line.words}" for line in lines)
    ours = dict.fromkeys(paper.finding_id for paper in result.published)
    behind = [found for code in ours if (found := finding(result, code)) and found.scale.endswith("ratio")]
    note = " ".join(f"{capitalised(found.scale)}, this analysis: {provenance(found)}." for found in behind)
    title = "Our ratios and the published ones, with 95% limits"
    drawn = Figure("published", title, "plots/published.svg", f"{told}.", note)
    return (drawn, *tables)


def _pair(paper: Published, ours: Finding | None) -> list[plots.EstimateLine]:
    """Our ratio and the paper's, one above the other; nothing where either has no interval."""
    if ours is None or not ours.scale.endswith("ratio"):
        return []
    pairs = (("This analysis", ours, True), ("Published", paper, False))
    lines = []
    for title, found, is_ours in pairs:
        if found.estimate is None or found.lower is None or found.upper is None:
            return []
        places = rounding.places((found.lower, found.upper), 1.0, 2)
        limits = f"{number(found.lower, places)} to {number(found.upper, places)}"
        words = f"{number(found.estimate, places)} ({limits})"
        label = f"{title}: {ours.scale}"
        lines.append(plots.EstimateLine(label, found.estimate, found.lower, found.upper, words, is_ours))
    return lines


def _time(result: AnalysisResult, folder: Path) -> tuple[Block, ...]:
    blocks: tuple[Block, ...] = ()
    for curve in result.curves:
        blocks += (_curve(curve, folder),)
    blocks += _tables(result, "time_at_risk")
    blocks += say("Hazard ratio, stratified:", finding(result, "time_hr_stratified"))
    logrank = finding(result, "time_logrank_stratified")
    if logrank is not None and logrank.p is not None:
        shown = f"chi-squared {number(logrank.estimate)} on 1 df, {p_value(logrank.p)}"
        blocks += say("Log-rank test, stratified:", logrank, shown)
    slope = finding(result, "time_ph")
    if slope is not None and slope.p is not None:
        shown = f"chi-squared {number(slope.estimate)} on 1 df, {p_value(slope.p)}"
        blocks += say("Test of proportional hazards:", slope, shown)
        blocks += (Paragraph(slope.note.removesuffix("No interval: a test alone.").strip(), (slope.id,)),)
    return blocks + _tables(result, "time_to_readmission")


def _curve(curve: Curve, folder: Path) -> Figure:
    lines = [_step_line(arm, curve.risk_days[-1]) for arm in curve.arms]
    file = f"plots/{curve.code}.svg"
    plots.survival(folder / file, lines, ticks=curve.risk_days, vertical="Not readmitted")
    last = curve.risk_days[-1]
    ends = "; ".join(f"{arm.title} {100 * arm.survival_at[-1]:.0f}% of {arm.n}" for arm in curve.arms)
    words = f"Two falling steps from 100% at entry. Not readmitted by day {last}: {ends}."
    note = f"{curve.method}. Bands: {100 * curve.level:g}% pointwise limits. {capitalised(curve.window)}."
    return Figure(curve.code, curve.title, file, words, note)


def _step_line(arm: CurveArm, last: int) -> plots.StepLine:
    """One arm's curve as drawn: on from its last step to the last day, where people are still followed."""
    lower = tuple(1.0 if value is None else value for value in arm.lower)
    upper = tuple(1.0 if value is None else value for value in arm.upper)
    days, share = tuple(float(day) for day in arm.days), arm.survival
    if arm.at_risk[-1] and days[-1] < last:
        days, share = (*days, float(last)), (*share, share[-1])
        lower, upper = (*lower, lower[-1]), (*upper, upper[-1])
    return plots.StepLine(arm.title, days, share, lower, upper, arm.at_risk)


def _nights(result: AnalysisResult) -> tuple[Block, ...]:
    said = say("Difference in mean nights in acute care:", finding(result, "nights_difference"))
    return said + _tables(result, "acute_care")


def _scores(result: AnalysisResult) -> tuple[Block, ...]:
    lead = Paragraph(
        "Raw totals of those interviewed; nothing is filled in for those who were not. The range of each "
        "questionnaire, and which way it runs, stands with the methods. "
        "Secondary outcomes: intervals are not adjusted for their number."
    )
    return (lead, *_tables(result, "followup", "scores"))


def _harms(result: AnalysisResult) -> tuple[Block, ...]:
    said = say("Ratio of the rates of events:", finding(result, "sae_event_ratio"))
    said += say("Odds ratio of having at least one event:", finding(result, "sae_people_fisher"))
    made = _tables(result, "serious_adverse_events")
    return said + made + _unmasked_tables(result, "Relatedness of the events", "relatedness")


def _deviations(result: AnalysisResult) -> tuple[Block, ...]:
    return _tables(result, "deviations", "participation")
