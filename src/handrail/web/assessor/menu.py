"""The menu of the masked staff: each role has the pages of its own work."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from handrail.domain.words import UNMASKED_BY_LOCK, Role
from handrail.web.shared.access import PageRequest
from handrail.web.shared.locked import is_locked

ALL = (
    ("referrals", "Referrals", "assessor:referrals", {Role.RESEARCHER}),
    ("people", "People", "assessor:people", {Role.RESEARCHER}),
    ("events", "Events", "assessor:events", {Role.RESEARCHER, Role.SAFETY_REVIEWER}),
    ("records", "Records", "assessor:files", {Role.DATA_DESK}),
    ("outcomes", "Outcomes", "assessor:outcomes", {Role.ADJUDICATOR}),
    ("progress", "Progress", "assessor:progress", {Role.SERVICE_MANAGER}),
)
# Pages of the office, by name alone: no page here can reach what they reach.
AFTER_LOCK = (("Reports", "office:reports"), ("What was given", "office:given"))


def show(request: PageRequest, template: str, here: str, **context: Any) -> HttpResponse:
    """One page with its role's menu; ``here`` is the menu's entry that the page belongs to."""
    links = [("Today", reverse("assessor:today"), here == "today")]
    for code, text, name, roles in ALL:
        if request.viewer.role in roles:
            links.append((text, reverse(name), here == code))
    if request.viewer.role in UNMASKED_BY_LOCK and is_locked():
        links += [(text, reverse(name), False) for text, name in AFTER_LOCK]
    return render(request, f"assessor/{template}", {"menu": links, **context})
