"""The outcome report: a trial's result, in the order of CONSORT 2025, as a web page and a tagged PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from handrail.analysis import wording
from handrail.analysis.findings import REHEARSAL, AnalysisResult, Finding
from handrail.domain.dates import LONDON
from handrail.domain.protocol import Protocol
from handrail.reports import methods, results, typeset, web_page
from handrail.reports.document import (
    Bullets,
    Document,
    Figure,
    Grid,
    KeyFigure,
    Notice,
    Paragraph,
    Section,
    numbered,
)
from handrail.reports.results import finding
from handrail.reports.sentences import (
    arms_apart,
    capitalised,
    interval,
    long_date,
    number,
    p_value,
    percentage_points,
    provenance,
)


def write(
    result: AnalysisResult,
    protocol: Protocol,
    folder: Path,
    *,
    say: Callable[[str], None] = lambda _: None,
) -> tuple[Path, Path]:
    """Write ``index.html``, ``report.pdf``, stylesheet and drawings into an existing, empty folder.

    Returns the page's and the PDF's path. ``say`` is told what is happening. The same result and protocol
    give the same bytes.
    """
    say("drawing the figures")
    document = make(result, protocol, folder)
    say("setting the page")
    page = web_page.write(document, folder)
    say("setting the PDF")
    return page, typeset.write(document, folder)


def make(result: AnalysisResult, protocol: Protocol, folder: Path) -> Document:
    """The report as a document; drawings are written into ``folder/plots``."""
    moment = datetime.fromisoformat(result.lock.locked_at).astimezone(LONDON)
    sections = numbered(
        (
            _summary(result),
            *methods.sections(protocol),
            *(_labelled(section, result) for section in results.sections(result, folder)),
            _limits(result),
        )
    )
    return Document(
        title=protocol.programme.title,
        subtitle="Report of a randomised trial",
        running_title=f"{protocol.programme.short_title}: report of a randomised trial",
        label=_label(result),
        dated=f"Data locked on {long_date(moment)}",
        date_parts=(moment.year, moment.month, moment.day),
        key_figures=_key_figures(result),
        sections=sections,
        colophon=_colophon(result),
    )


def _labelled(section: Section, result: AnalysisResult) -> Section:
    """In a rehearsal every table and drawing of the results says so, also when it is copied out alone."""
    if not result.is_scrambled:
        return section
    blocks = tuple(
        replace(block, title=f"{REHEARSAL}: {block.title}")
        if isinstance(block, Grid | Figure) and not block.title.startswith(REHEARSAL)
        else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks)


def _label(result: AnalysisResult) -> str:
    marks = []
    if result.is_scrambled:
        marks.append(f"{REHEARSAL}: no result here is real")
    if result.lock.label:
        marks.append("SYNTHETIC PEOPLE: a demonstration")
    return ". ".join(marks)


def _key_figures(result: AnalysisResult) -> tuple[KeyFigure, ...]:
    keys = [key for key in (_shares(result),) if key is not None]
    for code, meaning in (
        ("readmission_or_adjusted", "Odds ratio of readmission"),
        ("time_hr_stratified", "Hazard ratio of readmission"),
    ):
        found = finding(result, code)
        if found is not None:
            detail = "; ".join(part for part in (interval(found), p_value(found.p)) if part)
            keys.append(KeyFigure(wording.estimate(found), meaning, detail, _basis(found)))
    return tuple(keys)


def _basis(found: Finding) -> str:
    return f"{capitalised(provenance(found))}."


def _shares(result: AnalysisResult) -> KeyFigure | None:
    """The share readmitted in each arm with its limits, and their difference with its own method."""
    risks = [finding(result, f"readmission_risk.{arm.code}") for arm in result.arms]
    known = [risk for risk in risks if risk is not None]
    if len(known) != len(risks):
        return None
    value = " v ".join(f"{number(100 * (risk.estimate or 0), 0)}%" for risk in known)
    parts = []
    for risk in known:
        limits = wording.interval(risk, 1, 100.0)
        parts.append(f"{risk.events} of {risk.n} ({wording.level_name(risk.level or 0.95)} {limits}%)")
    first = known[0]
    people = first.population[:1].lower() + first.population[1:]
    basis = f"{capitalised(first.window)}; {people}; shares: {first.method}'s limits"
    gap = finding(result, "readmission_rd_marginal")
    if gap is not None and gap.estimate is not None:
        adjusted = f", {how}," if (how := gap.title.partition(", ")[2]) else ""
        parts.append(f"difference{adjusted} {percentage_points(gap)}")
        basis += f"; difference: n={gap.n}, {gap.method}"
    return KeyFigure(value, "Readmitted", "; ".join(parts), f"{basis}.")


def _summary(result: AnalysisResult) -> Section:
    notices = tuple(Notice("Please note.", notice) for notice in result.notices)
    arms = " and ".join(f"{arm.count} to “{arm.title}”" for arm in result.arms)
    lead = f"{result.flow.randomised} people were randomised: {arms}."
    if result.is_scrambled:
        lead = (
            f"{result.flow.randomised} people were randomised. For this rehearsal they were dealt again, at "
            f"random: {arms}. What follows compares those."
        )
    blocks: tuple[Paragraph, ...] = (Paragraph(lead),)
    primary = finding(result, "readmission_or_adjusted")
    if primary is not None:
        leaning = arms_apart(primary, *(arm.title for arm in result.arms))
        blocks += results.say(f"{leaning}. Adjusted odds ratio:", primary)
    blocks += results.say("Hazard ratio of first readmission:", finding(result, "time_hr_stratified"))
    events = [finding(result, f"sae_events.{arm.code}") for arm in result.arms]
    if all(events):
        counts = " v ".join(f"{found.events} in {found.n} people" for found in events if found)
        blocks += results.say(
            f"Serious adverse events: {counts}. Ratio of the rates:", finding(result, "sae_event_ratio")
        )
    return Section("summary", "Summary", "item 1", (*notices, *blocks))


def _limits(result: AnalysisResult) -> Section:
    lead = Paragraph("The authors of the protocol state these limits:")
    return Section("limits", "Limits", "item 30", (lead, Bullets(result.limits)))


def _colophon(result: AnalysisResult) -> tuple[tuple[str, str], ...]:
    said = f"dealt at random for a rehearsal, from seed {result.seed}"
    dealt = (("Arms", said),) if result.is_scrambled else ()
    return (
        ("Protocol", f"{result.protocol.title}, version {result.protocol.version}"),
        ("Registration", result.protocol.registration),
        ("Protocol file (SHA-256)", result.protocol.file_hash),
        ("Data locked at", result.lock.locked_at),
        ("Locked tables (SHA-256)", result.lock.table_hash),
        *dealt,
        ("Form of the findings", result.form),
        (
            "Left to the authors",
            "CONSORT 2025 items 4, 6 to 8, 23b (why the trial ended), 29, and the reasoning behind the "
            "target (16).",
        ),
        ("How numbers are made", "Every number is a finding in findings.json; this document computes none."),
    )
