"""A supervisor's peer workers: what is on each plate, what is due, and training. By name, never ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.domain.leave import Period
from handrail.domain.protocol import Arm
from handrail.domain.supervision import Due, Talk, Training, due, training_missing
from handrail.domain.words import Role
from handrail.domain.workload import SOFT_CAP, Load, is_at_cap, load
from handrail.records.accounts import facts as accounts
from handrail.records.allocation import facts as allocation
from handrail.records.concern import facts as concerns
from handrail.records.supervision import facts as supervision
from handrail.records.support import facts as support
from handrail.web.shared.viewer import Viewer


@dataclass(frozen=True)
class Member:
    """One peer worker as their supervisor sees them."""

    id: UUID
    name: str
    load: Load
    cap: int
    dues: tuple[Due, ...]
    talks: tuple[Talk, ...]
    training: tuple[tuple[Training, date], ...]
    periods: tuple[Period, ...]  # days away and lighter weeks, those that are over left out

    @property
    def is_at_cap(self) -> bool:
        """Whether one more would be above the soft cap."""
        return is_at_cap(self.load.people, self.cap)

    @property
    def training_missing(self) -> tuple[Training, ...]:
        """Which of the five days are not on record."""
        return training_missing(what for what, _ in self.training)

    def overdue(self, on: date) -> tuple[Due, ...]:
        """What should have been held by now."""
        return tuple(one for one in self.dues if one.is_overdue(on))


def crew(viewer: Viewer, *, arms: tuple[Arm, ...], on: date) -> tuple[Member, ...]:
    """The peer workers of the supervisor's team who work here now, by name."""
    workers = accounts.accounts(role=Role.PEER_WORKER, is_active=True)
    offered = allocation.offers(under=arms).items()
    people = support.supported_by({entry: arm.peer_sessions for entry, arm in offered if arm.peer_sessions})
    caps, talks, training = supervision.caps(), supervision.talks(), supervision.training()
    periods = [days for days in supervision.periods() if days.until_on >= on]
    since, worries = support.first_pairings(), concerns.unanswered()
    rows = []
    for one in workers:
        if not viewer.sees(one.team_code):
            continue
        own = [person for person in people if person.worker_id == one.id]
        deaths = [person.died_on for person in own if person.died_on and person.died_on <= on]
        held, began = talks.get(one.id, ()), since.get(one.id)
        rows.append(
            Member(
                id=one.id,
                name=one.name,
                load=load(own, worries=worries.get(one.id, 0), on=on),
                cap=caps.get(one.id, SOFT_CAP),
                dues=due(held, since=began, deaths=deaths) if began else (),
                talks=held,
                training=training.get(one.id, ()),
                periods=tuple(days for days in periods if days.worker_id == one.id),
            )
        )
    return tuple(rows)
