"""Do we see it the same way? Asked of both after every third meeting, and seen once both have answered."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from handrail.domain.support import SessionPlace
from handrail.domain.words import Role
from handrail.journey import deliver
from tests.later import ledger_lines, with_sessions
from tests.pages import door
from tests.river import River

pytestmark = pytest.mark.django_db
LEFT = "Left this one"


def test_neither_side_is_seen_before_both_have_answered_and_then_by_the_three(river: River) -> None:
    entry = with_sessions(river)
    staff = [door.make_staff(Role.PEER_WORKER, team_code="team_1", number=one) for one in (1, 2)]
    deliver.pair(entry.id, staff[0].id, under=river.under, by=river.by, at=river.at)
    worker, stranger = (door.let_in(one) for one in staff)
    supervisor = door.let_in(door.make_staff(Role.PEER_SUPERVISOR, team_code="team_1"))
    person = door.let_person_in(entry.person_id)
    mine, own, theirs = f"/peer/person/{entry.id}", "/you/meetings", f"/peer/pairs/{entry.id}"

    def links() -> list[list[str]]:
        pages = (client.get(page).content.decode() for client, page in ((worker, mine), (person, own)))
        return [re.findall(r'href="([^"]*same-way[^"]*)"', page) for page in pages]

    def shown() -> list[bool]:
        pages = ((worker, mine), (person, own), (supervisor, theirs))
        return [LEFT in client.get(page).content.decode() for client, page in pages]

    for held in range(3):
        assert links() == [[], []]
        at = river.at - timedelta(hours=3 - held)
        made = deliver.plan_session(entry.id, planned_at=at, under=river.under, by=river.by, at=river.at)
        deliver.hold_session(
            made, minutes=50, held_at=at, place=SessionPlace.HOME, under=river.under, by=river.by, at=river.at
        )
    (to_worker,), (to_person,) = links()
    assert stranger.get(to_worker).status_code == stranger.post(to_worker, {"lead": "no"}).status_code == 404
    assert worker.post(to_worker, {"lead": "yes"}).status_code == 302
    assert shown() == [False, False, False]
    assert len(links()[1]) == 1
    assert worker.post(to_worker, {"lead": "no"}).status_code == 404
    with ledger_lines() as lines:
        assert person.post(to_person, {"lead": "partly"}).status_code == 302
    assert [(line.event, line.wing) for line in lines] == [("side_told", "sealed")]
    assert shown() == [True, True, True]
    assert links() == [[], []]
    assert person.get(to_person).status_code == 404
