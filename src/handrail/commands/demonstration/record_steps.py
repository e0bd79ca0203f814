"""The steps by which acute-care records arrive: files on a disk, checked and imported as a hospital's are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from handrail.analysis.acutecare import checking, sources
from handrail.commands.demonstration.extracts import Extract, extracts
from handrail.commands.demonstration.lives import Life
from handrail.commands.demonstration.steps import Scene, Step, Trail, moment
from handrail.domain.adjudication import Decision
from handrail.domain.dates import add_months
from handrail.domain.protocol import OutcomeDefinition, Programme
from handrail.domain.words import OutcomeStatus, Role
from handrail.exchange import acutecare as checked_files
from handrail.journey import gather
from handrail.records.acutecare import facts as acutecare

ARRIVES_AFTER = timedelta(days=20)
LINKED_AFTER = timedelta(days=21)
DECIDED_AFTER = timedelta(days=24)
SETTLED_DAYS = 60  # from the last person's last day to the last extract, so that late records are in
NOBODY = -1  # the number of steps that belong to no one person: before everybody's on the same moment


def extract_dates(programme: Programme, outcome: OutcomeDefinition) -> tuple[date, ...]:
    """Ends of quarters: one when the last people enter, one when everybody's year is over."""
    over = programme.recruits_until + timedelta(days=outcome.horizon_days + SETTLED_DAYS)
    return tuple(sorted({quarter_end(day) for day in (programme.recruits_until, over)}))


def quarter_end(day: date) -> date:
    """The last day of the quarter that this day is in."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return add_months(first, 3) - timedelta(days=1)


@dataclass(frozen=True)
class Gathering:
    """Where the files go, and whose they are."""

    scene: Scene
    trails: Sequence[Trail]
    folder: Path

    def steps(self) -> list[Step]:
        """Every file's arrival, the linkage after each batch, and the decisions at the end."""
        protocol = self.scene.protocol
        dates = extract_dates(protocol.programme, protocol.outcome)
        files = extracts([trail.life for trail in self.trails], dates=dates, seed=self.scene.seed)
        found = [self._arrival(place, file) for place, file in enumerate(files)]
        found += [self._at(f"link {day}", day + LINKED_AFTER, "19:00", self._link) for day in dates]
        found.append(self._at("decide", dates[-1] + DECIDED_AFTER, "10:00", self._decide))
        found.append(self._at("link again", dates[-1] + DECIDED_AFTER, "19:00", self._link))
        return found

    def _at(self, key: str, day: date, clock: str, act: Callable[[datetime], None]) -> Step:
        at = moment(day, clock)
        return Step(at, NOBODY, key, lambda: act(at))

    def _arrival(self, place: int, file: Extract) -> Step:
        clock = f"09:{place % 60:02d}"
        day = file.covers_until + ARRIVES_AFTER
        return self._at(f"file {file.name}", day, clock, lambda at: self._arrive(file, at))

    def _arrive(self, file: Extract, at: datetime) -> None:
        """The file lies on the disk; it is checked, what was found is read, and its rows are kept."""
        path = self.folder / file.name
        path.write_text(file.text, encoding="utf-8")
        verdict = path.with_suffix(".checked.jsonl")
        checking.check(sources.source(path), verdict, covers_until=file.covers_until)
        gather.read(checked_files.read(verdict), by=self._data_desk, at=at)
        verdict.unlink()  # as on the site: what the check wrote is not kept once it was read

    @property
    def _data_desk(self) -> UUID:
        return self.scene.cast.one(Role.DATA_DESK)

    def _link(self, at: datetime) -> None:
        gather.link(under=self.scene.protocol.outcome, by=self._data_desk, at=at)

    def _decide(self, at: datetime) -> None:
        """The adjudicator reads the notes of those whose records cannot say."""
        lives = {trail.registration_id: trail.life for trail in self.trails}
        for registration_id in sorted(acutecare.undecided(), key=lambda found: lives[found].number):
            gather.adjudicate(
                registration_id,
                decision(lives[registration_id]),
                under=self.scene.protocol.outcome,
                by=self.scene.cast.one(Role.ADJUDICATOR),
                at=at,
            )


def decision(life: Life) -> Decision:
    """What the notes say: on which day this person came back, and to which service."""
    day = life.fate.readmission_day
    if day is None:
        return Decision(OutcomeStatus.NOT_READMITTED, grounds="Synthetic: the notes show no readmission.")
    services = sorted({spell.service.value for spell in life.spells if spell.start_on == life.day(day)})
    return Decision(
        OutcomeStatus.READMITTED,
        day=day,
        first_service="+".join(services),
        grounds="Synthetic: the notes show that the earlier spell had ended.",
    )
