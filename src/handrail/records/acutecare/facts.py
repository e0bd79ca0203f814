"""What may be read of acute-care records: frozen values only. Masked: nothing here differs by arm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.domain.adjudication import OPEN_TO_DECISION, Decision, settled
from handrail.domain.readmission import Outcome
from handrail.domain.words import OutcomeStatus
from handrail.records.acutecare import models

OUTCOME_FIELDS = (
    "status",
    "readmitted",
    "day",
    "first_service",
    "nights",
    "calendar_days",
    "followed_days",
    "day_from_index_end",
)


@dataclass(frozen=True)
class FileFacts:
    """One file that was read: what came of its rows."""

    id: UUID
    name: str
    covers_until: date
    row_count: int
    kept_count: int
    refused_count: int
    read_at: datetime


@dataclass(frozen=True)
class RefusedFacts:
    """One row of a file that a rule refused."""

    line: int
    rule: str
    column: str
    problem: str


@dataclass(frozen=True)
class SourceFacts:
    """One row that an episode was made of: from which file and line, and how it came to belong."""

    file_name: str
    line: int
    service: str
    provider: str
    start_on: date
    end_on: date | None
    joined: str


@dataclass(frozen=True)
class EpisodeFacts:
    """One episode with its provenance."""

    start_on: date
    end_on: date
    is_index: bool
    first_services: str
    sources: tuple[SourceFacts, ...]


def files() -> tuple[FileFacts, ...]:
    """Every file that was read, the latest first."""
    rows = models.ExtractFile.objects.order_by("-read_at", "name")
    return tuple(
        FileFacts(
            row.id,
            row.name,
            row.covers_until,
            row.row_count,
            row.kept_count,
            row.refused_count,
            row.read_at,
        )
        for row in rows
    )


def refused_rows(file_id: UUID) -> tuple[RefusedFacts, ...]:
    """The rows of one file that a rule refused, in the file's order."""
    rows = models.RefusedRow.objects.filter(extract_id=file_id).order_by("line", "rule")
    return tuple(RefusedFacts(row.line, row.rule, row.column, row.problem) for row in rows)


def unmatched_row_count() -> int:
    """How many rows belong to nobody registered: kept, counted, and shown to the data desk."""
    matched = models.Match.objects.values("person_key")
    return models.SpellRow.objects.exclude(person_key__in=matched).count()


def episodes(registration_id: UUID) -> tuple[EpisodeFacts, ...]:
    """One person's episodes, in order, with the rows each was made of."""
    rows = models.Episode.objects.filter(registration_id=registration_id).order_by("start_on")
    return tuple(
        EpisodeFacts(row.start_on, row.end_on, row.is_index, row.first_services, _sources(row))
        for row in rows.prefetch_related("sources__spell__extract")
    )


def _sources(episode: models.Episode) -> tuple[SourceFacts, ...]:
    found = (
        SourceFacts(
            source.spell.extract.name,
            source.spell.line,
            source.spell.service,
            source.spell.provider,
            source.spell.start_on,
            source.spell.end_on,
            source.joined,
        )
        for source in episode.sources.all()
    )
    return tuple(sorted(found, key=lambda one: (one.start_on, one.file_name, one.line)))


def outcomes_from_records(registration_id: UUID | None = None) -> dict[UUID, Outcome]:
    """What the records alone say, by registration, as last linked."""
    rows = models.Outcome.objects.all()
    if registration_id is not None:
        rows = rows.filter(registration_id=registration_id)
    return {
        row[0]: Outcome(OutcomeStatus(row[1]), *row[2:])
        for row in rows.values_list("registration_id", *OUTCOME_FIELDS)
    }


def outcomes(registration_id: UUID | None = None) -> dict[UUID, Outcome]:
    """The outcomes that count, by registration: the records', or the adjudicator's where they cannot say."""
    decided = decisions()
    found = outcomes_from_records(registration_id)
    return {key: settled(outcome, decided.get(key)) for key, outcome in found.items()}


def decisions() -> dict[UUID, Decision]:
    """The latest decision on each person, by registration."""
    return {
        row.registration_id: Decision(OutcomeStatus(row.status), row.day, row.first_service, row.grounds)
        for row in models.Adjudication.objects.order_by("decided_at", "id")
    }


def undecided() -> tuple[UUID, ...]:
    """The registrations whose outcome waits for the adjudicator."""
    decided = decisions()
    waiting = models.Outcome.objects.filter(status__in=[status.value for status in OPEN_TO_DECISION])
    numbers = waiting.order_by("registration__study_number").values_list("registration_id", flat=True)
    return tuple(number for number in numbers if number not in decided)


def linked_by() -> frozenset[str]:
    """The hashes of the definitions by which the stored outcomes were worked out; one, when all is well."""
    return frozenset(models.Outcome.objects.values_list("definition_hash", flat=True))


def records_ends() -> dict[UUID, date | None]:
    """The last day on which somebody's records could be seen, where one was recorded: the latest word."""
    rows = models.RecordsEnd.objects.order_by("recorded_at", "id")
    return dict(rows.values_list("registration_id", "observed_until"))


def status_counts(outcomes_found: Iterable[Outcome]) -> dict[OutcomeStatus, int]:
    """How many people have each status: pooled, never by arm."""
    counts = dict.fromkeys(OutcomeStatus, 0)
    for outcome in outcomes_found:
        counts[outcome.status] += 1
    return counts
