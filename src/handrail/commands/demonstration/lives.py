"""What is settled about a synthetic person before the trial is played: frozen values, no Django.

A :class:`Life` says what will happen to one person: everything but what follows from their arm, and
what would follow from either arm. So the same lives can be played with another list, and everything
outside the sealed wing stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handrail.commands.demonstration.people import Identity
from handrail.domain.followup import InterviewMode
from handrail.domain.safety import HowFound
from handrail.domain.support import SessionPlace
from handrail.domain.words import Attendance, DeviationKind, Exit, Scope, Seriousness, Setting


@dataclass(frozen=True)
class Path:
    """The way from the crisis team to entry, or out. A day that never came is None."""

    team_code: str
    caseload_from: date
    discharged_on: date
    received_on: date
    first_screened_on: date | None  # an earlier assessment that said no, for the time being
    screened_on: date | None
    failed: str  # the criterion that the last assessment failed, or blank
    consented_on: date | None
    baseline_on: date | None
    entered_on: date | None
    exit: Exit | None
    left_on: date | None


@dataclass(frozen=True)
class Entrant:
    """One person who enters: a place in the order of entry, and what the arrangement may know."""

    number: int
    team_code: str
    entered_on: date
    is_supported: bool


@dataclass(frozen=True)
class Fate:
    """What the first year brings, in days from entry; None where it does not."""

    readmission_day: int | None = None
    lost_day: int | None = None  # records end here: a move, or a no to the use of records
    has_moved: bool = False
    died_day: int | None = None
    is_index_end_missing: bool = False  # the records cannot say; the adjudicator must


@dataclass(frozen=True)
class Spell:
    """One spell of acute care as it happened. ``end_on`` is None where no record ever closes it."""

    service: Setting
    provider: str
    start_on: date
    end_on: date | None


@dataclass(frozen=True)
class Meeting:
    """One planned meeting with a peer worker, and how it went."""

    planned_on: date
    hour: int
    attendance: Attendance
    minutes: int
    place: SessionPlace


@dataclass(frozen=True)
class Contact:
    """What each arm would bring this person: meetings where they are offered, a parcel where it is posted."""

    meetings: tuple[Meeting, ...]
    is_attendance_known: bool
    stopped_on: date | None
    worker: int  # which of the team's peer workers, counted from 0
    posted_after_days: int
    returned_after_days: int | None


@dataclass(frozen=True)
class Visit:
    """One follow-up point: when it was planned, if it was, and when it was held or given up."""

    point: str
    booked_on: date
    planned_on: date | None
    held_on: date | None
    settled_on: date
    mode: InterviewMode
    responses: dict[str, tuple[int | None, ...]]


@dataclass(frozen=True)
class Harm:
    """One serious adverse event."""

    onset_on: date
    aware_on: date
    kind: str
    seriousness: tuple[Seriousness, ...]
    how_found: HowFound
    narrative: str
    could_be_related: bool


@dataclass(frozen=True)
class Departure:
    """Something that was not done as the protocol says."""

    found_on: date
    kind: DeviationKind
    note: str


@dataclass(frozen=True)
class NoMore:
    """A scope that the person closes, and when."""

    scope: Scope
    from_on: date
    words: str


@dataclass(frozen=True)
class Life:
    """One synthetic person, from referral to the end of follow-up."""

    number: int
    identity: Identity
    path: Path
    fate: Fate
    spells: tuple[Spell, ...]
    contact: Contact
    baseline: dict[str, tuple[int | None, ...]]
    visits: tuple[Visit, ...]
    harms: tuple[Harm, ...]
    departures: tuple[Departure, ...]
    allows_recontact: bool
    no_more: tuple[NoMore, ...]
    has_concern: bool

    @property
    def entered_on(self) -> date:
        """The day of entry.

        Raises:
            ValueError: for somebody who never entered.
        """
        if self.path.entered_on is None:
            raise ValueError("this person never entered")
        return self.path.entered_on

    def day(self, number: int) -> date:
        """The date of this day of follow-up; day 0 is the day of entry."""
        return self.entered_on + timedelta(days=number)
