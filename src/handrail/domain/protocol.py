"""The protocol as frozen values: the one object that screens, draws, schedules, counts and plans.

``exchange.protocol_file`` reads a TOML file into :class:`Protocol`. The file says *which*; the modules
of ``domain`` say *how*. Nothing here reads a file, a clock or a setting. Masked rooms are handed only
the section they need.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handrail.domain.protocol_words import Adjustment as Adjustment
from handrail.domain.protocol_words import AllocationMethod as AllocationMethod
from handrail.domain.protocol_words import ClockScope as ClockScope
from handrail.domain.protocol_words import ClockStart as ClockStart
from handrail.domain.protocol_words import DerivedRule as DerivedRule
from handrail.domain.protocol_words import FollowUpSource as FollowUpSource
from handrail.domain.protocol_words import HigherIs as HigherIs
from handrail.domain.protocol_words import IndexRule as IndexRule
from handrail.domain.protocol_words import Population as Population
from handrail.domain.protocol_words import PrimaryOutcome as PrimaryOutcome
from handrail.domain.protocol_words import Recipient as Recipient
from handrail.domain.protocol_words import SensitivityCheck as SensitivityCheck
from handrail.domain.protocol_words import Stratum as Stratum
from handrail.domain.protocol_words import WorkbookRoute as WorkbookRoute
from handrail.domain.words import Role, Scope, Setting


@dataclass(frozen=True)
class Team:
    """A crisis team that refers people; its provider is the organisation in the acute-care records."""

    code: str
    name: str
    provider: str


@dataclass(frozen=True)
class Programme:
    """What the programme is called, and who takes part."""

    title: str
    short_title: str
    registration: str
    funder: str
    version: str
    recruits_from: date
    recruits_until: date
    target_count: int
    teams: tuple[Team, ...]


@dataclass(frozen=True)
class Criterion:
    """One question asked at screening; the person is eligible only on the answer given here."""

    code: str
    question: str
    eligible_answer: bool
    reason: str


@dataclass(frozen=True)
class Eligibility:
    """Who may take part. Lengths in whole days, ages in whole years."""

    minimum_age: int
    minimum_caseload_days: int
    discharged_within_days: int
    date_rules: DerivedRule
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Statement:
    """One statement on the consent form, and the scope that a yes to it opens, if any."""

    code: str
    text: str
    is_required: bool
    scope: Scope | None


@dataclass(frozen=True)
class ConsentForm:
    """One version of the consent form, in force from a date."""

    version: str
    valid_from: date
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class PeerSessions:
    """Meetings offered with a peer support worker."""

    maximum_count: int
    minutes: int
    within_months: int
    adherent_count: int


@dataclass(frozen=True)
class WorkbookOffer:
    """How the workbook is offered; online pages are open only where the arm says so."""

    route: WorkbookRoute
    is_online: bool
    post_within_working_days: int


@dataclass(frozen=True)
class Arm:
    """One arm and what it offers. Code never names an arm: it asks what the arm offers."""

    code: str
    title: str
    description: str
    share: int
    is_reference: bool
    peer_sessions: PeerSessions | None
    workbook: WorkbookOffer | None


@dataclass(frozen=True)
class AllocationPlan:
    """How people come to an arm. Block sizes are the statistician's sealed setting, never in this file."""

    method: AllocationMethod
    strata: tuple[Stratum, ...]
    slots_per_stratum: int


@dataclass(frozen=True)
class Instrument:
    """A questionnaire: range checks and raw totals. Item text is not held here.

    Where ``is_compared`` is false the items do not add up to a score: the total is described, as a check on
    typing, and never compared between arms. ``higher_is`` is none where the file does not say.
    """

    code: str
    title: str
    item_count: int
    item_minimum: int
    item_maximum: int
    reversed_items: tuple[int, ...]
    is_confirmed: bool
    licence: str
    is_compared: bool = True
    higher_is: HigherIs | None = None

    @property
    def short_title(self) -> str:
        """The abbreviation that stands at the end of the title in brackets, or the whole title."""
        opening = self.title.rfind("(")
        return self.title[opening + 1 : -1] if self.title.endswith(")") and opening > 0 else self.title

    @property
    def total_range(self) -> tuple[int, int]:
        """The lowest and the highest possible raw total."""
        return self.item_count * self.item_minimum, self.item_count * self.item_maximum


@dataclass(frozen=True)
class FollowUpPoint:
    """One point of follow-up, counted in calendar months from entry; 0 is the baseline."""

    code: str
    title: str
    source: FollowUpSource
    months: int
    opens_days_before: int
    closes_days_after: int
    instruments: tuple[str, ...]


@dataclass(frozen=True)
class Schedule:
    """When people are followed up, and with which instruments."""

    points: tuple[FollowUpPoint, ...]
    instruments: tuple[Instrument, ...]

    def point(self, code: str) -> FollowUpPoint:
        """The point of this code. Raises: KeyError."""
        return {point.code: point for point in self.points}[code]

    def instrument(self, code: str) -> Instrument:
        """The instrument of this code. Raises: KeyError."""
        return {instrument.code: instrument for instrument in self.instruments}[code]


@dataclass(frozen=True)
class OutcomeDefinition:
    """What counts as a readmission. Section A5 of the records facts is the default.

    ``horizon_days`` whole local days after entry (day 0); ``merge_gap_days``: a spell whose start is at
    most this many days after the latest end so far belongs to the same episode; ``index_gap_days``: the
    same for joining the index episode, where it is wider, and 0 where it is not.
    """

    settings: tuple[Setting, ...]
    horizon_days: int
    merge_gap_days: int
    clock_start: ClockStart
    index_rule: IndexRule
    index_gap_days: int = 0

    def gap_after_index(self, merge_gap_days: int) -> int:
        """Days within which a spell joins the index episode, when this is the gap between any two."""
        return max(merge_gap_days, self.index_gap_days)


@dataclass(frozen=True)
class ReportingClock:
    """A time limit for telling somebody of an event, in days; ``runs_for`` says of which, and from when."""

    code: str
    title: str
    tell: Recipient
    runs_for: ClockScope
    days: int
    is_working_days: bool


@dataclass(frozen=True)
class Safety:
    """Which events are expected, and how fast the others are told to whom."""

    expected_events: tuple[tuple[str, str], ...]
    clocks: tuple[ReportingClock, ...]


@dataclass(frozen=True)
class AnalysisPlan:
    """What is analysed, on whom, how, and what the authors say it cannot show."""

    primary_outcome: PrimaryOutcome
    population: Population
    adjust_for: tuple[Adjustment, ...]
    interval_level: float
    sensitivity: tuple[SensitivityCheck, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True)
class PublishedFigure:
    """A figure that a paper printed, to set beside our own."""

    code: str
    title: str
    estimate: float
    lower: float | None
    upper: float | None
    p: float | None
    source: str


@dataclass(frozen=True)
class Protocol:
    """The whole protocol: one object, one file, one hash (SHA-256 of the file's bytes, lower-case hex)."""

    programme: Programme
    eligibility: Eligibility
    consent_forms: tuple[ConsentForm, ...]
    arms: tuple[Arm, ...]
    allocation: AllocationPlan
    schedule: Schedule
    outcome: OutcomeDefinition
    safety: Safety
    analysis: AnalysisPlan
    published: tuple[PublishedFigure, ...]
    masked_roles: tuple[Role, ...]
    file_hash: str

    @property
    def reference_arm(self) -> Arm:
        """The arm that the others are compared with."""
        return next(arm for arm in self.arms if arm.is_reference)

    def arm(self, code: str) -> Arm:
        """The arm of this code. Raises: KeyError."""
        return {arm.code: arm for arm in self.arms}[code]

    def team(self, code: str) -> Team:
        """The team of this code. Raises: KeyError."""
        return {team.code: team for team in self.programme.teams}[code]

    def consent_form(self, day: date) -> ConsentForm | None:
        """The consent form in force on a day, or none before the first."""
        return form_in_force(self.consent_forms, day)


def form_in_force(forms: tuple[ConsentForm, ...], day: date) -> ConsentForm | None:
    """The form in force on a day: the newest that has begun, or none before the first."""
    begun = [form for form in forms if form.valid_from <= day]
    return max(begun, key=lambda form: form.valid_from, default=None)
