"""The steps to entry: screening, consent, allocation; or why somebody left before it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.journey import deliver, enrol
from handrail.records.allocation import facts as allocation
from handrail.records.enrolment import facts as enrolment
from handrail.records.people import facts as people
from handrail.records.referral import facts as referrals
from handrail.web.office.forms import Enter
from handrail.web.office.person_steps import page
from handrail.web.shared import clock, person_steps
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say

ENTERED = (
    "The person is in the trial. What they are offered stands below: "
    "tell them, and go through their contact details with them."
)


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def screen(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Record the screening answers; each screening is kept."""
    return page(request, referral_id, person_steps.screening(request, referral_id))


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def consent(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Record consent on the form in force today."""
    return page(request, referral_id, person_steps.consent(request, referral_id))


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def left(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Record why somebody left before entry."""
    return page(request, referral_id, person_steps.left(request, referral_id))


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
            say(request, ENTERED)
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
