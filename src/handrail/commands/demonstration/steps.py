"""One step of the play: a moment in simulated time, and an act of the product's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from handrail.commands.demonstration.cast import Cast
from handrail.commands.demonstration.lives import Life
from handrail.commands.demonstration.stream import Stream
from handrail.domain.dates import LONDON
from handrail.domain.protocol import Protocol
from handrail.domain.workbook import Part


@dataclass(frozen=True)
class Step:
    """One act. ``key`` names it: equal keys name the same act in every play of the same lives."""

    at: datetime
    number: int
    key: str
    act: Callable[[], object]

    @property
    def order(self) -> tuple[datetime, int]:
        """By the moment, then by the person's number: the same in every play."""
        return self.at, self.number


@dataclass(frozen=True)
class Scene:
    """What every step may need: the protocol, who acts, the seed of the dice, and the workbook's parts."""

    protocol: Protocol
    cast: Cast
    seed: int
    workbook: tuple[Part, ...] = ()

    def dice(self, *name: object) -> Stream:
        """Dice of this step's own."""
        return Stream(self.seed, "play", *name)


@dataclass
class Trail:
    """One life as it is played: the ids that the product gave on the way."""

    life: Life
    scene: Scene
    person_id: UUID | None = None
    referral_id: UUID | None = None
    registration_id: UUID | None = None
    entry_id: UUID | None = None
    concern_id: UUID | None = None
    sessions: dict[int, UUID] = field(default_factory=dict)  # by their place in the life
    events: dict[int, UUID] = field(default_factory=dict)

    def step(self, key: str, day: date, clock: str, act: Callable[[datetime], object]) -> Step:
        """A step of this life on a day, at a time of that day in London, as ``13:05``."""
        at = moment(day, clock)
        return Step(at, self.life.number, f"{self.life.number} {key}", lambda: act(at))

    @property
    def person(self) -> UUID:
        """The person's id."""
        return known(self.person_id)

    @property
    def referral(self) -> UUID:
        """The referral's id."""
        return known(self.referral_id)

    @property
    def registration(self) -> UUID:
        """The registration's id."""
        return known(self.registration_id)

    @property
    def entry(self) -> UUID:
        """The entry's id."""
        return known(self.entry_id)

    @property
    def concern(self) -> UUID:
        """The worry's id."""
        return known(self.concern_id)


def known(found: UUID | None) -> UUID:
    """An id that an earlier step must have given. Raises: RuntimeError, when it did not."""
    if found is None:
        raise RuntimeError("a step came before the step that it follows from")
    return found


def moment(day: date, clock: str) -> datetime:
    """A moment in simulated time, in London."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=LONDON)
