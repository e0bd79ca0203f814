"""The steps to entry: screening, consent, allocation; or why somebody left before it."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import ConsentRoute, Exit, Role
from handrail.journey import consent as consent_journey
from handrail.journey import deliver, enrol
from handrail.journey import screen as screen_journey
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.referral import facts as referrals
from handrail.web.office.forms import Consent, Enter, Left, Screening
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def screen(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Record the screening answers; each screening is kept."""
    row = referrals.referral(referral_id)
    form = Screening(request.POST or None, under=settings.PROTOCOL.eligibility)
    if request.method == "POST" and form.is_valid():
        try:
            made = screen_journey.record(
                referral_id, form.answers(), under=settings.PROTOCOL, by=request.viewer.id, at=clock.now()
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Eligible." if made.is_eligible else "Not eligible. The reasons are on record.")
            return redirect("office:referral", referral_id)
    return _page(request, "Screening", row.person_id, referral_id, form, "Record this screening")


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def consent(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Record consent on the form in force today."""
    row = referrals.referral(referral_id)
    in_force = settings.PROTOCOL.consent_form(clock.today())
    if in_force is None:
        raise NotFound("form")
    form = Consent(request.POST or None, under=in_force)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            consent_journey.give(
                referral_id,
                form.statements(),
                form_version=in_force.version,
                capacity_confirmed=said["capacity_confirmed"],
                how=ConsentRoute(said["how"]),
                under=settings.PROTOCOL.consent_forms,
                pick=secrets.choice,
                by=request.viewer.id,
                at=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "Consent is on record. The person has a study number.")
            return redirect("office:referral", referral_id)
    title = f"Consent, form {in_force.version}"
    return _page(request, title, row.person_id, referral_id, form, "Record this consent")


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def enter(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Allocate the person. There is no way back, and the same request again changes nothing."""
    row = referrals.referral(referral_id)
    registration = enrolment.of_person(row.person_id)
    if registration is None:
        raise NotFound("registration")
    form = Enter(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["request_key"]
        by, at, protocol = request.viewer.id, clock.now(), settings.PROTOCOL
        try:
            entry_id = enrol.randomise(registration.id, request_key=key, under=protocol, by=by, at=at)
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "The person is in the trial. What they are offered stands below.")
            _order(request, entry_id)
            return redirect("office:referral", referral_id)
    reasons = enrol.readiness(registration.id, under=settings.PROTOCOL, on=clock.today())
    context = {
        "form": form,
        "reasons": reasons,
        "person": people.person(row.person_id),
        "referral_id": referral_id,
    }
    return render(request, "office/enter.html", context)


def _order(request: PageRequest, entry_id: UUID) -> None:
    """Order the workbook where the arm has it by post; a refusal is said and changes nothing."""
    protocol = settings.PROTOCOL
    workbook = protocol.arm(allocation.arm_of(entry_id)).workbook
    if workbook is None or not workbook.post_within_working_days:
        return
    try:
        deliver.order_workbook(entry_id, under=protocol, by=request.viewer.id, at=clock.now())
    except Refused as refused:
        say(request, " ".join(reason.sentence for reason in refused.reasons))


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def left(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Record why somebody left before entry."""
    row = referrals.referral(referral_id)
    form = Left(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            screen_journey.depart(
                referral_id, Exit(form.cleaned_data["exit"]), by=request.viewer.id, at=clock.now()
            )
        except Refused as refused:
            form.refuse(refused.reasons)
        else:
            say(request, "That is on record.")
            return redirect("office:referral", referral_id)
    return _page(request, "Left before entry", row.person_id, referral_id, form, "Record this")


def _page(
    request: PageRequest, title: str, person_id: UUID, referral_id: UUID, form: object, button: str
) -> HttpResponse:
    context = {
        "title_text": title,
        "person": people.person(person_id),
        "referral_id": referral_id,
        "form": form,
        "button": button,
    }
    return render(request, "office/step.html", context)
