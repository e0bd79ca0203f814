"""Plays a whole trial into an empty database marked as synthetic: only through the product's own actions.

Used by ``handrail demo`` and by tests. It neither reads the clock nor reaches for dice: every act has its
moment in simulated time, and its own stream from the seed.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from django.db import transaction

from handrail.commands.demonstration import before_entry, masked_steps, sealed_steps
from handrail.commands.demonstration.arrangement import BLOCK_SIZES, Arrangement, list_stream
from handrail.commands.demonstration.cast import Cast, engage
from handrail.commands.demonstration.record_steps import Gathering
from handrail.commands.demonstration.steps import Scene, Step, Trail, moment
from handrail.domain.protocol import Protocol
from handrail.domain.refusal import Reason, Refused
from handrail.domain.words import Because, Role
from handrail.exchange import workbook_file
from handrail.journey import enrol
from handrail.records.accounts import facts as accounts
from handrail.records.allocation import facts as allocation

ENGAGED_BEFORE, LISTED_BEFORE = timedelta(days=30), timedelta(days=20)
TOGETHER = timedelta(days=7)  # acts of one simulated week are committed together
LOCKED_AFTER = timedelta(days=28)  # from the last act
STEPS_PER_LIFE = 11.9  # about, over everybody referred; only for the progress bar

Watch = Callable[[Step], object]


@dataclass(frozen=True)
class Played:
    """A trial that was played: who acted, what became of each life, and when the last act was."""

    arrangement: Arrangement
    cast: Cast
    trails: tuple[Trail, ...]
    last_at: datetime
    step_count: int

    @property
    def lock_at(self) -> datetime:
        """When the data can be locked."""
        return moment(self.last_at.date() + LOCKED_AFTER, "12:00")


@dataclass(frozen=True)
class Manner:
    """How to play.

    ``is_swapped`` turns the list over, arm for arm, and changes nothing else. ``until`` stops the play on
    a day in the middle of the trial. ``before_step`` and ``after_step`` are told of every step.
    """

    is_swapped: bool = False
    until: date | None = None
    before_step: Watch = lambda _: None
    after_step: Watch = lambda _: None


PLAIN = Manner()


def play(arrangement: Arrangement, protocol: Protocol, *, files: Path, manner: Manner = PLAIN) -> Played:
    """Play these lives. ``files`` is the folder for the hospitals' extracts.

    Raises:
        Refused: when the database is not marked as synthetic, or is not empty.
    """
    if not accounts.is_synthetic() or accounts.accounts():
        raise Refused((Reason(Because.NOT_SYNTHETIC),))
    scene = _set(arrangement, protocol, is_swapped=manner.is_swapped)
    trails = tuple(Trail(life, scene) for life in arrangement.lives)
    files.mkdir(parents=True, exist_ok=True)
    steps = [step for trail in trails for step in _first_steps(trail)]
    entered = [trail for trail in trails if trail.life.path.entered_on is not None]
    steps += Gathering(scene, entered, files).steps()
    by_entry = {f"{trail.life.number} {before_entry.RANDOMISE}": trail for trail in entered}
    last_at, step_count = _run(steps, by_entry, manner)
    return Played(arrangement, scene.cast, trails, last_at, step_count)


def _set(arrangement: Arrangement, protocol: Protocol, *, is_swapped: bool) -> Scene:
    """Engage the staff and make the allocation list, before the first referral."""
    first = protocol.programme.recruits_from
    with transaction.atomic():
        cast = engage(protocol.programme, at=moment(first - ENGAGED_BEFORE, "09:00"))
        longer = replace(protocol.allocation, slots_per_stratum=arrangement.slots_per_stratum)
        arms = tuple(reversed(protocol.arms)) if is_swapped else protocol.arms
        enrol.make_list(
            under=replace(protocol, allocation=longer, arms=arms),
            block_sizes=BLOCK_SIZES,
            pick=list_stream(arrangement.plan, arrangement.list_number),
            is_seeded=True,
            by=cast.one(Role.STATISTICIAN),
            at=moment(first - LISTED_BEFORE, "09:00"),
        )
    return Scene(protocol, cast, arrangement.plan.seed, workbook_file.load())


def _first_steps(trail: Trail) -> Iterable[Step]:
    """Every step that does not depend on the arm."""
    return [*before_entry.steps(trail), *masked_steps.steps(trail)]


def _sealed_steps(trail: Trail) -> Iterable[Step]:
    """What follows from the arm that the list has just given."""
    arm = allocation.offer(trail.registration, under=trail.scene.protocol.arms)
    if arm is None:
        raise RuntimeError("a person was randomised, and has no arm")
    return sealed_steps.steps(trail, arm)


def _run(steps: list[Step], by_entry: dict[str, Trail], manner: Manner) -> tuple[datetime, int]:
    """Act in the order of simulated time; an entry adds the steps that follow from its arm."""
    places = count()  # two steps are never compared by what they do
    queue = [(*step.order, next(places), step) for step in steps]
    heapq.heapify(queue)
    last_at, done = queue[0][0], 0
    while queue and not _is_over(queue[0][0], manner):
        with transaction.atomic():
            week_ends = queue[0][0] + TOGETHER
            while queue and queue[0][0] < week_ends and not _is_over(queue[0][0], manner):
                step = heapq.heappop(queue)[-1]
                manner.before_step(step)
                step.act()
                manner.after_step(step)
                last_at, done = step.at, done + 1
                for later in _sealed_steps(by_entry[step.key]) if step.key in by_entry else ():
                    heapq.heappush(queue, (*later.order, next(places), later))
    return last_at, done


def _is_over(at: datetime, manner: Manner) -> bool:
    return manner.until is not None and at.date() > manner.until
