"""Whatever anybody does, in whatever order: allocations are added to, and none ever changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from handrail.domain.refusal import Conflict, Refused
from handrail.domain.words import Exit, Scope

if TYPE_CHECKING:
    from tests.river import River


@dataclass
class Anybody:
    """Somebody who tries acts at random, on people at random, whether or not they make sense."""

    river: River
    dice: Random
    referrals: list[UUID] = field(default_factory=list)
    registrations: list[UUID] = field(default_factory=list)
    serial: int = 0

    def acts(self) -> list[Callable[[], object]]:
        """Every act of the first half of the river."""
        often = [self.make_ready, self.randomise, self.randomise, self.randomise]
        seldom = [self.refer, self.screen, self.consent, self.baseline, self.depart, self.change, self.die]
        return [*often, *often, *seldom, self.wait, self.make_list]

    def make_ready(self) -> None:
        self.serial += 1
        self.registrations.append(self.river.ready(self.serial, f"team_{self.dice.randint(1, 6)}"))

    def refer(self) -> None:
        self.serial += self.dice.random() < 0.9
        self.referrals.append(self.river.refer(self.serial, f"team_{self.dice.randint(1, 7)}"))

    def screen(self) -> None:
        self.river.screen(self.dice.choice(self.referrals[-4:]), has_capacity=self.dice.random() < 0.9)

    def consent(self) -> None:
        referral_id = self.dice.choice(self.referrals[-4:])
        self.registrations.append(self.river.consent(referral_id, voluntary=self.dice.random() < 0.9))

    def baseline(self) -> None:
        self.river.baseline(self.dice.choice(self.registrations[-4:]))

    def randomise(self) -> None:
        key = f"key-{self.dice.randint(1, 20)}" if self.dice.random() < 0.3 else ""
        self.river.randomise(self.dice.choice(self.registrations[-4:]), key)

    def depart(self) -> None:
        from handrail.journey import screen

        if self.dice.random() < 0.3:
            screen.depart(
                self.dice.choice(self.referrals[-4:]), Exit.OTHER, by=self.river.by, at=self.river.at
            )

    def change(self) -> None:
        from handrail.journey import consent

        consent.change(
            self.river.person_of(self.dice.choice(self.registrations[-4:])),
            self.dice.choice(list(Scope)),
            is_open=self.dice.random() < 0.5,
            words="",
            by=self.river.by,
            at=self.river.at,
        )

    def die(self) -> None:
        from handrail.records.people import actions, facts

        if self.dice.random() < 0.2:
            person_id = self.river.person_of(self.dice.choice(self.registrations[-4:]))
            if not facts.deaths([person_id]):
                actions.record_death(person_id, self.river.at.date(), by=self.river.by, at=self.river.at)

    def wait(self) -> None:
        self.river.at += timedelta(days=self.dice.randint(0, 3))

    def make_list(self) -> None:
        self.river.make_list()


def play(river: River, seed: int, steps: int) -> int:
    """Try acts at random; check after each that allocations only grow. Gives how many were made."""
    from handrail.records.allocation import facts
    from handrail.records.allocation.models import Slot

    anybody = Anybody(river, Random(seed))
    seen: set = set()
    slots = set(Slot.objects.values_list("id", "stratum", "position", "sealed_arm"))
    for _ in range(steps):
        act = anybody.dice.choice(anybody.acts())
        try:
            act()
        except (Refused, Conflict, IndexError):
            continue
        now = set(facts.opened_draws())
        assert seen <= now
        assert len({draw.entry_id for draw in now}) == len({draw.registration_id for draw in now}) == len(now)
        for stratum in {draw.stratum for draw in now}:
            places = sorted(draw.position for draw in now if draw.stratum == stratum)
            assert places == list(range(1, len(places) + 1))
        seen = now
    assert set(Slot.objects.values_list("id", "stratum", "position", "sealed_arm")) == slots
    return len(seen)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 3])
def test_allocations_only_grow_whatever_is_tried(river: River, seed: int) -> None:
    assert play(river, seed, steps=100) > 3


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(10, 40))
def test_allocations_only_grow_in_many_long_histories(river: River, seed: int) -> None:
    assert play(river, seed, steps=400) > 20
