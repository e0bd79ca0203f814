"""The researcher before entry: who was referred, screening, consent, and why somebody left."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.domain.consent import why_not_give
from handrail.domain.eligibility import why_not_screen
from handrail.domain.progress import BEFORE_ENTRY
from handrail.domain.words import Role
from handrail.records.people import facts as people
from handrail.records.referral import facts as rows
from handrail.records.referral.facts import ReferralFacts
from handrail.web.assessor.menu import show
from handrail.web.assessor.scope import referral as within_scope
from handrail.web.shared import clock, person_steps
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.parts import part
from handrail.web.shared.person_steps import Step
from handrail.web.shared.stages import reason_words, stages


@audience(Role.RESEARCHER)
def listing(request: PageRequest) -> HttpResponse:
    """The people who were referred and have not entered yet, newest first."""
    found = rows.referrals(team_code=request.viewer.team_code, is_open=True)
    reached = stages(reversed(found), under=settings.PROTOCOL.schedule, on=clock.today())
    shown = part(request, [row for row in reached if row.stage in BEFORE_ENTRY])
    names = people.people(row.referral.person_id for row in shown.rows)
    teams = {team.code: team.name for team in settings.PROTOCOL.programme.teams}
    return show(request, "referrals.html", "referrals", part=shown, names=names, teams=teams)


@audience(Role.RESEARCHER)
def referral(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """One person's steps to entry. Entering is the trial office's."""
    row = within_scope(request.viewer, referral_id)
    (reached,) = stages((row,), under=settings.PROTOCOL.schedule, on=clock.today())
    person = people.person(row.person_id)
    gone = {"has_left": row.exit is not None, "has_died": person.died_on is not None}
    is_entered = reached.entered_on is not None
    screening = rows.screening(row, person.born_on)
    return show(
        request,
        "referral.html",
        "referrals",
        reached=reached,
        person=person,
        team=settings.PROTOCOL.team(row.team_code),
        words=reason_words(settings.PROTOCOL.eligibility),
        why_not_screen=why_not_screen(is_entered=is_entered, **gone),
        why_not_consent=why_not_give(screening, is_entered=is_entered, **gone),
    )


@audience(Role.RESEARCHER, takes_forms=True)
def screen(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Record the screening answers."""
    row = within_scope(request.viewer, referral_id)
    return _page(request, row, person_steps.screening(request, referral_id))


@audience(Role.RESEARCHER, takes_forms=True)
def consent(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Record consent on the form in force today."""
    row = within_scope(request.viewer, referral_id)
    return _page(request, row, person_steps.consent(request, referral_id))


@audience(Role.RESEARCHER, takes_forms=True)
def left(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """Record why somebody left before entry."""
    row = within_scope(request.viewer, referral_id)
    return _page(request, row, person_steps.left(request, referral_id))


def _page(request: PageRequest, row: ReferralFacts, step: Step) -> HttpResponse:
    if person_steps.taken(request, step):
        return redirect("assessor:referral", row.id)
    whole, name = reverse("assessor:referral", args=[row.id]), f"Referral {row.referral_number}"
    return show(request, "step.html", "referrals", step=step, whole=whole, name=name)
