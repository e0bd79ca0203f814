"""What a researcher records about somebody with a study number, besides interviews and events."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.domain.words import Role
from handrail.records.enrolment.facts import RegistrationFacts
from handrail.web.assessor.menu import show
from handrail.web.assessor.scope import registration
from handrail.web.shared import person_steps
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.person_steps import Step


@audience(Role.RESEARCHER, takes_forms=True)
def contact(request: PageRequest, registration_id: UUID) -> HttpResponse:
    """How to reach the person, gone through with them."""
    found = registration(request.viewer, registration_id)
    return _page(request, found, person_steps.contact(request, found.person_id))


@audience(Role.RESEARCHER, takes_forms=True)
def safe_contact(request: PageRequest, registration_id: UUID) -> HttpResponse:
    """Which ways are safe, gone through with the person."""
    found = registration(request.viewer, registration_id)
    return _page(request, found, person_steps.safe_contact(request, found.person_id))


@audience(Role.RESEARCHER, takes_forms=True)
def told(request: PageRequest, registration_id: UUID) -> HttpResponse:
    """A choice that the person told somebody."""
    found = registration(request.viewer, registration_id)
    return _page(request, found, person_steps.told(request, found.person_id))


@audience(Role.RESEARCHER, takes_forms=True)
def death(request: PageRequest, registration_id: UUID) -> HttpResponse:
    """The person died, or that is put right."""
    found = registration(request.viewer, registration_id)
    return _page(request, found, person_steps.death(request, found.person_id))


def _page(request: PageRequest, found: RegistrationFacts, step: Step) -> HttpResponse:
    if person_steps.taken(request, step):
        return redirect("assessor:person", found.id)
    whole = reverse("assessor:person", args=[found.id])
    return show(request, "step.html", "people", step=step, whole=whole, name=found.study_number)
