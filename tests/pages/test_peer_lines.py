"""That a peer worker or their supervisor acted tells what a person is offered: masked lines name neither."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from handrail.domain.words import Event, Role

pytestmark = pytest.mark.django_db
UNTIL = date(2015, 1, 15)
PEERS = (Role.PEER_WORKER, Role.PEER_SUPERVISOR)

EXCUSED = {  # event: why a masked line of it may have one of them as its actor, where it is about themselves
    Event.PASSWORD_SET: "they choose a password of their own",
    Event.SECOND_FACTOR_ADDED: "they add a second step of their own",
    Event.SECOND_FACTOR_REMOVED: "they take away a second step of their own",
    Event.SIGNED_IN: "they come in as themselves",
    Event.SIGNED_OUT: "they go as themselves",
}


def give_codes() -> int:
    """Every peer worker gives a code to each of those whom they support and may give one to."""
    from django.conf import settings

    from handrail.domain.refusal import Refused
    from handrail.journey import deliver
    from handrail.records.support import facts as support
    from handrail.web.shared import clock

    given = 0
    for pairing in support.pairings():
        try:
            deliver.give_code(
                pairing.entry_id,
                pick=Random(1).choice,
                under=settings.PROTOCOL,
                by=pairing.worker_id,
                at=clock.now(),
            )
        except Refused:
            continue
        given += 1
    return given


@pytest.mark.slow
def test_no_masked_line_of_a_played_trial_has_a_peer_worker_or_supervisor_as_actor(tmp_path: Path) -> None:
    from django.db.models import F, Q

    from handrail.records.accounts.models import Account
    from handrail.records.audit.models import Line
    from tests.pages import world

    with world.played(tmp_path, people=12, seed=11, until=UNTIL):
        assert give_codes() > 0
        peers = Account.objects.filter(role__in=PEERS).values_list("id", flat=True)
        theirs = Line.objects.filter(by__in=list(peers))
        excused = Q(event__in=[event.value for event in EXCUSED], about=F("by"))
        masked = theirs.filter(wing="masked").exclude(excused)
        assert list(masked.values_list("event", flat=True).distinct()) == []
        assert set(theirs.values_list("event", flat=True)) >= {"session_held", "code_given_by_worker"}
