"""Keeps consent and each later yes or no. ``journey.consent`` asks the rules first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.domain.consent import Choice, GivenConsent
from handrail.domain.dates import local_date
from handrail.domain.words import ConsentRoute, Event, Scope
from handrail.records.audit import actions as audit
from handrail.records.consent.models import Consent, ScopeChange


@transaction.atomic
def give(
    person_id: UUID,
    given: GivenConsent,
    opened: Mapping[Scope, bool],
    *,
    how: ConsentRoute,
    by: UUID,
    at: datetime,
) -> None:
    """Keep one giving of consent, with the scopes that it opened and closed."""
    Consent.objects.create(
        person_id=person_id,
        number=Consent.objects.filter(person_id=person_id).count() + 1,
        form_version=given.form_version,
        statements=dict(given.statements),
        scopes={scope.value: is_open for scope, is_open in opened.items()},
        capacity_confirmed=given.capacity_confirmed,
        how=how.value,
        given_on=local_date(at),
        given_at=at,
        taken_by=by,
    )
    audit.note(Event.CONSENTED, about=person_id, by=by, at=at)


@transaction.atomic
def change(person_id: UUID, choice: Choice, *, by: UUID, at: datetime) -> None:
    """Keep one yes or no to one scope, in the person's own words where they gave any."""
    ScopeChange.objects.create(
        person_id=person_id,
        number=ScopeChange.objects.filter(person_id=person_id).count() + 1,
        scope=choice.scope.value,
        is_open=choice.is_open,
        from_on=choice.from_on,
        words=choice.words.strip(),
        changed_at=at,
        changed_by=by,
    )
    audit.note(Event.SCOPE_CHANGED, about=person_id, by=by, at=at)
