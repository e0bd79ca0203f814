"""What researchers and the trial office both record about one person: each as a form and what it does.

A page of either audience finds the person within its own scope, takes the step, and shows it in its own
layout. Nothing here reaches the sealed wing: what a person chooses about the programme itself lives there.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.conf import settings

from handrail.domain.death import DeathPutRight
from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import ConsentRoute, Exit
from handrail.journey import amend
from handrail.journey import consent as consent_journey
from handrail.journey import screen as screen_journey
from handrail.records.people import actions as people_actions
from handrail.records.people import facts as people
from handrail.records.people import safe_contact as cards
from handrail.records.people.facts import PersonFacts
from handrail.records.referral import facts as referrals
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest
from handrail.web.shared.forms import Form
from handrail.web.shared.layout import say
from handrail.web.shared.person_forms import (
    Consent,
    Death,
    DeathAgain,
    Left,
    SafeContactTogether,
    Screening,
    Told,
    Ways,
)

WAY_FIELDS = {"contact_missing": "telephone", "email_wrong": "email"}
CARD_FIELDS = {"voicemail_without_calls": "may_leave_voicemail"}
DAY_FIELDS = {"day_to_come": "died_on", "died_before_birth": "died_on", "seen_alive": "died_on"} | {
    "nothing_differs": "died_on"
}
TOLD_FIELDS = {"day_to_come": "from_on", "said_since": "from_on", "scope_already_so": "is_open"}
AFTER_A_DEATH = (
    "Check the name above. From now on no invitation, reminder or sign-in code goes out, and nothing more "
    "is due. What the person gave stays. A death in the trial is a serious adverse event as well: a "
    "researcher records that apart."
)
NOT_THE_PROGRAMME = (
    "Each choice stands by itself. Whether the person goes on with the programme itself is not recorded "
    "here: if they speak of it, ask them to tell the trial office."
)


@dataclass(frozen=True)
class Step:
    """One thing to record: its form, what the form does, and what is said when it is done."""

    title: str
    button: str
    person: PersonFacts
    form: Form
    act: Callable[[], str]
    fields: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def taken(request: PageRequest, step: Step) -> bool:
    """Do what the form says; False where there is a form to fill in, or a refusal to show beside it."""
    if request.method != "POST" or not step.form.is_valid():
        return False
    try:
        done = step.act()
    except Refused as refused:
        step.form.refuse(refused.reasons, step.fields)
        return False
    say(request, done)
    return True


def screening(request: PageRequest, referral_id: UUID) -> Step:
    """Record the screening answers; each screening is kept."""
    form = Screening(request.POST or None, under=settings.PROTOCOL.eligibility)

    def act() -> str:
        made = screen_journey.record(
            referral_id, form.answers(), under=settings.PROTOCOL, by=request.viewer.id, at=clock.now()
        )
        return "Eligible." if made.is_eligible else "Not eligible. The reasons are on record."

    return Step("Screening", "Record this screening", _referred(referral_id), form, act)


def consent(request: PageRequest, referral_id: UUID) -> Step:
    """Record consent on the form in force today, with the contact that the person confirms."""
    in_force = settings.PROTOCOL.consent_form(clock.today())
    if in_force is None:
        raise NotFound("form")
    person = _referred(referral_id)
    form = Consent(request.POST or None, under=in_force, now=person.contact)

    def act() -> str:
        said = form.cleaned_data
        consent_journey.give(
            referral_id,
            form.statements(),
            form_version=in_force.version,
            capacity_confirmed=said["capacity_confirmed"],
            how=ConsentRoute(said["how"]),
            contact=form.contact(),
            under=settings.PROTOCOL.consent_forms,
            pick=secrets.choice,
            by=request.viewer.id,
            at=clock.now(),
        )
        return "Consent is on record. The person has a study number."

    title = f"Consent, form {in_force.version}"
    return Step(title, "Record this consent", person, form, act, WAY_FIELDS)


def left(request: PageRequest, referral_id: UUID) -> Step:
    """Record why somebody left before entry."""
    form = Left(request.POST or None)

    def act() -> str:
        why = Exit(form.cleaned_data["exit"])
        screen_journey.depart(referral_id, why, by=request.viewer.id, at=clock.now())
        return "That is on record."

    return Step("Left before entry", "Record this", _referred(referral_id), form, act)


def contact(request: PageRequest, person_id: UUID) -> Step:
    """Go through the contact details with the person: right as they are, or put right."""
    person = people.person(person_id)
    form = Ways(request.POST or None, now=person.contact)

    def act() -> str:
        people_actions.change_contact(person_id, form.contact(), by=request.viewer.id, at=clock.now())
        return "The contact details are kept."

    return Step("Contact details", "Keep these details", person, form, act, WAY_FIELDS)


def safe_contact(request: PageRequest, person_id: UUID) -> Step:
    """Go through the person's safe-contact card with them: right as it is, or put right."""
    form = SafeContactTogether(request.POST or None, now=cards.card(person_id))

    def act() -> str:
        people_actions.keep_safe_contact(person_id, form.card(), by=request.viewer.id, at=clock.now())
        return "The safe-contact card is kept. It holds from now on."

    person = people.person(person_id)
    return Step("Safe contact", "Keep this card", person, form, act, CARD_FIELDS)


def told(request: PageRequest, person_id: UUID) -> Step:
    """Record what the person told somebody of their choices, by telephone or face to face."""
    form = Told(request.POST or None)

    def act() -> str:
        choice = form.choice()
        consent_journey.change(
            person_id,
            choice.scope,
            is_open=choice.is_open,
            words=choice.words,
            from_on=choice.from_on,
            by=request.viewer.id,
            at=clock.now(),
        )
        return "The person’s choice is kept."

    person = people.person(person_id)
    return Step("A choice told to us", "Keep this choice", person, form, act, TOLD_FIELDS, NOT_THE_PROGRAMME)


def death(request: PageRequest, person_id: UUID) -> Step:
    """Record that the person died; or, where that is on record, put the day right or take it back."""
    person = people.person(person_id)
    if person.died_on is not None:
        return _death_again(request, person)
    form = Death(request.POST or None)

    def act() -> str:
        return _record_death(request, person_id, form.day())

    return Step("Record a death", "Record this death", person, form, act, DAY_FIELDS, AFTER_A_DEATH)


def _death_again(request: PageRequest, person: PersonFacts) -> Step:
    form = DeathAgain(request.POST or None)

    def act() -> str:
        day, why = form.day(), form.why()
        if day is not None:
            return _record_death(request, person.id, day, why=why)
        people_actions.take_back_death(person.id, why=why, by=request.viewer.id, at=clock.now())
        return "The death is taken back. Everything that waited goes on."

    return Step("Put a death right", "Keep this", person, form, act, DAY_FIELDS)


def _record_death(
    request: PageRequest, person_id: UUID, day: date, *, why: DeathPutRight | None = None
) -> str:
    amend.record_death(person_id, day, why=why, by=request.viewer.id, at=clock.now())
    return "The death is on record. Nothing more goes out."


def _referred(referral_id: UUID) -> PersonFacts:
    return people.person(referrals.person_of(referral_id))
