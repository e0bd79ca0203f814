"""What people said yes and no to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handrail.domain.consent import GivenConsent, Scopes, ScopeStep, scopes_after
from handrail.domain.words import ConsentRoute, Scope
from handrail.records.consent.models import Consent, ScopeChange
from handrail.records.question import Question, Row

_GIVING = ("person_id", "given_at", "given_on", "scopes")
_CHANGE = ("person_id", "changed_at", "from_on", "scope", "is_open")

_GIVEN = Question(lambda person_id: Consent.objects.filter(person_id=person_id).values_list(*_GIVING))
_CHANGED = Question(lambda person_id: ScopeChange.objects.filter(person_id=person_id).values_list(*_CHANGE))
_LATEST = Question(
    lambda person_id: (
        Consent.objects.filter(person_id=person_id)
        .order_by("-number")
        .values_list("form_version", "statements", "capacity_confirmed")[:1]
    )
)


@dataclass(frozen=True)
class ConsentFacts:
    """One giving of consent, as kept."""

    person_id: UUID
    number: int
    form_version: str
    statements: dict[str, bool]
    how: ConsentRoute
    given_on: date
    taken_by: UUID


@dataclass(frozen=True)
class ScopeChangeFacts:
    """One later yes or no; without the person's words."""

    person_id: UUID
    scope: Scope
    is_open: bool
    from_on: date


def latest(person_id: UUID) -> GivenConsent | None:
    """A person's newest consent, as the rules ask for it."""
    row = _LATEST.row(person_id)
    return GivenConsent(*row) if row else None


def consents(person_id: UUID) -> tuple[ConsentFacts, ...]:
    """A person's consents, oldest first."""
    return tuple(
        ConsentFacts(
            person_id, row.number, row.form_version, row.statements, ConsentRoute(row.how), row.given_on,
            row.taken_by,
        )
        for row in Consent.objects.filter(person_id=person_id)
    )  # fmt: skip


def consented() -> frozenset[UUID]:
    """Everybody who ever gave consent."""
    return frozenset(Consent.objects.values_list("person_id", flat=True))


def scopes(person_id: UUID, on: date) -> Scopes:
    """What a person says yes to on a day; nothing at all before consent."""
    said = _said(_GIVEN.rows(person_id), _CHANGED.rows(person_id))
    return _after(said[person_id], on)


def scopes_of(person_ids: Iterable[UUID], on: date) -> dict[UUID, Scopes]:
    """What each of these people says yes to on a day, in two queries."""
    wanted = list(person_ids)
    given = Consent.objects.filter(person_id__in=wanted).values_list(*_GIVING)
    said = _said(given, ScopeChange.objects.filter(person_id__in=wanted).values_list(*_CHANGE))
    return {person_id: _after(said[person_id], on) for person_id in wanted}


def _said(given: Iterable[Row], changed: Iterable[Row]) -> dict[UUID, list[tuple[datetime, ScopeStep]]]:
    """What people said, from ``_GIVING`` and ``_CHANGE``, with the moments when they said it."""
    said: dict[UUID, list[tuple[datetime, ScopeStep]]] = defaultdict(list)
    for person_id, given_at, given_on, scopes in given:
        opens = {Scope(word): is_open for word, is_open in scopes.items()}
        said[person_id].append((given_at, ScopeStep(given_on, opens)))
    for person_id, changed_at, from_on, scope, is_open in changed:
        said[person_id].append((changed_at, ScopeStep(from_on, {Scope(scope): is_open})))
    return said


def _after(said: Iterable[tuple[datetime, ScopeStep]], on: date) -> Scopes:
    return scopes_after((step for _, step in sorted(said, key=_moment)), on=on)


def changes() -> tuple[ScopeChangeFacts, ...]:
    """Every change of scope, in the order said."""
    rows = ScopeChange.objects.order_by("changed_at").defer("words")
    return tuple(ScopeChangeFacts(row.person_id, Scope(row.scope), row.is_open, row.from_on) for row in rows)


@dataclass(frozen=True)
class Span:
    """Whether somebody ever said yes to a scope, and since when it is closed again, if it is."""

    was_open: bool
    closed_on: date | None


def spans(scope: Scope) -> dict[UUID, Span]:
    """For everybody who ever consented: what became of one scope. A no said later leaves what came before."""
    said: dict[UUID, list[tuple[datetime, bool, date]]] = defaultdict(list)
    for person_id, opens, given_on, given_at in Consent.objects.values_list(
        "person_id", "scopes", "given_on", "given_at"
    ):
        said[person_id].append((given_at, bool(opens.get(scope.value)), given_on))
    for person_id, is_open, from_on, changed_at in ScopeChange.objects.filter(scope=scope.value).values_list(
        "person_id", "is_open", "from_on", "changed_at"
    ):
        said[person_id].append((changed_at, is_open, from_on))
    return {person_id: _span(sorted(steps)) for person_id, steps in said.items()}


def _span(steps: list[tuple[datetime, bool, date]]) -> Span:
    was_open = any(is_open for _, is_open, _ in steps)
    _, is_open, from_on = steps[-1]
    return Span(was_open, None if is_open or not was_open else from_on)


def _moment(said: tuple[datetime, ScopeStep]) -> datetime:
    return said[0]
