"""What a person said about their choices, thing by thing, in the order said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.domain.consent import CHANGEABLE
from handrail.domain.words import Scope
from handrail.records.consent.models import Consent, ScopeChange


@dataclass(frozen=True)
class Said:
    """One thing said: which scopes it opened and closed, from which day, and who took it down.

    ``form_version`` is empty but where consent was given on a form. ``words`` are empty but where they were
    asked for: what people say can betray what they are offered, so masked pages never ask.
    """

    from_on: date
    opens: Mapping[Scope, bool]
    form_version: str
    taken_by: UUID
    taken_at: datetime
    words: str = ""


def said(person_id: UUID) -> tuple[Said, ...]:
    """What a person said, the latest first, without their words."""
    changes = ScopeChange.objects.filter(person_id=person_id).defer("words")
    return _in_order([*_given(person_id), *(_changed(row) for row in changes)])


def said_in_words(person_id: UUID) -> tuple[Said, ...]:
    """What a person said, the latest first, in their own words where they gave any. For unmasked eyes."""
    changes = ScopeChange.objects.filter(person_id=person_id)
    return _in_order([*_given(person_id), *(_changed(row, row.words) for row in changes)])


def last_said_on(person_id: UUID) -> date | None:
    """The latest day from which something that a person said counts; None before any consent."""
    given = Consent.objects.filter(person_id=person_id).values_list("given_on", flat=True)
    changed = ScopeChange.objects.filter(person_id=person_id).values_list("from_on", flat=True)
    return max((*given, *changed)) if given else None


def _given(person_id: UUID) -> list[Said]:
    return [
        Said(
            from_on=row.given_on,
            opens={scope: bool(row.scopes.get(scope.value)) for scope in CHANGEABLE},
            form_version=row.form_version,
            taken_by=row.taken_by,
            taken_at=row.given_at,
        )
        for row in Consent.objects.filter(person_id=person_id)
    ]


def _changed(row: ScopeChange, words: str = "") -> Said:
    return Said(row.from_on, {Scope(row.scope): row.is_open}, "", row.changed_by, row.changed_at, words)


def _in_order(found: list[Said]) -> tuple[Said, ...]:
    return tuple(sorted(found, key=lambda one: one.taken_at, reverse=True))
