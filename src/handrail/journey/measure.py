"""Figures for managers: read from every room, counted, made safe to show, and kept. Sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from handrail.domain.dates import local_date
from handrail.domain.disclosure import release
from handrail.domain.followup import Characteristics
from handrail.domain.measures import (
    WITHIN,
    Course,
    Step,
    days_to_first_meeting,
    divisions,
    is_counted,
    last_quarter_end,
)
from handrail.domain.protocol import Protocol
from handrail.domain.support import UNKNOWN_DOSE, Supported, dose, ends_on
from handrail.domain.words import Event
from handrail.records.allocation import facts as allocation
from handrail.records.audit import facts as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.followup import facts as followup
from handrail.records.people import facts as people
from handrail.records.people.facts import PersonFacts
from handrail.records.referral import facts as referrals
from handrail.records.referral.facts import ReferralFacts
from handrail.records.support import endings, measures
from handrail.records.support import facts as support
from handrail.records.support.measures import Figures


@transaction.atomic
def publish(*, under: Protocol, agent: str, at: datetime) -> Figures:
    """Make the figures as of the end of the last quarter, and keep them. Raises: Refused."""
    as_of, steps = last_quarter_end(local_date(at)), list(Step)
    months = max(arm.peer_sessions.within_months for arm in under.arms if arm.peer_sessions)
    courses = [one for one in _courses(as_of, under) if is_counted(one, as_of=as_of, within_months=months)]
    teams = {team.code: team.name for team in under.programme.teams}
    within = [steps.index(outer) if (outer := WITHIN[step]) else None for step in steps]
    before = measures.latest()
    made = release(
        divisions(courses, teams=teams, as_of=as_of),
        within=within,
        before=before.release if before else None,
    )
    figures = Figures(as_of, made, days_to_first_meeting(courses))
    measures.keep(figures, is_locked=audit.has_happened(Event.LOCKED), agent=agent, at=at)
    return figures


def _courses(as_of: date, under: Protocol) -> Iterator[Course]:
    """Everybody's way, each person once: by their latest referral up to the day."""
    latest = {one.person_id: one for one in _in_order(as_of)}
    entries = {one.person_id: one for one in enrolment.entries() if one.entered_on <= as_of}
    offers = {key: arm.peer_sessions for key, arm in allocation.offers(under=under.arms).items()}
    supported = support.supported_by({key: offer for key, offer in offers.items() if offer})
    given = {one.entry_id: one for one in supported}
    lost, said, persons = support.attendance_unknown(), followup.characteristics(), people.people(latest)
    ended = endings.held(until=as_of)
    for person_id, referral in latest.items():
        entry = entries.get(person_id)
        course = _referred(referral, persons[person_id], said.get(entry.registration_id) if entry else None)
        person = given.get(entry.id) if entry else None
        if person:
            course = replace(course, has_ended=person.entry_id in ended)
            course = _supported(course, person, as_of, is_lost=person.entry_id in lost)
        yield course


def _in_order(as_of: date) -> list[ReferralFacts]:
    received = [one for one in referrals.referrals() if one.received_on <= as_of]
    return sorted(received, key=lambda one: one.received_on)


def _referred(referral: ReferralFacts, person: PersonFacts, said: Characteristics | None) -> Course:
    return Course(
        team=referral.team_code,
        referred_on=referral.received_on,
        born_on=person.born_on,
        gender=said.gender if said else "",
        ethnic_group=said.ethnic_group if said else "",
        discharged_on=referral.discharged_on,
    )


def _supported(course: Course, person: Supported, as_of: date, *, is_lost: bool) -> Course:
    meetings = [one for one in person.meetings if local_date(one.planned_at) <= as_of]
    held = UNKNOWN_DOSE if is_lost else dose(meetings)
    ends = [day for day in (ends_on(person), person.stopped_on, person.died_on) if day]
    return replace(
        course,
        offer=person.offer,
        offered_on=person.entered_on,
        has_planned=bool(meetings),
        held_count=held.held_count,
        first_met_on=held.first_on,
        finished_on=min(ends),
    )
