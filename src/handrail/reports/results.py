"""The results sections of a report, in the order of CONSORT 2025, from findings and finished tables."""

from __future__ import annotations

from pathlib import Path

from handrail.analysis.findings import AnalysisResult, Curve, DisplayTable, Finding, Published
from handrail.reports import flow_diagram, plots
from handrail.reports.document import Block, Figure, Grid, Paragraph, Section
from handrail.reports.sentences import capitalised, direction, estimate, number, percentage_points, provenance

DIGITS = frozenset("0123456789−–-<p. ")
BELOW_ONE = "Ratio (logarithmic scale); below 1 favours the arm compared with the reference"


def sections(result: AnalysisResult, folder: Path) -> tuple[Section, ...]:
    """Results: flow, delivery, baseline, outcomes, harms, deviations. Draws into ``folder/plots``."""
    (folder / "plots").mkdir(exist_ok=True)
    return (
        Section("flow", "Results: flow of people", "items 22, 23", _flow(result, folder)),
        Section("delivery", "Results: what was delivered", "item 24", _delivery(result)),
        Section("baseline", "Results: people at baseline", "item 25", _tables(result, "baseline")),
        Section("primary", "Results: readmission within the window", "item 26", _primary(result, folder)),
        Section("time", "Results: time to first readmission", "item 26", _time(result, folder)),
        Section("nights", "Results: days in acute care", "item 26", _nights(result)),
        Section("scores", "Results: interviews and questionnaires", "item 26", _scores(result)),
        Section("harms", "Results: serious adverse events", "item 27", _harms(result)),
        Section("deviations", "Results: deviations and changes", "item 10", _deviations(result)),
    )


def _flow(result: AnalysisResult, folder: Path) -> tuple[Block, ...]:
    screening = tuple(_grid(table) for table in result.tables if table.code == "screening")
    return (*flow_diagram.draw(result.flow, folder), *screening)


def finding(result: AnalysisResult, finding_id: str) -> Finding | None:
    """The finding of this id, or none where the analysis could not make it."""
    return next((found for found in result.findings if found.id == finding_id), None)


def _grid(table: DisplayTable) -> Grid:
    """A finished table as a block; a column whose every cell is a number is set flush right."""
    numeric = tuple(
        index
        for index in range(1, len(table.columns))
        if all(set(row[index][:1]) <= DIGITS for row in table.rows)
    )
    return Grid(table.code, table.title, table.columns, table.rows, table.note, numeric)


def _tables(result: AnalysisResult, *codes: str) -> tuple[Block, ...]:
    made = tuple(_grid(table) for code in codes for table in result.tables if table.code == code)
    return made or (Paragraph("Nothing to show: the locked data hold no such records."),)


def _say(lead: str, found: Finding | None, words: str = "") -> tuple[Paragraph, ...]:
    """A sentence around one finding, followed by what stands behind it; nothing where it is missing."""
    if found is None:
        return ()
    text = f"{lead} {words or estimate(found)}. [{provenance(found)}.]"
    return (Paragraph(text, (found.id,)),)


def _delivery(result: AnalysisResult) -> tuple[Block, ...]:
    held = tuple(found for found in result.findings if found.id.startswith("sessions_adherent."))
    said: tuple[Block, ...] = ()
    for found in held:
        share = f"{number(found.estimate, 0)}% ({found.events} of {found.n})"
        said += _say("Enough sessions to count as adherent were held with", found, share)
    return said + _tables(result, "sessions", "workbook")


def _primary(result: AnalysisResult, folder: Path) -> tuple[Block, ...]:
    primary = finding(result, "readmission_or_adjusted")
    blocks: tuple[Block, ...] = ()
    if primary is not None:
        leaning = direction(
            primary, fewer="Fewer people were readmitted than in the reference arm", more=MORE_READMITTED
        )
        blocks += (Paragraph(f"{leaning}.", (primary.id,)),)
    blocks += _say("Odds ratio adjusted for the strata:", primary)
    likelihood = finding(result, "readmission_or_adjusted_lr")
    blocks += _say("The same by profile likelihood:", likelihood)
    crude = finding(result, "crude_or_wald")
    blocks += _say("Crude odds ratio:", crude)
    for code, lead in RISKS:
        found = finding(result, code)
        words = percentage_points(found) if found and found.scale == "risk difference" else ""
        blocks += _say(lead, found, words)
    blocks += _tables(
        result, "primary", "crude", "missing_bounds", "outcome_status", "first_service", "teams"
    )
    return blocks + _beside_published(result, folder)


MORE_READMITTED = "More people were readmitted than in the reference arm: the direction is harm"
RISKS = (
    ("readmission_rd_marginal", "Risk difference, standardised over the strata:"),
    ("readmission_rr_marginal", "Risk ratio, standardised over the strata:"),
    ("crude_rd_newcombe", "Crude risk difference:"),
    ("crude_rr_log_wald", "Crude risk ratio:"),
)


def _beside_published(result: AnalysisResult, folder: Path) -> tuple[Block, ...]:
    tables = tuple(_grid(table) for table in result.tables if table.code == "published")
    lines = [line for paper in result.published for line in _pair(paper, finding(result, paper.finding_id))]
    if not lines:
        return tables
    plots.estimates(folder / "plots" / "published.svg", lines, horizontal=BELOW_ONE)
    told = "; ".join(f"{line.title}: {line.words}" for line in lines)
    drawn = Figure("published", "Our ratios and the published ones", "plots/published.svg", f"{told}.")
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
        words = f"{number(found.estimate)} ({number(found.lower)} to {number(found.upper)})"
        label = f"{title}: {ours.scale}"
        lines.append(plots.EstimateLine(label, found.estimate, found.lower, found.upper, words, is_ours))
    return lines


def _time(result: AnalysisResult, folder: Path) -> tuple[Block, ...]:
    blocks: tuple[Block, ...] = ()
    for curve in result.curves:
        blocks += (_curve(curve, folder),)
    blocks += _tables(result, "time_at_risk")
    blocks += _say("Hazard ratio, stratified:", finding(result, "time_hr_stratified"))
    blocks += _say("Hazard ratio, adjusted:", finding(result, "time_hr_adjusted"))
    logrank = finding(result, "time_logrank_stratified")
    if logrank is not None and logrank.p is not None:
        blocks += _say("Log-rank test, stratified:", logrank, f"p={logrank.p:.4f}")
    return blocks + _tables(result, "time_to_readmission")


def _curve(curve: Curve, folder: Path) -> Figure:
    lines = []
    for arm in curve.arms:
        lower = tuple(1.0 if value is None else value for value in arm.lower)
        upper = tuple(1.0 if value is None else value for value in arm.upper)
        days = tuple(float(day) for day in arm.days)
        lines.append(plots.StepLine(arm.title, days, arm.survival, lower, upper, arm.at_risk))
    file = f"plots/{curve.code}.svg"
    plots.survival(folder / file, lines, ticks=curve.risk_days, vertical="Not readmitted")
    last = curve.risk_days[-1]
    ends = "; ".join(f"{arm.title} {100 * arm.survival_at[-1]:.0f}% of {arm.n}" for arm in curve.arms)
    words = f"Two falling steps from 100% at entry. Not readmitted by day {last}: {ends}."
    note = f"{curve.method}. Bands: {100 * curve.level:g}% pointwise limits. {capitalised(curve.window)}."
    return Figure(curve.code, curve.title, file, words, note)


def _nights(result: AnalysisResult) -> tuple[Block, ...]:
    said = _say("Difference in mean nights in acute care:", finding(result, "nights_difference"))
    return said + _tables(result, "acute_care")


def _scores(result: AnalysisResult) -> tuple[Block, ...]:
    lead = Paragraph(
        "Raw totals of those interviewed; nothing is filled in for those who were not. "
        "Secondary outcomes: intervals are not adjusted for their number."
    )
    return (lead, *_tables(result, "followup", "scores"))


def _harms(result: AnalysisResult) -> tuple[Block, ...]:
    said = _say("Ratio of event counts:", finding(result, "sae_event_ratio"))
    people = finding(result, "sae_people_fisher")
    if people is not None and people.p is not None:
        said += _say("People with at least one event, Fisher's exact test:", people, f"p={people.p:.3f}")
    return said + _tables(result, "serious_adverse_events", "relatedness")


def _deviations(result: AnalysisResult) -> tuple[Block, ...]:
    return _tables(result, "deviations", "participation")
