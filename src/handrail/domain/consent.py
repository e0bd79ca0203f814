"""Consent: versions, statements, scopes and capacity (protocol: consent).

Consent is given to one version of the form, statement by statement. A yes to a statement may open a
scope. Each scope can be closed and opened again later by itself; nothing given is ever rewritten.
Stopping the programme is not here: only some people are offered sessions, so that no is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from handrail.domain.dates import in_words
from handrail.domain.eligibility import Screening, why_not_eligible
from handrail.domain.protocol import ConsentForm, form_in_force
from handrail.domain.refusal import Reason, Reasons, only
from handrail.domain.words import Because, Scope

WORDS_LENGTH = 1000
CHANGEABLE = (Scope.INTERVIEWS, Scope.RECORDS, Scope.RECONTACT)


@dataclass(frozen=True)
class Scopes:
    """What a person now says yes to."""

    interviews: bool = False
    records: bool = False
    recontact: bool = False

    def is_open(self, scope: Scope) -> bool:
        """Whether one scope is open. Raises: KeyError for the programme, which is not kept here."""
        return {
            Scope.INTERVIEWS: self.interviews,
            Scope.RECORDS: self.records,
            Scope.RECONTACT: self.recontact,
        }[scope]


@dataclass(frozen=True)
class GivenConsent:
    """One giving of consent: each statement's code with the person's yes or no."""

    form_version: str
    statements: Mapping[str, bool]
    capacity_confirmed: bool


@dataclass(frozen=True)
class ScopeStep:
    """One thing a person said that opened or closed scopes, in the order said."""

    from_on: date
    opens: Mapping[Scope, bool]


def why_not_give(screening: Screening | None, *, has_left: bool, has_died: bool, is_entered: bool) -> Reasons:
    """Reasons not to ask this person for consent; after entry a newer form may always be put to them."""
    gone = only((has_died, Because.HAS_DIED), (has_left, Because.HAS_LEFT))
    return gone if is_entered else (*gone, *why_not_eligible(screening))


def why_not_valid(
    given: GivenConsent | None, *, scopes: Scopes | None = None, under: tuple[ConsentForm, ...], on: date
) -> Reasons:
    """Reasons why this consent does not hold on this day; ``scopes``: what the person says yes to since."""
    form = form_in_force(under, on)
    if form is None:
        return (Reason(Because.NO_FORM_IN_FORCE),)
    if given is None:
        return (Reason(Because.NO_CONSENT),)
    capacity = only((not given.capacity_confirmed, Because.CAPACITY_NOT_CONFIRMED))
    if given.form_version != form.version:
        return (*capacity, Reason(Because.FORM_NOT_IN_FORCE, given.form_version or "none"))
    return (*capacity, *_why_not_statements(given.statements, scopes, form))


def _why_not_statements(said: Mapping[str, bool], scopes: Scopes | None, form: ConsentForm) -> Reasons:
    known = {statement.code for statement in form.statements}
    reasons = [Reason(Because.STATEMENT_UNKNOWN, code) for code in said if code not in known]
    for statement in form.statements:
        answer = said.get(statement.code)
        scope = statement.scope if statement.scope in CHANGEABLE else None
        closed_since = scopes is not None and scope is not None and not scopes.is_open(scope)
        if answer is None:
            reasons.append(Reason(Because.STATEMENT_MISSING, statement.text))
        elif statement.is_required and (not answer or closed_since):
            reasons.append(Reason(Because.STATEMENT_NEEDED, statement.text))
    return tuple(reasons)


def opened(statements: Mapping[str, bool], *, under: tuple[ConsentForm, ...], on: date) -> dict[Scope, bool]:
    """What these answers to the form in force open and close: open only by a yes to all about it."""
    form = form_in_force(under, on)
    asked = form.statements if form else ()
    about = {scope: [item.code for item in asked if item.scope is scope] for scope in Scope}
    return {scope: bool(codes) and all(statements[code] for code in codes) for scope, codes in about.items()}


def scopes_after(steps: Iterable[ScopeStep], *, on: date) -> Scopes:
    """What a person says yes to on a day, after everything said up to then, the last word counting."""
    state: dict[Scope, bool] = {}
    for step in steps:
        if step.from_on <= on:
            state.update(step.opens)
    return Scopes(**{scope.value: state.get(scope, False) for scope in CHANGEABLE})


@dataclass(frozen=True)
class Choice:
    """What a person is said to have chosen: yes or no to one scope, from a day on, in their words."""

    scope: Scope
    is_open: bool
    from_on: date
    words: str = ""


def why_not_change(
    choice: Choice,
    *,
    scopes: Scopes | None,
    last_said_on: date | None = None,
    died_on: date | None = None,
    on: date,
) -> Reasons:
    """Reasons not to record that a person opens or closes a scope; ``scopes`` is None before any consent.

    What was told on an earlier day counts from that day, but never reaches back before what the person
    said last: the order in which things were said is the order in which they count.
    """
    if choice.scope not in CHANGEABLE:
        return (Reason(Because.SCOPE_NOT_HERE),)
    if scopes is None:
        return (Reason(Because.NO_CONSENT),)
    is_late = last_said_on is not None and choice.from_on < last_said_on
    return only(
        (died_on is not None and died_on < choice.from_on, Because.HAS_DIED),
        (scopes.is_open(choice.scope) == choice.is_open, Because.SCOPE_ALREADY_SO),
        (choice.from_on > on, Reason(Because.DAY_TO_COME, in_words(choice.from_on))),
        (is_late, Reason(Because.SAID_SINCE, in_words(last_said_on) if last_said_on else "")),
        (len(choice.words) > WORDS_LENGTH, Reason(Because.TEXT_TOO_LONG, str(WORDS_LENGTH))),
    )
