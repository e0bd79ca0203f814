"""The whole analysis of a lock, driven by the protocol: who, what, over what time, against which arm."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from handrail.analysis import (
    baseline,
    care_days,
    conduct,
    delivery,
    flow,
    missing,
    periods,
    publication,
    readmission,
    readmission_tables,
    safety,
    scores,
    time_to_readmission,
)
from handrail.analysis.findings import REHEARSAL, AnalysisResult, DisplayTable, Finding, Frame, ProtocolStamp
from handrail.analysis.locked_table import LockedTable
from handrail.analysis.populations import Population, population, why_not_two_arms
from handrail.analysis.tables import Lock
from handrail.domain.protocol import Protocol
from handrail.domain.refusal import insist

SYNTHETIC = "synthetic"
NOTICES = {
    REHEARSAL: f"{REHEARSAL}: the arms were dealt at random from seed {{seed}}, and the arm file was not "
    "opened. Nothing here says anything about the trial. Meetings, workbooks and relatedness follow from the "
    "arm, so they are not shown.",
    SYNTHETIC: "SYNTHETIC PEOPLE: nobody here is real. A demonstration made them up, and may have arranged "
    "them to reproduce the published figures, so its results are no evidence of anything.",
}


@dataclass(frozen=True)
class Arms:
    """The arms to analyse by: true, with the other sealed tables, or dealt from a seed, without them."""

    by_person: Mapping[str, str]
    source: str
    sealed: Mapping[str, LockedTable] | None = None
    seed: int | None = None

    @property
    def is_scrambled(self) -> bool:
        """Whether this is a rehearsal."""
        return self.sealed is None


def analyse(lock: Lock, arms: Arms, under: Protocol) -> AnalysisResult:
    """Everything that the protocol's plan asks of this lock.

    Raises:
        BadFile: when tables, arms and protocol disagree.
        Refused: when the protocol does not have two arms.
    """
    insist(why_not_two_arms(under.arms))
    people = population(lock.tables, arms.by_person, under=under, arm_file=arms.source)
    frame = frame_of(people, under)
    found = _findings(people, lock.tables, arms, under, frame)
    by_id = {finding.id: finding for finding in found}
    pairs = publication.published(under, by_id)
    curve = time_to_readmission.curve(people, frame, under.outcome.horizon_days)
    tables = (
        *_tables(people, lock.tables, arms, under, by_id),
        *readmission_tables.tables(people, by_id, frame, curve),
        missing.table(tuple(f for f in found if f.id.startswith("missing_")), frame),
        care_days.table(people, by_id, frame),
        publication.table(pairs, by_id),
        periods.table(lock.tables, under, lock.stamp.locked_at),
    )
    result = AnalysisResult(
        arms=people.arms,
        protocol=_protocol_stamp(under),
        lock=lock.stamp,
        is_scrambled=arms.is_scrambled,
        seed=arms.seed,
        notices=_notices(lock.stamp.label, arms),
        findings=found,
        tables=tuple(sorted(tables, key=lambda table: table.code)),
        curves=(curve,) if curve else (),
        flow=flow.flow(people, lock.tables, arms.sealed, under),
        limits=under.analysis.limits,
        published=pairs,
        deviations=conduct.deviations(lock.tables["deviations"]),
    )
    return labelled(result) if arms.is_scrambled else result


def frame_of(people: Population, under: Protocol) -> Frame:
    """The words that the findings about readmission share."""
    return Frame(
        outcome=under.analysis.primary_outcome.sentence,
        population=under.analysis.population.sentence,
        window=f"days 1 to {under.outcome.horizon_days} from entry (day 0)",
        reference=people.reference.title,
        level=under.analysis.interval_level,
    )


def labelled(result: AnalysisResult) -> AnalysisResult:
    """A rehearsal says so in the title of everything it hands on."""

    def title(text: str) -> str:
        return f"{REHEARSAL}: {text}"

    return dataclasses.replace(
        result,
        findings=tuple(dataclasses.replace(f, title=title(f.title)) for f in result.findings),
        tables=tuple(dataclasses.replace(t, title=title(t.title)) for t in result.tables),
        curves=tuple(dataclasses.replace(c, title=title(c.title)) for c in result.curves),
    )


def _findings(
    people: Population, tables: Mapping[str, LockedTable], arms: Arms, under: Protocol, frame: Frame
) -> tuple[Finding, ...]:
    plan = under.analysis
    given = scores.answers(tables["followup"])
    offered = delivery.meetings(people, arms.sealed["delivery"], under) if arms.sealed else ()
    return (
        *readmission.findings(people, frame, plan.adjust_for),
        *missing.findings(people, frame, plan.adjust_for, plan.sensitivity),
        *time_to_readmission.findings(people, frame, plan.adjust_for),
        *care_days.findings(people, frame),
        *safety.findings(people, tables["adverse_events"], frame),
        *scores.findings(people, given, under, frame),
        *delivery.findings(offered, frame),
    )


def _tables(
    people: Population,
    tables: Mapping[str, LockedTable],
    arms: Arms,
    under: Protocol,
    found: dict[str, Finding],
) -> tuple[DisplayTable, ...]:
    """The tables that are not about readmission."""
    given = scores.answers(tables["followup"])
    made = (
        flow.screening_table(tables["screening"], under),
        flow.participation_table(people, tables["participation"], arms.sealed),
        baseline.table(people, tables["baseline"], given, under),
        scores.followup_table(people, given, under, found),
        scores.scores_table(people, given, under, found),
        safety.table(people, tables["adverse_events"], found),
        conduct.table(people, tables["deviations"]),
    )
    if arms.sealed is None:
        return made
    offered = delivery.meetings(people, arms.sealed["delivery"], under)
    return (
        *made,
        *((delivery.sessions_table(offered, found),) if offered else ()),
        delivery.workbook_table(people, arms.sealed["post"], under),
        safety.relatedness_table(people, arms.sealed["relatedness"]),
    )


def _notices(label: str, arms: Arms) -> tuple[str, ...]:
    said = [NOTICES[REHEARSAL].format(seed=arms.seed)] if arms.is_scrambled else []
    if label:
        said.append(NOTICES.get(label, label))
    return tuple(said)


def _protocol_stamp(under: Protocol) -> ProtocolStamp:
    programme = under.programme
    return ProtocolStamp(
        title=programme.title,
        version=programme.version,
        file_hash=under.file_hash,
        short_title=programme.short_title,
        registration=programme.registration,
    )
