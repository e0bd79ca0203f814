"""A worker leaves: everybody of the caseload is told by a named human, paired anew or kept to be found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from handrail.domain.words import Attendance, Role
from handrail.journey import deliver
from handrail.records.accounts import actions as accounts
from handrail.records.accounts.models import Account
from handrail.records.enrolment import facts as enrolment
from handrail.records.enrolment.facts import EntryFacts
from handrail.records.support import facts as support
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.pages.door import Staff
from tests.river import River

pytestmark = pytest.mark.django_db
COUNT = 8


@dataclass(frozen=True)
class Caseload:
    """Eight people of one worker, each with a meeting planned; another worker; and the supervisors."""

    entries: tuple[EntryFacts, ...]
    leaving: Staff
    other: Staff
    supervisor: Client
    stranger: Client

    @property
    def address(self) -> str:
        return f"/peer/workers/{self.leaving.id}/hand-over"

    def form(self, *, without: UUID | None = None) -> dict[str, str]:
        """What the supervisor writes: the last person's worker is still to find, the others have one."""
        said = {"why": "left"}
        for one in self.entries:
            if one.id != without:
                last = one == self.entries[-1]
                said[f"words_{one.id}"] = f"Synthetic words for {one.study_number}"
                said[f"worker_{one.id}"] = "later" if last else str(self.other.id)
        return said


@pytest.fixture
def caseload(river: River) -> Caseload:
    leaving = door.make_staff(Role.PEER_WORKER, team_code="team_1")
    other = door.make_staff(Role.PEER_WORKER, team_code="team_1", number=2)
    entries, serial = [], 1
    while len(entries) < COUNT:
        entries.append(with_sessions(river, first=serial))
        serial = len(enrolment.registrations()) + 1
    for place, one in enumerate(entries):
        deliver.pair(one.id, leaving.id, under=river.under, by=river.by, at=river.at)
        deliver.plan_session(
            one.id,
            planned_at=river.at + timedelta(days=7, hours=place),
            under=river.under,
            by=leaving.id,
            at=river.at,
        )
    at = river.at + timedelta(days=2)
    accounts.set_clock(at - timezone.now(), at=at, agent="test")
    supervisor = door.let_in(door.make_staff(Role.PEER_SUPERVISOR, team_code="team_1"))
    stranger = door.let_in(door.make_staff(Role.PEER_SUPERVISOR, team_code="team_2", number=2))
    return Caseload(tuple(entries), leaving, other, supervisor, stranger)


def test_everybody_of_a_caseload_is_handed_over_and_nobody_is_lost(caseload: Caseload) -> None:
    meetings = support.meetings_by_entry([one.id for one in caseload.entries])
    with ledger_lines() as lines:
        assert caseload.supervisor.post(caseload.address, caseload.form()).status_code == 302
    assert [line.event for line in lines].count("caseload_handed_over") == 1
    assert {line.wing for line in lines} == {"sealed"}
    assert support.caseload(caseload.leaving.id) == ()
    *moved, waiting = caseload.entries
    assert set(support.caseload(caseload.other.id)) == {one.id for one in moved}
    for one in moved:  # what was planned stands, with the new worker
        assert support.meetings(one.id) == meetings[one.id]
        assert door.let_in(caseload.other).get(f"/peer/person/{one.id}").status_code == 200
    assert support.worker_of(waiting.id) is None
    assert [one.attendance for one in support.meetings(waiting.id)] == [Attendance.CANCELLED]
    assert support.stops() == {}  # no contact is not a no
    page = unescape(caseload.supervisor.get("/peer/pairs").content.decode())
    assert f"/peer/pairs/{waiting.id}" in page.partition("Finished")[0]
    assert "Nobody yet" in page


def test_each_person_reads_a_message_from_a_named_human_and_that_their_plan_is_safe(
    caseload: Caseload,
) -> None:
    caseload.supervisor.post(caseload.address, caseload.form())
    for one in (caseload.entries[0], caseload.entries[-1]):
        page = unescape(door.let_person_in(one.person_id).get("/you/").content.decode())
        assert "A message from Peer supervisor 1" in page
        assert f"Synthetic words for {one.study_number}" in page
        assert "Your plan and your pages are safe." in page
        assert ("We still look for somebody" in page) == (one == caseload.entries[-1])


def test_nobody_can_be_skipped_and_then_nothing_is_written_at_all(caseload: Caseload) -> None:
    skipped = caseload.entries[3]
    with ledger_lines() as lines:
        page = caseload.supervisor.post(caseload.address, caseload.form(without=skipped.id))
        assert caseload.stranger.post(caseload.address, caseload.form()).status_code == 404
    assert (page.status_code, lines) == (200, [])
    assert "Write to " in page.content.decode()
    assert len(support.caseload(caseload.leaving.id)) == COUNT


def test_one_who_cannot_be_paired_stops_the_whole_handover(caseload: Caseload) -> None:
    said = caseload.form() | {f"worker_{caseload.entries[5].id}": str(caseload.leaving.id)}
    with ledger_lines() as lines:
        assert caseload.supervisor.post(caseload.address, said).status_code == 200
        Account.objects.filter(pk=caseload.other.id).update(is_active=False)
        assert caseload.supervisor.post(caseload.address, caseload.form()).status_code == 200
    assert lines == []
    assert len(support.caseload(caseload.leaving.id)) == COUNT


def test_a_closed_account_with_people_stands_on_the_supervisors_page_until_they_are_handed_over(
    caseload: Caseload,
) -> None:
    told = f"has left and still has {COUNT} people"
    assert told not in caseload.supervisor.get("/peer/pairs").content.decode()
    Account.objects.filter(pk=caseload.leaving.id).update(is_active=False)
    assert told in caseload.supervisor.get("/peer/pairs").content.decode()
    assert told not in caseload.stranger.get("/peer/pairs").content.decode()
    assert caseload.supervisor.post(caseload.address, caseload.form()).status_code == 302
    assert "has left" not in caseload.supervisor.get("/peer/pairs").content.decode()
