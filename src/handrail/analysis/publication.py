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
LETTERS = "abcdefghijklmnopqrstuvwxyz"
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
    """Published and ours, side by side, to the paper's places; what stands behind each below."""
    letters = {source: letter for source, letter in zip(_sources(pairs), LETTERS, strict=False)}
    ways = dict.fromkeys(_way(found[pair.finding_id]) for pair in pairs if pair.finding_id in found)
    numbers = {way: str(number) for number, way in enumerate(ways, 1)}
    rows = tuple(
        (
            pair.title,
            _figure(pair.estimate, pair.lower, pair.upper, _places(pair)),
            wording.p_value(pair.p),
            letters.get(pair.source, pair.source),
            *_ours(pair, found.get(pair.finding_id), numbers),
        )
        for pair in pairs
    )
    columns = ("", "Published", "p", "Source", "Here", "p", "n", "How")
    named = " ".join(f"({letter}) {source}." for source, letter in letters.items())
    how = " ".join(f"({number}) {way}." for way, number in numbers.items())
    note = "Estimates with 95% limits; a dash: no such number, or the paper printed none. Counts have none."
    note += f" Sources: {named}" if named else ""
    note += f" Here: {how}" if how else ""
    return DisplayTable("published", "Beside the published figures", columns, rows, note)


def _way(finding: Finding) -> str:
    """The method, people and window behind one of our numbers."""
    parts = (finding.method, finding.population[:1].lower() + finding.population[1:], finding.window)
    return wording.sentence("; ".join(parts))


def _sources(pairs: tuple[Published, ...]) -> tuple[str, ...]:
    """Each source once, in the order in which the figures name them."""
    return tuple(dict.fromkeys(pair.source for pair in pairs))


def _places(pair: Published) -> int:
    """How many places the paper printed, as far as the number shows."""
    numbers = [n for n in (pair.estimate, pair.lower, pair.upper) if n is not None]
    return max(len(f"{n:g}".partition(".")[2]) for n in numbers)


def _figure(estimate: float | None, lower: float | None, upper: float | None, places: int) -> str:
    shown = wording.number(estimate, places)
    if lower is None or upper is None:
        return shown
    return f"{shown} ({wording.number(lower, places)} to {wording.number(upper, places)})"


def _ours(pair: Published, finding: Finding | None, numbers: dict[str, str]) -> tuple[str, str, str, str]:
    """Our number with its interval, its p, its n, and the number of what stands behind it."""
    if finding is None:
        return wording.NONE, wording.NONE, wording.NONE, wording.NONE
    places = wording.places_for(finding, _places(pair))
    shown = _figure(finding.estimate, finding.lower, finding.upper, places)
    people = wording.NONE if finding.n is None else str(finding.n)
    return shown, wording.p_value(finding.p), people, numbers[_way(finding)]
