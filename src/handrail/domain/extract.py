"""The locked tables as data: the only door between the live site and the analysis.

``journey.lock`` writes these tables; ``analysis.tables`` reads them; the data dictionary is made from
them. Masked tables are plain CSV. Sealed tables (all that follows from the arm) travel together in one
encrypted arm file and never stand beside the others in the clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a value is written. Dates are ISO; a blank is a missing value and never a zero."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"  # 1 or 0


@dataclass(frozen=True)
class Column:
    """One column of a locked table."""

    name: str
    kind: Kind
    unit: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """One locked table; one row for each ``row_is``, sorted by its first columns."""

    name: str
    row_is: str
    is_sealed: bool
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(column.name for column in self.columns)


STUDY_NUMBER = Column("study_number", Kind.TEXT, "", "Study number; random, with no order or meaning")
TEAM = Column("team", Kind.TEXT, "code", "Crisis team that referred the person")

SCREENING = Table(
    "screening",
    "person referred",
    False,
    (
        Column("referral_number", Kind.TEXT, "", "Random number of the referral; not the study number"),
        TEAM,
        Column("referred_on", Kind.DATE, "date", "Day the referral was received"),
        Column("is_assessed", Kind.YES_NO, "", "Screening answers were recorded"),
        Column("is_eligible", Kind.YES_NO, "", "Eligible at the last assessment; blank if not assessed"),
        Column("reasons", Kind.TEXT, "codes", "Why not eligible, joined with +"),
        Column("is_consented", Kind.YES_NO, "", "Gave consent"),
        Column("is_baseline_done", Kind.YES_NO, "", "Completed the baseline interview"),
        Column("is_entered", Kind.YES_NO, "", "Entered the trial"),
        Column("exit", Kind.TEXT, "code", "Why the person left before entry; blank if entered or pending"),
    ),
)

ENTRIES = Table(
    "entries",
    "person entered",
    False,
    (
        STUDY_NUMBER,
        TEAM,
        Column("entered_on", Kind.DATE, "date", "Day of entry, day 0 of every clock"),
        Column("stratum", Kind.TEXT, "code", "Stratum used at allocation"),
        Column("protocol_version", Kind.TEXT, "", "Protocol version in force at entry"),
    ),
)

BASELINE = Table(
    "baseline",
    "person entered",
    False,
    (
        STUDY_NUMBER,
        Column("age_years", Kind.WHOLE, "years", "Age at entry"),
        Column("gender", Kind.TEXT, "code", "Gender as the person describes it"),
        Column("ethnic_group", Kind.TEXT, "code", "Ethnic group, broad categories of the census"),
        Column("housing", Kind.TEXT, "code", "Kind of housing"),
        Column("is_first_crisis", Kind.YES_NO, "", "First time with a crisis team"),
    ),
)

OUTCOMES = Table(
    "outcomes",
    "person entered",
    False,
    (
        STUDY_NUMBER,
        Column("status", Kind.TEXT, "code", "Outcome status, or why it cannot be known"),
        Column("readmitted", Kind.YES_NO, "", "Readmitted within the window; blank when not known"),
        Column("day", Kind.WHOLE, "days", "Day of first readmission, from entry as day 0"),
        Column("first_service", Kind.TEXT, "code", "Setting or settings of the first readmission"),
        Column("nights", Kind.WHOLE, "nights", "Nights in acute care on days 1 to the horizon"),
        Column("calendar_days", Kind.WHOLE, "days", "Dates touched by acute care in the window"),
        Column("followed_days", Kind.WHOLE, "days", "Days from entry to horizon, death or end of records"),
    ),
)

FOLLOWUP = Table(
    "followup",
    "person, point and instrument",
    False,
    (
        STUDY_NUMBER,
        Column("point", Kind.TEXT, "code", "Follow-up point"),
        Column("instrument", Kind.TEXT, "code", "Instrument"),
        Column("state", Kind.TEXT, "code", "Done, missed, or due when the data were locked"),
        Column("held_on", Kind.DATE, "date", "Day of the interview"),
        Column("is_in_window", Kind.YES_NO, "", "Held inside its window; blank if not held"),
        Column("answered_count", Kind.WHOLE, "items", "Items answered"),
        Column("total", Kind.NUMBER, "points", "Raw total; blank unless every item was answered"),
    ),
)

ADVERSE_EVENTS = Table(
    "adverse_events",
    "adverse event",
    False,
    (
        STUDY_NUMBER,
        Column("event_number", Kind.WHOLE, "", "Number of the event within the person, by onset"),
        Column("onset_on", Kind.DATE, "date", "Day the event began"),
        Column("aware_on", Kind.DATE, "date", "Day the trial team came to know"),
        Column(
            "seriousness", Kind.TEXT, "codes", "What makes it serious, joined with +; blank if not serious"
        ),
        Column("is_expected", Kind.YES_NO, "", "Of a kind on the protocol's list"),
    ),
)

DEVIATIONS = Table(
    "deviations",
    "protocol deviation",
    False,
    (
        Column("deviation_number", Kind.WHOLE, "", "Number by date"),
        Column("study_number", Kind.TEXT, "", "Person concerned; blank when it concerns a team"),
        TEAM,
        Column("found_on", Kind.DATE, "date", "Day it was found"),
        Column("kind", Kind.TEXT, "code", "Kind of deviation"),
    ),
)

PARTICIPATION = Table(
    "participation",
    "change of scope",
    False,
    (
        STUDY_NUMBER,
        Column("scope", Kind.TEXT, "code", "What the person said no to (interviews, records or recontact)"),
        Column("stopped_on", Kind.DATE, "date", "From which day"),
    ),
)

ARMS = Table(
    "arms",
    "person entered",
    True,
    (STUDY_NUMBER, Column("arm", Kind.TEXT, "code", "Arm allocated, as the protocol names it")),
)

DELIVERY = Table(
    "delivery",
    "person offered peer sessions, and each other person who stopped the programme",
    True,
    (
        STUDY_NUMBER,
        Column("peer_worker", Kind.TEXT, "code", "Pseudonym of the first peer worker; blank if never paired"),
        Column("is_known", Kind.YES_NO, "", "Whether attendance is known"),
        Column("held_count", Kind.WHOLE, "sessions", "Sessions held; blank when not known"),
        Column("minutes", Kind.WHOLE, "minutes", "Minutes in all; blank when not known"),
        Column("first_on", Kind.DATE, "date", "First session held"),
        Column("last_on", Kind.DATE, "date", "Last session held"),
        Column("stopped_on", Kind.DATE, "date", "Withdrew from the programme; blank if not"),
    ),
)

POST = Table(
    "post",
    "workbook posted",
    True,
    (
        STUDY_NUMBER,
        Column("ordered_on", Kind.DATE, "date", "Day ordered"),
        Column("posted_on", Kind.DATE, "date", "Day posted; blank if never"),
        Column("returned_on", Kind.DATE, "date", "Day it came back undelivered; blank if it did not"),
    ),
)

RELATEDNESS = Table(
    "relatedness",
    "serious adverse event assessed",
    True,
    (
        STUDY_NUMBER,
        Column("event_number", Kind.WHOLE, "", "As in adverse_events"),
        Column("relatedness", Kind.TEXT, "code", "Unmasked judgement of relatedness"),
    ),
)

TABLES = (
    SCREENING,
    ENTRIES,
    BASELINE,
    OUTCOMES,
    FOLLOWUP,
    ADVERSE_EVENTS,
    DEVIATIONS,
    PARTICIPATION,
)
SEALED_TABLES = (ARMS, DELIVERY, POST, RELATEDNESS)
