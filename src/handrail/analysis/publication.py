"""The figures that a paper printed, each beside our own finding of the same thing."""

from __future__ import annotations

from handrail.analysis import wording
from handrail.analysis.findings import DisplayTable, Finding, Published
from handrail.domain.protocol import Protocol, PublishedFigure

PAIRS = {
    "odds_ratio": "readmission_or_adjusted",
    "hazard_ratio": "time_hr_stratified",
    "satisfaction_difference": "score_difference.month_4.csq_8",
}
ARM_PAIRS = {  # code before the arm's code → id before the arm's code
    "randomised": "randomised",
    "outcome_known": "outcome_known",
    "readmitted": "readmitted",
    "mean_days": "days_to_readmission_mean",
    "serious_events": "sae_events",
    "three_sessions_percent": "sessions_adherent",
}


def published(under: Protocol, found: dict[str, Finding]) -> tuple[Published, ...]:
    """Each published figure with the id of our own; blank where we have none."""
    return tuple(
        Published(
            code=figure.code,
            title=figure.title,
            estimate=figure.estimate,
            lower=figure.lower,
            upper=figure.upper,
            p=figure.p,
            source=figure.source,
            finding_id=_finding_id(figure, under, found),
        )
        for figure in under.published
    )


def _finding_id(figure: PublishedFigure, under: Protocol, found: dict[str, Finding]) -> str:
    """The id to set beside a figure: by its code, or by a code that ends in an arm's (or needs no arm)."""
    wanted = [PAIRS.get(figure.code, figure.code)]
    for arm in under.arms:
        stem = figure.code.removesuffix(f"_{arm.code}")
        if stem != figure.code or arm.peer_sessions:
            wanted.append(f"{ARM_PAIRS.get(stem, stem)}.{arm.code}")
    return next((finding_id for finding_id in wanted if finding_id in found), "")


def table(pairs: tuple[Published, ...], found: dict[str, Finding]) -> DisplayTable:
    """Published and ours, side by side, to the places that the paper printed."""
    rows = tuple(
        (
            pair.title,
            _figure(pair.estimate, pair.lower, pair.upper, _places(pair)),
            wording.p_value(pair.p),
            *_ours(pair, found),
            pair.source,
        )
        for pair in pairs
    )
    columns = ("", "Published", "p", "Here", "p", "Source of the published figure")
    note = "Ours to the places that the paper printed; a dash where this lock has no such number."
    return DisplayTable("published", "Beside the published figures", columns, rows, note)


def _places(pair: Published) -> int:
    """How many places the paper printed, as far as the number shows."""
    numbers = [n for n in (pair.estimate, pair.lower, pair.upper) if n is not None]
    return max(len(f"{n:g}".partition(".")[2]) for n in numbers)


def _figure(estimate: float | None, lower: float | None, upper: float | None, places: int) -> str:
    shown = wording.number(estimate, places)
    if lower is None or upper is None:
        return shown
    return f"{shown} ({wording.number(lower, places)} to {wording.number(upper, places)})"


def _ours(pair: Published, found: dict[str, Finding]) -> tuple[str, str]:
    finding = found.get(pair.finding_id)
    if finding is None:
        return wording.NONE, wording.NONE
    limits = (finding.lower, finding.upper) if pair.lower is not None else (None, None)
    return _figure(finding.estimate, *limits, _places(pair)), wording.p_value(finding.p)
