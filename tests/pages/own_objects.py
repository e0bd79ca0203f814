"""What a played trial lacks on a given day, so that every page of every role opens for some object."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from secrets import choice
from typing import Any
from uuid import UUID, uuid4

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client

from handrail.domain.check_in import CheckIn, Setting
from handrail.domain.concern import NewConcern, Urgency
from handrail.domain.leave import Period, PeriodKind
from handrail.domain.meeting_log import NewLog
from handrail.domain.picture import Picture
from handrail.domain.refusal import Refused
from handrail.domain.sharing import Item, NewShare, SharedWith
from handrail.domain.visit import VisitPlace
from handrail.domain.words import Attendance, Role
from handrail.exchange import workbook_file
from handrail.journey import deliver, gather
from handrail.records.accounts.models import Account
from handrail.records.acutecare.models import ExtractFile
from handrail.records.allocation import facts as allocation
from handrail.records.concern import actions as concerns
from handrail.records.enrolment import facts as enrolment
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.enrolment.models import TrialEntry
from handrail.records.sharing import actions as sharing
from handrail.records.supervision import actions as supervision
from handrail.records.support import facts as support
from handrail.records.support import log
from handrail.records.visit import actions as visits
from handrail.records.visit.actions import NewVisit
from handrail.records.workbook import actions as workbook
from handrail.records.workbook import checking_in, pictures, planning
from handrail.web.shared import clock
from tests.pages import door


def make(accounts: Mapping[Role, Any], clients: Mapping[Role, Client]) -> None:
    """A file that was read, outcomes, somebody who moved, a meeting to come, and worries."""
    at = clock.now()
    by = accounts[Role.DATA_DESK].pk
    ExtractFile.objects.create(
        name="spells.csv",
        sha256="0" * 64,
        covers_until=at.date(),
        row_count=0,
        kept_count=0,
        refused_count=0,
        read_at=at,
        read_by=by,
    )
    entry = TrialEntry.objects.order_by("registration__study_number")[0]
    gather.move(entry.registration_id, at.date(), under=settings.PROTOCOL.outcome, by=by, at=at)
    _plan_a_meeting(accounts[Role.PEER_WORKER].pk, at)
    for role in (Role.DUTY_CLINICIAN, Role.PEER_SUPERVISOR, Role.TRIAL_MANAGER):
        _raise_worries(accounts[Role.PEER_WORKER].pk, accounts[role], at)
    _go_out(accounts, at)
    for role, account in accounts.items():  # the staff's: a person has no account
        _show_second_step(account, clients[role])


def write_a_page(entry: EntryFacts) -> dict[str, tuple[str, ...]]:
    """A card under a question of somebody's workbook, and a link to it in their plan: the ids of both."""
    card, acting = uuid4(), _acting(entry)
    workbook.keep_card(entry.id, card, "recovery", "good_at", {"strength": ("Synthetic: soup",)}, **acting)
    link = planning.bring(entry.id, card, "reasons", **acting)
    picture = Picture(uuid4(), "recovery", "means", "Synthetic: a hill")
    pictures.keep_picture(entry.id, picture, b"drawn", **acting)
    return {"card": (str(card),), "link": (str(link),), "picture": (str(picture.id),)}


def check_in(entry: EntryFacts) -> dict[str, tuple[str, ...]]:
    """A check-in of somebody who asked for them: its number."""
    number, acting = uuid4(), {name: text for name, text in _acting(entry).items() if name != "parts"}
    checking_in.set_up(entry.id, Setting(is_on=True, signs=("Synthetic: late nights",)), **acting)
    checking_in.check_in(entry.id, number, CheckIn(well="Synthetic: soup"), **acting)
    return {"number": (str(number),)}


def share(entry: EntryFacts, worker_id: UUID) -> tuple[str, ...]:
    """What somebody shows by a link, and what somebody of a caseload shows to their worker: both numbers."""
    until, made = clock.today() + timedelta(days=9), []
    theirs = enrolment.entry(support.caseload(worker_id)[0])
    for whose, kind in ((entry, SharedWith.CARER), (theirs, SharedWith.WORKER)):
        made.append(uuid4())
        new = NewShare(Item("recovery"), kind, "Synthetic: Jo", until)
        sharing.share(made[-1], whose.id, new, pick=choice, **_acting(whose))
    return tuple(str(one) for one in made)


def _acting(entry: EntryFacts) -> dict[str, Any]:
    return {
        "parts": workbook_file.load(),
        "offer": settings.PROTOCOL.arm(allocation.arm_of(entry.id)).workbook,
        "by": entry.person_id,
        "at": clock.now(),
    }


def say_they_will(entry: EntryFacts, worker_id: UUID) -> dict[str, tuple[str, ...]]:
    """What this person said they would do, and what people of the worker's caseload did: the ids."""
    made: list[UUID] = []
    for entry_id in (entry.id, *support.caseload(worker_id)):
        held = [one for one in support.meetings(entry_id) if one.attendance is Attendance.HELD]
        if held:
            new = NewLog(person_will="Synthetic: ring the library")
            made += log.write_up(held[0].id, new, parts=(), by=worker_id, at=clock.now())
    return {"promise_id": tuple(map(str, made))}


def keep_the_workers_side(worker_id: UUID, team: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """A note and a lighter week of one worker, and the first of a team away, covered by the second."""
    at, (away, cover, *_) = clock.now(), (UUID(one) for one in team)
    on = at.date() + timedelta(days=1)
    lighter = Period(worker_id, PeriodKind.LIGHTER, on, on)
    periods = [supervision.take(lighter, by=worker_id, at=at)]
    periods.append(supervision.take(Period(away, PeriodKind.AWAY, on, on, cover), by=cover, at=at))
    note = supervision.reflect("Synthetic: a long day.", by=worker_id, at=at)
    return {"period_id": tuple(str(one) for one in periods), "note_id": (str(note),)}


def _plan_a_meeting(worker_id: UUID, at: datetime) -> None:
    """The first person of the caseload who may still have one."""
    for entry_id in support.caseload(worker_id):
        try:
            deliver.plan_session(
                entry_id, planned_at=at + timedelta(hours=1), under=settings.PROTOCOL, by=worker_id, at=at
            )
        except Refused:
            continue
        return
    raise AssertionError("nobody of this caseload may be met any more")


def _raise_worries(worker_id: UUID, clinician: Any, at: datetime) -> None:
    """Two worries about people whom this member of staff sees: one still to be taken up, one taken up."""
    people = TrialEntry.objects.order_by("id")
    if clinician.team_code:
        people = people.filter(registration__team_code=clinician.team_code)
    person_id = people.values_list("registration__person_id", flat=True)[0]
    worry = NewConcern(urgency=Urgency.SUPERVISOR, words="Low.", wishes="A call.", has_told_person=True)
    concerns.raise_concern(person_id, worry, by=worker_id, at=at)
    taken_up = concerns.raise_concern(person_id, worry, by=worker_id, at=at)
    concerns.acknowledge(taken_up, by=clinician.pk, at=at)
    if clinician.role == Role.PEER_SUPERVISOR:
        concerns.answer(taken_up, "Telephoned.", by=clinician.pk, at=at)


def _go_out(accounts: Mapping[Role, Any], at: datetime) -> None:
    """Two visits, both overdue: one of the worker, and one that the supervisor watches over."""
    team = accounts[Role.PEER_SUPERVISOR].team_code
    workers = Account.objects.filter(role=Role.PEER_WORKER.value, team_code=team).order_by("email")
    for worker_id in (accounts[Role.PEER_WORKER].pk, workers.values_list("id", flat=True)[0]):
        late = NewVisit(uuid4(), VisitPlace.HOME, 30)
        visits.start(late, by=worker_id, at=at - timedelta(hours=2))


def _show_second_step(account: Any, client: Client) -> None:
    """An authenticator app and recovery codes; and the app's code was shown just now."""
    TOTP.activate(account, door.SECRET)
    RecoveryCodes.activate(account)
    client.post("/sign-in/again", {"code": door.code()})
