"""What the office judges and reports of an event changes no byte of what masked staff reach.

Two worlds go through the same masked acts: events are recorded, signed and corrected, and the sponsor is told
of them. In one of them the office also judges every event, tells the ethics committee, takes urgent measures
and puts its records right, between those acts and after them. Pages, refusals, numbers of questions asked,
masked lines of the ledger and the events themselves must be the same.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
import time_machine
from django.db import transaction

from handrail.domain.refusal import Refused
from handrail.domain.reporting import NewReport, ReportPutRight, Told
from handrail.domain.safety import EventFacts, HowFound, NewEvent, WhyCorrected
from handrail.domain.words import MASKED_ROLES, Relatedness, Role, Seriousness
from handrail.journey import deliver
from handrail.records.audit import facts as audit
from handrail.records.enrolment import facts as enrolment
from handrail.records.safety import actions, facts, reports
from handrail.records.support import facts as support
from handrail.records.support import reports as sealed
from handrail.records.support.models import SealedReport
from handrail.web.assessor import events as pages
from handrail.web.shared import clock
from tests.pages import door, masked_walk, world
from tests.pages.masked_walk import Seen
from tests.river import River

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FROZEN_AT = "2026-11-20T10:00:00+00:00"
DAY = date(2014, 6, 2)
SPONSOR, COMMITTEE, MEASURE = "sponsor", "ethics_committee", "urgent_measures"
SERIOUS = NewEvent(DAY, DAY, "other", frozenset({Seriousness.HOSPITAL_STAY}), HowFound.FAMILY)
MILD = replace(SERIOUS, seriousness=frozenset())


@dataclass
class Office:
    """The office of one world, which acts in one of them alone; ``done`` counts its acts."""

    river: River
    acts: bool
    at: datetime
    done: int = 0

    def act(self) -> None:
        """Of every event: judge, tell the committee, take a measure, put the last two right, where it may."""
        for event in facts.events() if self.acts else ():
            self._judge(event.id)
            self._tell(event.id, Told(COMMITTEE, DAY), Told(COMMITTEE, DAY + timedelta(days=1)))
            self._tell(event.id, Told(MEASURE, None, DAY), Told(MEASURE, DAY, DAY), Told(MEASURE))

    def _judge(self, event_id: UUID) -> None:
        judged = (Relatedness.PROBABLE, Relatedness.UNRELATED)[len(support.judgements()) % 2]
        self._may(deliver.judge, event_id, judged, was_found_by_worker=True, by=self.river.by, at=self.at)

    def _tell(self, event_id: UUID, *each: Told) -> None:
        under = self.river.under.safety
        for told in each:
            for why in (None, ReportPutRight.TYPED_WRONGLY):
                new = NewReport(told, why=why, reference="PEER-31")
                self._may(sealed.tell, event_id, new, under=under, by=self.river.by, at=self.at)

    def _may(self, act: Callable[..., object], *asked: Any, **more: Any) -> None:
        try:
            act(*asked, **more)
        except Refused:
            return
        self.done += 1


@dataclass(frozen=True)
class World:
    """What could be reached in one of the worlds, and how often its office acted."""

    seen: Seen
    lines: tuple[object, ...]
    events: tuple[EventFacts, ...]
    office_acts: int
    sealed_count: int


def a_world(river: River, *, acts: bool, leak: Any = None) -> World:
    """One world, walked and then forgotten."""
    with ExitStack() as stack:
        stack.enter_context(time_machine.travel(FROZEN_AT, tick=False))
        stack.enter_context(transaction.atomic())
        stack.enter_context(world.decided_ids(5))
        stack.enter_context(world.decided_keys())
        at = river.at + timedelta(days=4)
        river = replace(river, pick=Random(1).choice)
        office = Office(river, acts, at)
        staff = [door.make_staff(role) for role in sorted(MASKED_ROLES)]
        _masked_acts(river, office, at)
        for name, value in (("now", at), ("today", at.date())):
            stack.enter_context(patch.object(clock, name, lambda value=value: value))
        seen = _walked(staff) if leak is None else _seen_with(leak())
        lines = audit.lines(wings=frozenset({"masked"}))
        found = World(seen, lines, facts.events(), office.done, SealedReport.objects.count())
        transaction.set_rollback(True)
        return found


def _masked_acts(river: River, office: Office, at: datetime) -> None:
    """Events in every state: not signed, signed either way, made less serious and signed again, told of."""
    given: dict[str, Any] = {"under": river.under.safety, "by": river.by, "at": at}
    for serial in (1,):
        entry = enrolment.entry(river.entered(serial))
        made = [actions.record_event(entry.registration_id, SERIOUS, **given) for _ in range(8)]
        office.act()
        for event_id, could_be_related in zip(made[1:], (True, False, *[True] * 5), strict=True):
            actions.review(event_id, could_be_related=could_be_related, by=river.by, at=at)
        office.act()
        for event_id in made[1], made[7]:
            reports.tell(event_id, NewReport(Told(SPONSOR, DAY)), **given)
        for event_id in made[2:4]:
            actions.correct_event(event_id, MILD, why=WhyCorrected.JUDGED_AGAIN, **given)
        newer = actions.correct_event(
            made[4], replace(SERIOUS, kind="self_harm"), why=WhyCorrected.MORE_IS_KNOWN, **given
        )
        office.act()
        actions.review(newer, could_be_related=True, by=river.by, at=at)
        reports.tell(newer, NewReport(Told(SPONSOR, DAY + timedelta(days=2))), **given)
        office.act()


def _walked(staff: list[door.Staff]) -> Seen:
    """Every page, what each role is answered at every clock of every event, and refused forms."""
    seen: Seen = {}
    events = facts.events()
    every = [f"/study/events/{one.id}" for one in events]
    clocks = [f"{one}/told/{code}" for one in every for code in (SPONSOR, COMMITTEE, MEASURE, "no_clock")]
    office = [f"/office/events/{one.id}" for one in events]
    office += [f"{one}/told/{COMMITTEE}" for one in office]
    seen = masked_walk.walk([*every, *clocks, *office], has_all_teams=False)
    for one in staff:
        client = door.let_in(one)
        for address in clocks if one.role in (Role.RESEARCHER, Role.SAFETY_REVIEWER) else ():
            answer = client.post(address, {"reference": "x", "note": "y"})
            body = masked_walk.CSRF.sub(b"", answer.content)
            seen[f"{one.email} posts", address] = masked_walk.Answer(answer.status_code, (), body, 0)
    return seen


def _seen_with(leak: AbstractContextManager[Any]) -> Seen:
    with leak:
        return masked_walk.look(Role.RESEARCHER, "/study/events")


def test_what_the_office_does_of_events_is_nowhere_to_be_seen(river: River) -> None:
    quiet, busy = a_world(river, acts=False), a_world(river, acts=True)
    assert (quiet.office_acts, quiet.sealed_count) == (0, 0)
    assert busy.office_acts > 20 and busy.sealed_count > 15
    assert sum(one.status == 200 for one in quiet.seen.values()) > 60
    assert masked_walk.differences(quiet.seen, busy.seen) == []
    assert (quiet.lines, quiet.events) == (busy.lines, busy.events)


def _stopping_the_sponsors_clock() -> AbstractContextManager[Any]:
    """A leak: what the committee was told is taken for what the sponsor was told."""
    honest = reports.records

    def leaky(*asked: Any, **more: Any) -> tuple[Any, ...]:
        told = (replace(one, told=Told(SPONSOR, one.told.told_on)) for one in sealed.records())
        return (*honest(*asked, **more), *told)

    return patch.object(reports, "records", leaky)


def _settled_by_judgement() -> AbstractContextManager[Any]:
    """A leak: an event that the office has judged has no clock left."""
    honest = pages.masked_deadlines

    def leaky(event: EventFacts, **more: Any) -> tuple[Any, ...]:
        judged = {one.event_id for one in support.judgements()}
        return () if event.id in judged else honest(event, **more)

    return patch.object(pages, "masked_deadlines", leaky)


def _sorted_by_relatedness() -> AbstractContextManager[Any]:
    """A leak: events in the order of how far they are related."""
    honest = facts.events

    def leaky(**asked: Any) -> tuple[EventFacts, ...]:
        judged = {one.event_id: str(one.relatedness) for one in support.judgements()}
        return tuple(sorted(honest(**asked), key=lambda one: judged.get(one.id, "")))

    return patch.object(facts, "events", leaky)


@pytest.mark.parametrize(
    "leak",
    [
        _stopping_the_sponsors_clock,
        pytest.param(_settled_by_judgement, marks=pytest.mark.prove),
        pytest.param(_sorted_by_relatedness, marks=pytest.mark.prove),
    ],
)
def test_a_planted_leak_is_seen(river: River, leak: Callable[[], AbstractContextManager[Any]]) -> None:
    quiet, busy = (a_world(river, acts=acts, leak=leak) for acts in (False, True))
    assert masked_walk.differences(quiet.seen, busy.seen) != []
