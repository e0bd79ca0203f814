"""Writes acute-care records: files as they came, people matched, outcomes worked out, decisions. Masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from handrail.domain.adjudication import Decision, why_not_adjudicate, why_not_end_records
from handrail.domain.dates import in_words, local_date
from handrail.domain.protocol import OutcomeDefinition
from handrail.domain.refusal import Conflict, Reason, insist, only
from handrail.domain.words import Because, Event, OutcomeStatus
from handrail.records.acutecare import facts, linkage, models
from handrail.records.acutecare.linkage import WorkedOut
from handrail.records.audit import actions as audit
from handrail.records.encryption import blind_index
from handrail.records.enrolment import facts as enrolment

BATCH = 400


@dataclass(frozen=True)
class NewRow:
    """One row that a file held, checked; ``person_number`` is a study or an NHS number, and is not kept."""

    line: int
    person_number: str
    service: str
    provider: str
    start_on: date
    end_on: date | None


@dataclass(frozen=True)
class NewRefusal:
    """One row that a rule refused: which, and where; never its content."""

    line: int
    person_number: str
    rule: str
    column: str
    problem: str


@dataclass(frozen=True)
class NewFile:
    """A file as it came: its name, the hash of its bytes, the last day that it covers, and its rows."""

    name: str
    sha256: str
    covers_until: date
    rows: tuple[NewRow, ...]
    refused: tuple[NewRefusal, ...]


@transaction.atomic
def keep_file(file: NewFile, *, by: UUID, at: datetime) -> UUID:
    """Keep a file's rows. The same bytes again change nothing, and give the same answer.

    Raises:
        Refused: when it covers days to come.
        Conflict: when somebody reads the same file at the same moment.
    """
    known = _known(file.sha256)
    if known is not None:
        return known
    on = local_date(at)
    insist(only((file.covers_until > on, Reason(Because.DAY_TO_COME, in_words(file.covers_until)))))
    extract = _new_extract(file, by=by, at=at)
    _keep_rows(extract, file)
    audit.note(Event.EXTRACT_READ, about=extract.id, by=by, at=at, detail={"rows": extract.row_count})
    return extract.id


def _known(sha256: str) -> UUID | None:
    return models.ExtractFile.objects.filter(sha256=sha256).values_list("id", flat=True).first()


def _new_extract(file: NewFile, *, by: UUID, at: datetime) -> models.ExtractFile:
    extract = models.ExtractFile(
        name=file.name,
        sha256=file.sha256,
        covers_until=file.covers_until,
        row_count=len(file.rows) + len(file.refused),
        kept_count=len(file.rows),
        refused_count=len(file.refused),
        read_at=at,
        read_by=by,
    )
    try:
        with transaction.atomic():
            extract.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("extract") from error  # somebody reads the same file at this moment
    return extract


def _keep_rows(extract: models.ExtractFile, file: NewFile) -> None:
    numbers = {row.person_number for row in file.rows} | {row.person_number for row in file.refused}
    keys = {number: blind_index(number) for number in numbers}
    models.SpellRow.objects.bulk_create(
        (
            models.SpellRow(
                extract=extract,
                line=row.line,
                person_key=keys[row.person_number],
                service=row.service,
                provider=row.provider,
                start_on=row.start_on,
                end_on=row.end_on,
            )
            for row in file.rows
        ),
        batch_size=BATCH,
    )
    models.RefusedRow.objects.bulk_create(
        (
            models.RefusedRow(
                extract=extract,
                line=row.line,
                person_key=keys[row.person_number],
                rule=row.rule,
                column=row.column,
                problem=row.problem,
            )
            for row in file.refused
        ),
        batch_size=BATCH,
    )


@transaction.atomic
def link(*, under: OutcomeDefinition, by: UUID, at: datetime) -> int:
    """Match rows to people, and work out everybody's outcome; returns how many. Safe to repeat."""
    models.ExtractFile.objects.select_for_update().values_list("id").first()
    _match(at)
    found = linkage.worked_out(under=under)
    models.EpisodeRow.objects.all().delete()
    models.Episode.objects.all().delete()
    models.Outcome.objects.all().delete()
    _write_outcomes(found, definition=linkage.definition_hash(under), at=at)
    _write_episodes(found)
    audit.note(Event.RECORDS_LINKED, about=None, by=by, at=at, detail={"people": len(found)})
    return len(found)


def _match(at: datetime) -> None:
    """Remember which number in the files stands for whom."""
    done = set(models.Match.objects.values_list("person_key", flat=True))
    present = set(models.SpellRow.objects.values_list("person_key", flat=True).distinct())
    models.Match.objects.bulk_create(
        (
            models.Match(person_key=key, registration_id=registration_id, matched_at=at)
            for key, registration_id in linkage.keys_of_registered().items()
            if key in present and key not in done
        ),
        batch_size=BATCH,
    )


def _write_outcomes(found: tuple[WorkedOut, ...], *, definition: str, at: datetime) -> None:
    models.Outcome.objects.bulk_create(
        (
            models.Outcome(
                registration_id=one.registration_id,
                definition_hash=definition,
                linked_at=at,
                **{name: getattr(one.outcome, name) for name in facts.OUTCOME_FIELDS},
            )
            for one in found
        ),
        batch_size=BATCH,
    )


def _write_episodes(found: tuple[WorkedOut, ...]) -> None:
    made = [
        (
            models.Episode(
                registration_id=one.registration_id,
                start_on=episode.start_on,
                end_on=episode.end_on,
                is_index=episode.start_on <= one.entered_on,
                first_services="+".join(episode.first_services),
            ),
            episode.rows,
        )
        for one in found
        for episode in one.episodes
    ]
    models.Episode.objects.bulk_create((row for row, _ in made), batch_size=BATCH)
    models.EpisodeRow.objects.bulk_create(
        (
            models.EpisodeRow(episode=row, spell_id=UUID(str(source)), joined=joined)
            for row, sources in made
            for source, joined in sources
        ),
        batch_size=BATCH,
    )


@transaction.atomic
def adjudicate(
    registration_id: UUID, decision: Decision, *, under: OutcomeDefinition, by: UUID, at: datetime
) -> None:
    """Record a decision where the records cannot say. Raises: NotFound, Refused."""
    current = _locked(registration_id)
    insist(why_not_adjudicate(current, decision, under=under))
    assert current is not None  # the rule above refuses when there is none
    models.Adjudication.objects.create(
        registration_id=registration_id,
        status_before=current,
        status=decision.status,
        day=decision.day,
        first_service=decision.first_service,
        grounds=decision.grounds,
        decided_by=by,
        decided_at=at,
    )
    audit.note(Event.OUTCOME_DECIDED, about=registration_id, by=by, at=at)


@transaction.atomic
def end_records(registration_id: UUID, observed_until: date | None, *, by: UUID, at: datetime) -> None:
    """Record the last day on which somebody's records could be seen, as after a move; none takes it back.

    Raises: NotFound, Refused.
    """
    enrolment.hold(registration_id)
    enrolment.registration(registration_id)
    entry = enrolment.entry_of(registration_id)
    insist(
        why_not_end_records(
            observed_until,
            entered_on=entry.entered_on if entry else None,
            ended_on=facts.records_ends().get(registration_id),
            on=local_date(at),
        )
    )
    models.RecordsEnd.objects.create(
        registration_id=registration_id, observed_until=observed_until, recorded_by=by, recorded_at=at
    )
    audit.note(Event.RECORDS_END_SET, about=registration_id, by=by, at=at)


def _locked(registration_id: UUID) -> OutcomeStatus | None:
    """Lock the person and give the status the records now give, or none. Raises: NotFound."""
    enrolment.hold(registration_id)
    enrolment.registration(registration_id)
    outcome = facts.outcomes_from_records(registration_id).get(registration_id)
    return outcome.status if outcome else None
