"""The administrator's health page: whether this installation keeps what it is given. Counts nothing."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from handrail.domain.words import Role
from handrail.records.accounts import facts as accounts
from handrail.records.audit import health
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.letters import channels


@audience(Role.ADMINISTRATOR)
def look(request: PageRequest) -> HttpResponse:
    """What was looked at just now. Backups and heads are as old as the real clock says."""
    checks = health.look(
        home=settings.PLACE,
        backups=settings.BACKUP_FOLDER,
        anchors=settings.ANCHOR_FOLDER,
        at=timezone.now(),
    )
    ways = health.ways_out(channels(), is_synthetic=accounts.is_synthetic())
    return render(request, "accounts/health.html", {"checks": (*checks, *ways)})
