"""The outcome report: a trial's result, in the order of CONSORT 2025, as a web page and a tagged PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from handrail.analysis import wording
from handrail.analysis.findings import AnalysisResult
from handrail.domain.dates import LONDON
from handrail.domain.protocol import Protocol
from handrail.reports import methods, results, typeset, web_page
from handrail.reports.document import Bullets, Document, KeyFigure, Notice, Paragraph, Section, numbered
from handrail.reports.results import finding
from handrail.reports.sentences import (
    direction,
    estimate,
    interval,
    long_date,
    number,
    p_value,
    percentage_points,
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
            *results.sections(result, folder),
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


def _label(result: AnalysisResult) -> str:
    marks = []
    if result.is_scrambled:
        marks.append("REHEARSAL ON SCRAMBLED ARMS: no result here is real")
    if result.lock.label:
        marks.append("SYNTHETIC PEOPLE: a demonstration")
    return ". ".join(marks)


def _key_figures(result: AnalysisResult) -> tuple[KeyFigure, ...]:
    keys = []
    risks = [finding(result, f"readmission_risk.{arm.code}") for arm in result.arms]
    if all(risks):
        shares = " v ".join(f"{number(100 * (risk.estimate or 0), 0)}%" for risk in risks if risk)
        counts = " v ".join(f"{risk.events}/{risk.n}" for risk in risks if risk)
        gap = finding(result, "readmission_rd_marginal")
        apart = (
            f"; difference {percentage_points(gap)}" if gap is not None and gap.estimate is not None else ""
        )
        keys.append(KeyFigure(shares, "Readmitted", f"{counts}{apart}"))
    for code, meaning in (
        ("readmission_or_adjusted", "Odds ratio, adjusted"),
        ("time_hr_stratified", "Hazard ratio"),
    ):
        found = finding(result, code)
        if found is not None:
            detail = "; ".join(part for part in (interval(found), p_value(found.p), f"n={found.n}") if part)
            keys.append(KeyFigure(wording.estimate(found), meaning, detail))
    return tuple(keys)


def _summary(result: AnalysisResult) -> Section:
    arms = " and ".join(f"{arm.count} to “{arm.title}”" for arm in result.arms)
    text = f"{result.flow.randomised} people were randomised: {arms}. "
    primary = finding(result, "readmission_or_adjusted")
    cited: tuple[str, ...] = ()
    if primary is not None:
        leaning = direction(
            primary,
            fewer="Fewer people were readmitted than in the reference arm",
            more=results.MORE_READMITTED,
        )
        text += f"{leaning}: adjusted odds ratio {estimate(primary)}. "
        cited += (primary.id,)
    hazard = finding(result, "time_hr_stratified")
    if hazard is not None:
        text += f"Time to first readmission: hazard ratio {estimate(hazard)}. "
        cited += (hazard.id,)
    events = [finding(result, f"sae_events.{arm.code}") for arm in result.arms]
    if all(events):
        counts = " v ".join(str(found.events) for found in events if found)
        rate = finding(result, "sae_event_ratio")
        ratio = (
            f", ratio of the rates {estimate(rate)}" if rate is not None and rate.estimate is not None else ""
        )
        text += f"Serious adverse events: {counts}{ratio}."
        cited += tuple(found.id for found in (*events, rate) if found)
    notices = tuple(Notice("Please note.", notice) for notice in result.notices)
    return Section("summary", "Summary", "item 1", (*notices, Paragraph(text, cited)))


def _limits(result: AnalysisResult) -> Section:
    lead = Paragraph("The authors of the protocol state these limits:")
    return Section("limits", "Limits", "item 30", (lead, Bullets(result.limits)))


def _colophon(result: AnalysisResult) -> tuple[tuple[str, str], ...]:
    return (
        ("Protocol", f"{result.protocol.title}, version {result.protocol.version}"),
        ("Registration", result.protocol.registration),
        ("Protocol file (SHA-256)", result.protocol.file_hash),
        ("Data locked at", result.lock.locked_at),
        ("Locked tables (SHA-256)", result.lock.table_hash),
        ("Form of the findings", result.form),
        (
            "Left to the authors",
            "CONSORT 2025 items 4, 6 to 8, 23b (why the trial ended), 29, and the reasoning behind the "
            "target (16).",
        ),
        ("How numbers are made", "Every number is a finding in findings.json; this document computes none."),
    )
