"""What waits for masked staff today, and the people they follow. No page here can reach the sealed wing."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse

from handrail.domain.followup import (
    ContactResult,
    InterviewMode,
    due_list,
    interview_points,
    why_not_interview,
    window,
)
from handrail.domain.progress import Stage
from handrail.domain.safety import awaits_review
from handrail.domain.words import Role
from handrail.records.acutecare import facts as acutecare
from handrail.records.consent import facts as consents
from handrail.records.consent import history
from handrail.records.enrolment import facts as enrolment
from handrail.records.followup import facts as followup
from handrail.records.people import codes, safe_contact
from handrail.records.people import facts as people
from handrail.records.referral import facts as referrals
from handrail.records.safety import facts as safety
from handrail.web.assessor.forms import Sure
from handrail.web.assessor.menu import show
from handrail.web.assessor.scope import registration
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.parts import part
from handrail.web.shared.stages import stages

MASKED = (
    Role.RESEARCHER,
    Role.DATA_DESK,
    Role.ADJUDICATOR,
    Role.SAFETY_REVIEWER,
    Role.SERVICE_MANAGER,
)


@audience(*MASKED)
def today(request: PageRequest) -> HttpResponse:
    """What waits for this role today."""
    role, team, on = request.viewer.role, request.viewer.team_code, clock.today()
    schedule = settings.PROTOCOL.schedule
    if role is Role.RESEARCHER:
        due = due_list(followup.everybody_followed(on=on, team_code=team), under=schedule, on=on)
        reached = stages(referrals.referrals(team_code=team, is_open=True), under=schedule, on=on)
        baselines = [row for row in reached if row.stage is Stage.CONSENTED]
        asked = [row for row in reached if row.stage in (Stage.REFERRED, Stage.ELIGIBLE)]
        due_rows = part(request, due)
        return show(
            request, "interviews_due.html", "today", due=due_rows, baselines=baselines, to_ask=len(asked)
        )
    counts = {
        Role.DATA_DESK: len(acutecare.files()),
        Role.ADJUDICATOR: len(acutecare.undecided()),
        Role.SAFETY_REVIEWER: sum(awaits_review(one) for one in safety.events(team_code=team)),
        Role.SERVICE_MANAGER: len(enrolment.entries(team_code=team)),
    }
    return show(request, "today.html", "today", number=counts[role], role=role)


@audience(Role.RESEARCHER)
def people_list(request: PageRequest) -> HttpResponse:
    """Everybody with a study number, by number."""
    rows = enrolment.registrations(team_code=request.viewer.team_code)
    shown = part(request, sorted(rows, key=lambda row: row.study_number))
    entered = {entry.registration_id: entry.entered_on for entry in enrolment.entries()}
    teams = {team.code: team.name for team in settings.PROTOCOL.programme.teams}
    return show(request, "people.html", "people", part=shown, entered=entered, teams=teams)


@audience(Role.RESEARCHER)
def person(request: PageRequest, registration_id: UUID) -> HttpResponse:
    """One person: how to reach them, and their interviews."""
    found = registration(request.viewer, registration_id)
    on, schedule = clock.today(), settings.PROTOCOL.schedule
    followed = followup.followed(registration_id, on=on)
    held = {one.point: one for one in followup.interviews(registration_id)}
    rows = []
    for point in interview_points(schedule):
        span = window(followed.entered_on, point) if followed.entered_on and point.months else None
        reasons = why_not_interview(followed, point.code, under=schedule, on=on) if point.months else ()
        rows.append((point, span, held.get(point.code), reasons))
    return show(
        request,
        "person.html",
        "people",
        registration=found,
        person=people.person(found.person_id),
        card=safe_contact.card(found.person_id),
        gone_through_at=safe_contact.gone_through_masked_at(found.person_id),
        deaths=people.death_records(found.person_id),
        followed=followed,
        rows=rows,
        scopes=consents.scopes(found.person_id, on),
        said=history.said(found.person_id),
        attempts=[
            (one, InterviewMode(one.how).sentence, ContactResult(one.result).sentence)
            for one in followup.attempts(registration_id)
        ],
        points={point.code: point.title for point in schedule.points},
        titles={one.code: one.title for one in schedule.instruments},
        adding_up={one.code for one in schedule.instruments if one.is_compared},
    )


@audience(Role.RESEARCHER, takes_forms=True)
def code(request: PageRequest, registration_id: UUID) -> HttpResponse:
    """Give a person a sign-in code face to face; it is shown once."""
    found = registration(request.viewer, registration_id)
    form = Sure(request.POST or None)
    issued = ""
    if request.method == "POST" and form.is_valid():
        issued = codes.issue_code(found.person_id, pick=secrets.choice, by=request.viewer.id, at=clock.now())
    return show(request, "code.html", "people", registration=found, form=form, issued=issued)
