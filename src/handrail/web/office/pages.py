"""The trial office: where recruitment stands, everybody referred, and one person's steps to entry."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from handrail.domain.consent import why_not_give
from handrail.domain.eligibility import why_not_screen
from handrail.domain.progress import Stage
from handrail.domain.reporting import soonest
from handrail.domain.support import awaits_judgement
from handrail.domain.words import Posting, Role
from handrail.journey import enrol
from handrail.records.allocation import facts as allocation
from handrail.records.consent import history
from handrail.records.people import facts as people
from handrail.records.people import safe_contact
from handrail.records.people.facts import PersonFacts
from handrail.records.post import facts as post
from handrail.records.referral import facts as rows
from handrail.records.safety import facts as safety
from handrail.records.support import facts as support
from handrail.records.support import reports
from handrail.web.shared import clock
from handrail.web.shared.access import PageRequest, audience
from handrail.web.shared.parts import part
from handrail.web.shared.stages import reason_words, stages


@audience(Role.TRIAL_MANAGER)
def today(request: PageRequest) -> HttpResponse:
    """Where recruitment stands, and what waits for the office."""
    protocol, on = settings.PROTOCOL, clock.today()
    reached = stages(rows.referrals(), under=protocol.schedule, on=on)
    counts = Counter(row.stage for row in reached)
    entered = Counter(row.referral.team_code for row in reached if row.entered_on)
    judged = {one.event_id for one in support.judgements()}
    events = safety.events()
    waiting = [one for one in events if awaits_judgement(one, is_judged=one.id in judged)]
    due = soonest(reports.deadlines(events, under=protocol.safety))
    context = {
        "programme": protocol.programme,
        "stages": [(stage, counts[stage]) for stage in Stage if counts[stage]],
        "teams": [(team.name, entered[team.code]) for team in protocol.programme.teams],
        "entered": sum(entered.values()),
        "to_post": len(post.parcels(state=Posting.ORDERED)),
        "to_judge": len(waiting),
        "overdue": sum(one.is_overdue(on) for one in due.values()),
        "is_list_made": allocation.is_list_made(),
    }
    return render(request, "office/today.html", context)


@audience(Role.TRIAL_MANAGER)
def referrals(request: PageRequest) -> HttpResponse:
    """Everybody referred, newest first; the address may ask for one stage."""
    wanted = request.GET.get("stage", "")
    everybody = stages(rows.referrals(), under=settings.PROTOCOL.schedule, on=clock.today())
    found = [row for row in reversed(everybody) if wanted in ("", row.stage.value)]
    shown = part(request, found)
    names = people.people(row.referral.person_id for row in shown.rows)
    teams = {team.code: team.name for team in settings.PROTOCOL.programme.teams}
    context = {"part": shown, "names": names, "teams": teams, "stages": list(Stage), "wanted": wanted}
    return render(request, "office/referrals.html", context)


@audience(Role.TRIAL_MANAGER)
def referral(request: PageRequest, referral_id: UUID) -> HttpResponse:
    """One person's steps to entry, and, from entry on, what they are offered."""
    protocol, on = settings.PROTOCOL, clock.today()
    row = rows.referral(referral_id)
    (reached,) = stages((row,), under=protocol.schedule, on=on)
    person = people.person(row.person_id)
    gone = {"has_left": row.exit is not None, "has_died": person.died_on is not None}
    is_entered = reached.entered_on is not None
    screening = rows.screening(row, person.born_on)
    registration_id = reached.registration_id
    context = {
        "reached": reached,
        "person": person,
        "cards": safe_contact.history(person.id),
        "deaths": people.death_records(person.id),
        "team": protocol.team(row.team_code),
        "words": reason_words(protocol.eligibility),
        "confirmed": _confirmed(person),
        "said": history.said_in_words(row.person_id),
        "why_not_screen": why_not_screen(is_entered=is_entered, **gone),
        "why_not_consent": why_not_give(screening, is_entered=is_entered, **gone),
        "why_not_enter": enrol.readiness(registration_id, under=protocol, on=on) if registration_id else (),
        "arm": allocation.offer(registration_id, under=protocol.arms) if registration_id else None,
    }
    return render(request, "office/referral.html", context)


def _confirmed(person: PersonFacts) -> str:
    """Whether a code may be sent to the person's contact, and what it opens there."""
    if person.contact_confirmed_by is None:
        return "Not yet: no sign-in code is sent there"
    if person.is_contact_confirmed_unmasked:
        return "Yes"
    return "By masked staff: a code sent there does not open what the person is offered. Confirm it too."
