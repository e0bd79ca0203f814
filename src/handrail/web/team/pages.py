"""The crisis team's own referrals: send one, and see what became of it. Masked: no page here knows an arm."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handrail.domain.refusal import NotFound, Refused
from handrail.domain.words import Role
from handrail.journey import refer as journey
from handrail.records.people import facts as people
from handrail.records.referral import facts as referrals
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.layout import say
from handrail.web.shared.parts import part
from handrail.web.shared.stages import stages
from handrail.web.team.forms import FIELD_OF, Referral


@audience(Role.CRISIS_TEAM)
def today(request: PageRequest) -> HttpResponse:
    """The team's referrals, newest first, and where each person is now."""
    rows = referrals.referrals(team_code=request.viewer.team_code)
    shown = part(request, tuple(reversed(rows)))
    reached = stages(shown.rows, under=settings.PROTOCOL.schedule, on=clock.today())
    names = people.people(row.referral.person_id for row in reached)
    team = settings.PROTOCOL.team(request.viewer.team_code)
    return render(
        request, "team/today.html", {"team": team, "part": shown, "reached": reached, "names": names}
    )


@audience(Role.CRISIS_TEAM, takes_forms=True)
def refer(request: PageRequest) -> HttpResponse:
    """Refer one person to the programme."""
    form = Referral(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            journey.receive(
                form.new_referral(request.viewer.team_code),
                under=settings.PROTOCOL,
                pick=secrets.choice,
                by=request.viewer.id,
                at=clock.now(),
            )
        except Refused as refused:
            form.refuse(refused.reasons, FIELD_OF)
        else:
            say(request, "The referral was sent. A researcher will get in touch with the person.")
            return redirect("team:today")
    return render(request, "team/refer.html", {"form": form})


@audience(Role.CRISIS_TEAM)
def referral(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """One referral of this team, and what became of it."""
    row = referrals.referral(referral_id)
    if row.team_code != request.viewer.team_code:
        raise NotFound("referral")
    (reached,) = stages((row,), under=settings.PROTOCOL.schedule, on=clock.today())
    questions = {item.code: item.reason for item in settings.PROTOCOL.eligibility.criteria}
    context = {"reached": reached, "person": people.person(row.person_id), "questions": questions}
    return render(request, "team/referral.html", context)
