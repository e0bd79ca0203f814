"""The words that a protocol file may choose between. A new kind of rule is new code and a new word here."""

from __future__ import annotations

from handrail.domain.words import Worded


class AllocationMethod(Worded):
    """How people come to an arm."""

    PERMUTED_BLOCKS = "permuted_blocks", "Permuted blocks of random size, from one list made beforehand"


class Stratum(Worded):
    """What the allocation list is kept apart by."""

    TEAM = "team", "The crisis team that referred the person"


class WorkbookRoute(Worded):
    """How the workbook reaches the person."""

    WITH_PEER_WORKER = "with_peer_worker", "With a peer support worker"
    POST = "post", "By post"


class DerivedRule(Worded):
    """What a date rule does when it is not met: warn and be recorded, or make the person ineligible."""

    WARN = "warn", "Warn, and record it"
    REFUSE = "refuse", "The person is not eligible"


class FollowUpSource(Worded):
    """Where a follow-up point's facts come from."""

    INTERVIEW = "interview", "Interview"
    RECORDS = "records", "Acute-care records"


class HigherIs(Worded):
    """Which way a questionnaire runs: what a higher total means for the person."""

    BETTER = "better", "Higher is better"
    WORSE = "worse", "Higher is worse"


class Recipient(Worded):
    """Who must be told of an event."""

    SPONSOR = "sponsor", "The sponsor"
    ETHICS_COMMITTEE = "ethics_committee", "The ethics committee"


class ClockScope(Worded):
    """For which events a reporting clock runs, and from which day. Only the first says nothing of the arm."""

    SERIOUS = "serious", "Every serious event, from the day the trial team knew of it"
    RELATED_UNEXPECTED = (
        "related_unexpected",
        "A serious event that is related and was not expected, from the day the trial team knew of it",
    )
    URGENT_MEASURE = "urgent_measure", "An urgent safety measure, from the day it was taken"


class ClockStart(Worded):
    """Which day is day 0 of the outcome."""

    ENTRY = "entry", "The day of entry into the trial"


class IndexRule(Worded):
    """Which episode is the one that brought the person here, and is never a readmission."""

    STARTED_BY_ENTRY = (
        "started_by_entry",
        "Any episode that started on or before the day of entry, whatever its end",
    )


class PrimaryOutcome(Worded):
    """What the main question is about."""

    READMITTED = "readmitted", "Readmission to acute care within the window, yes or no"


class Population(Worded):
    """Whose results are analysed."""

    OUTCOME_KNOWN = "outcome_known", "Everyone as randomised whose outcome is known"


class Adjustment(Worded):
    """What the main model allows for."""

    TEAM = "team", "The crisis team"


class SensitivityCheck(Worded):
    """Another way of looking that should not change the answer."""

    UNADJUSTED = "unadjusted", "The same comparison without adjustment"
    MISSING_NOT_READMITTED = (
        "missing_not_readmitted",
        "Everyone whose outcome is missing counted as not readmitted",
    )
    MISSING_READMITTED = "missing_readmitted", "Everyone whose outcome is missing counted as readmitted"
    MISSING_WORST = "missing_worst", "Missing counted against the programme in every arm"
    MISSING_BEST = "missing_best", "Missing counted in favour of the programme in every arm"
