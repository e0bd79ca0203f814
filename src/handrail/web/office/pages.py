"""The trial office's pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from handrail.domain.words import Role
from handrail.web.shared.access import PageRequest, audience


@audience(Role.TRIAL_MANAGER)
def today(request: PageRequest) -> HttpResponse:
    """Today."""
    return render(request, "office/today.html", {})
