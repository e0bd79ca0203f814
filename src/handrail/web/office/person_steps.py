"""What the trial office records about one person besides their entry: contact, choices, a death."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.words import Role
from handrail.records.referral import facts as referrals
from handrail.web.shared import person_steps
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.person_steps import Step


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def contact(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """How to reach the person, gone through with them."""
    return page(request, referral_id, person_steps.contact(request, referrals.person_of(referral_id)))


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def safe_contact(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Which ways are safe, gone through with the person."""
    return page(request, referral_id, person_steps.safe_contact(request, referrals.person_of(referral_id)))


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def told(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """A choice that the person told somebody."""
    return page(request, referral_id, person_steps.told(request, referrals.person_of(referral_id)))


@audience(Role.TRIAL_MANAGER, takes_forms=True)
def death(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """The person died, or that is put right."""
    return page(request, referral_id, person_steps.death(request, referrals.person_of(referral_id)))


def page(request: PageRequest, referral_id: UUID, step: Step) -> HttpResponse:
    """Take the step and go back to the person, or show its form."""
    if person_steps.taken(request, step):
        return redirect("office:referral", referral_id)
    return render(request, "office/step.html", {"step": step, "referral_id": referral_id})
