"""Rows and people brought together: what every outcome is, worked out afresh from what is kept.

Read-only, and the same whenever it is run on the same rows; :mod:`actions` writes what it finds, and the
lock compares it with what is stored. Whole tables are read at once: hundreds of people, thousands of rows.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from handrail.domain import acutecare, readmission
from handrail.domain.acutecare import Episode, Spell
from handrail.domain.protocol import OutcomeDefinition
from handrail.domain.readmission import Outcome
from handrail.domain.words import Scope, Setting
from handrail.records.acutecare import facts, models
from handrail.records.consent import facts as consent
from handrail.records.consent.facts import Span
from handrail.records.encryption import blind_index
from handrail.records.enrolment.models import Registration, TrialEntry


@dataclass(frozen=True)
class WorkedOut:
    """One entered person's outcome, and the episodes it rests on."""

    registration_id: UUID
    entered_on: date
    outcome: Outcome
    episodes: tuple[Episode, ...]


@dataclass(frozen=True)
class _Seen:
    """How far somebody's records may be, and can be, looked at."""

    has_consent: bool
    observed_until: date
    died_on: date | None


def definition_hash(under: OutcomeDefinition) -> str:
    """A name for one definition: SHA-256 of its values, so that an outcome says by which rule it was made."""
    text = json.dumps(asdict(under), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def keys_of_registered() -> dict[str, UUID]:
    """Keyed hash of each number that may stand for somebody in a file (study number, NHS number) → person."""
    rows = Registration.objects.values_list("id", "study_number", "person__nhs_number_index")
    found: dict[str, UUID] = {}
    for registration_id, study_number, nhs_index in rows:
        found[blind_index(study_number)] = registration_id
        if nhs_index:
            found[nhs_index] = registration_id
    return found


def covered_until() -> date | None:
    """The last day that any file covers; none before the first file."""
    return models.ExtractFile.objects.aggregate(Max("covers_until"))["covers_until__max"]


def worked_out(*, under: OutcomeDefinition) -> tuple[WorkedOut, ...]:
    """The outcome of everybody entered, in order of study number. Empty before the first file."""
    until = covered_until()
    if until is None:
        return ()
    matched = keys_of_registered()
    spells, others, seen = _spells(matched), _refused(matched), _seen(until)
    entered = TrialEntry.objects.order_by("registration__study_number")
    return tuple(
        _work_out(
            registration_id,
            entered_on,
            tuple(spells[registration_id]),
            seen[registration_id],
            under=under,
            has_other_rows=registration_id in others,
        )
        for registration_id, entered_on in entered.values_list("registration_id", "entered_on")
    )


def _work_out(
    registration_id: UUID,
    entered_on: date,
    spells: tuple[Spell, ...],
    seen: _Seen,
    *,
    under: OutcomeDefinition,
    has_other_rows: bool,
) -> WorkedOut:
    outcome = readmission.outcome(
        entered_on,
        spells,
        under=under,
        observed_until=seen.observed_until,
        died_on=seen.died_on,
        has_consent=seen.has_consent,
        has_other_rows=has_other_rows,
    )
    stretches = _episodes(entered_on, spells, seen, under=under) if seen.has_consent else ()
    return WorkedOut(registration_id, entered_on, outcome, stretches)


def _episodes(
    entered_on: date, spells: tuple[Spell, ...], seen: _Seen, *, under: OutcomeDefinition
) -> tuple[Episode, ...]:
    cleaned = acutecare.clean(
        spells, settings=under.settings, observed_until=seen.observed_until, died_on=seen.died_on
    ).spells
    close_on = min(seen.observed_until, seen.died_on or seen.observed_until)
    return readmission.episodes_of(cleaned, entered_on, under=under, close_on=close_on)


def _spells(matched: dict[str, UUID]) -> dict[UUID, list[Spell]]:
    """Everybody's spells, in the order in which files and lines came, so that equals are settled alike."""
    rows = models.SpellRow.objects.order_by("extract__read_at", "extract__sha256", "line")
    found: dict[UUID, list[Spell]] = defaultdict(list)
    fields = ("person_key", "service", "provider", "start_on", "end_on", "id")
    for key, service, provider, start_on, end_on, row in rows.values_list(*fields):
        if key in matched:
            found[matched[key]].append(Spell(Setting(service), provider, start_on, end_on, str(row)))
    return found


def _refused(matched: dict[str, UUID]) -> frozenset[UUID]:
    """The people of whom a file held a row that a rule refused: they were looked for, and found."""
    keys = models.RefusedRow.objects.values_list("person_key", flat=True)
    return frozenset(matched[key] for key in keys if key in matched)


def _seen(until: date) -> dict[UUID, _Seen]:
    """How far each entered person's records may be looked at: coverage, a move, a no to records, a death."""
    ends = facts.records_ends()
    said = consent.spans(Scope.RECORDS)
    rows: Any = TrialEntry.objects.values_list(
        "registration_id", "registration__person_id", "registration__person__died_on"
    )
    found = {}
    for registration_id, person_id, died_on in rows:
        span = said.get(person_id, Span(was_open=False, closed_on=None))
        lasts = [day for day in (until, ends.get(registration_id), span.closed_on) if day is not None]
        found[registration_id] = _Seen(span.was_open, min(lasts), died_on)
    return found
