"""The masked staff's pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from handrail.domain.words import Role
from handrail.web.shared.access import PageRequest, audience


@audience(Role.RESEARCHER, Role.DATA_DESK, Role.ADJUDICATOR, Role.SAFETY_REVIEWER, Role.SERVICE_MANAGER)
def today(request: PageRequest) -> HttpResponse:
    """Today."""
    return render(request, "assessor/today.html", {})
