"""The glossary in code: every word that is stored, and every sentence that a refusal says.

A stored value is a lower-case word. A word that people read carries its sentence beside it.
"""

from __future__ import annotations

from enum import StrEnum

from handrail.domain.because import Because as Because
from handrail.domain.event import Event as Event
from handrail.domain.worded import Worded as Worded


class FieldClass(StrEnum):
    """What kind of fact a stored field is. Every field of every model has at least one."""

    IDENTIFYING = "identifying"
    CLINICAL = "clinical"
    TRIAL = "trial"
    ARM_REVEALING = "arm_revealing"


class Role(Worded):
    """What an account, or a person, is here to do."""

    PERSON = "person", "Person in the programme"
    PEER_WORKER = "peer_worker", "Peer support worker"
    PEER_SUPERVISOR = "peer_supervisor", "Peer supervisor"
    CRISIS_TEAM = "crisis_team", "Crisis team member"
    DUTY_CLINICIAN = "duty_clinician", "Duty clinician"
    RESEARCHER = "researcher", "Researcher (masked)"
    DATA_DESK = "data_desk", "Data desk (masked)"
    ADJUDICATOR = "adjudicator", "Outcome adjudicator (masked)"
    TRIAL_MANAGER = "trial_manager", "Trial manager"
    SAFETY_REVIEWER = "safety_reviewer", "Safety reviewer (masked)"
    STATISTICIAN = "statistician", "Statistician"
    SERVICE_MANAGER = "service_manager", "Service manager"
    ADMINISTRATOR = "administrator", "Administrator of accounts"


MASKED_ROLES = frozenset(
    {
        Role.RESEARCHER,
        Role.DATA_DESK,
        Role.ADJUDICATOR,
        Role.CRISIS_TEAM,
        Role.SERVICE_MANAGER,
        Role.SAFETY_REVIEWER,
    }
)


# Masked until the data are locked, and no longer: they steer the services, and nothing is measured by them.
UNMASKED_BY_LOCK = frozenset({Role.SERVICE_MANAGER})


class Setting(Worded):
    """Settings of acute care, as a spells file names them."""

    WARD = "ward", "Psychiatric ward"
    CRISIS_TEAM = "crisis-team", "Crisis resolution team"
    CRISIS_HOUSE = "crisis-house", "Crisis house"
    DAY_UNIT = "day-unit", "Acute day unit"


class OutcomeStatus(Worded):
    """What the records say of one person's first year, or why they cannot say."""

    READMITTED = "readmitted", "Readmitted to acute care within the window"
    NOT_READMITTED = "not_readmitted", "Followed to the end of the window without readmission"
    DIED = "died", "Died within the window without readmission first"
    CENSORED = "censored", "Records end before the window does"
    INDEX_END_UNKNOWN = "index_end_unknown", "An earlier spell has no end, so later ones cannot be told apart"
    NO_RECORDS = "no_records", "No acute-care record was found for this person at all"
    NOT_CONSENTED = "not_consented", "Did not consent to the use of records"


class SetAside(Worded):
    """Why a row of a spells file counts for nothing. In this order: the first that holds is counted."""

    UNKNOWN_SERVICE = "unknown_service", "The service is not one of those that a spells file may name"
    ENDS_BEFORE_START = "ends_before_start", "The spell ends before it starts"
    NOT_IN_COHORT = "not_in_cohort", "The person is not in the cohort"
    NOT_CONSENTED = "not_consented", "The person did not consent to the use of records"
    NOT_COUNTED = "not_counted", "The service does not count under this protocol"
    STARTS_IN_FUTURE = "starts_in_future", "The spell starts after the records' cut-off"
    STARTS_AFTER_DEATH = "starts_after_death", "The spell starts after the person's death"
    DUPLICATE = "duplicate", "Another row has the same person, service, provider and start"


class Joined(Worded):
    """How a spell came to be part of its episode."""

    OPENS = "opens", "Starts on the day that the episode starts"
    OVERLAPS = "overlaps", "Starts while an earlier spell of the episode is still going on"
    FOLLOWS = "follows", "Starts after the earlier spells have ended, within the gap that is allowed"


class Scope(Worded):
    """What a person says yes or no to, each apart from the others."""

    PROGRAMME = "programme", "Taking part in the programme"
    INTERVIEWS = "interviews", "Interviews and questionnaires"
    RECORDS = "records", "Use of health records"
    RECONTACT = "recontact", "Being contacted about other studies"


class Unmet(Worded):
    """A condition of age or date that was not met at screening."""

    TOO_YOUNG = "too_young", "Younger than the protocol allows"
    SHORT_CASELOAD = "short_caseload", "Too few days on the crisis team's caseload"
    NOT_DISCHARGED = "not_discharged", "Not yet discharged by the crisis team"
    DISCHARGED_LONG_AGO = "discharged_long_ago", "Discharged longer ago than the protocol allows"


class ConsentRoute(Worded):
    """How consent was given."""

    ON_SCREEN = "on_screen", "On screen, face to face"
    ON_PAPER = "on_paper", "On paper, face to face"
    BY_TELEPHONE = "by_telephone", "By telephone, each statement read aloud"
    BY_VIDEO = "by_video", "By video call, each statement read aloud"


class Exit(Worded):
    """Why a person left the journey before entry. Every exit has one of these, so CONSORT can be counted."""

    INELIGIBLE = "ineligible", "Not eligible"
    DECLINED = "declined", "Declined to take part"
    NOT_REACHED = "not_reached", "Could not be contacted"
    LOST_CAPACITY = "lost_capacity", "Lost capacity to consent before entry"
    WITHDREW_BEFORE_ENTRY = "withdrew_before_entry", "Withdrew before entry"
    WINDOW_PASSED = "window_passed", "Too long since discharge"
    OTHER = "other", "Other reason"


class Attendance(Worded):
    """How a planned meeting with a peer worker went."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Met"
    MISSED = "missed", "Did not meet"
    CANCELLED = "cancelled", "Cancelled"


class Posting(Worded):
    """Where a posted workbook has got to."""

    ORDERED = "ordered", "To be posted"
    POSTED = "posted", "Posted"
    RETURNED = "returned", "Came back undelivered"


class InterviewState(Worded):
    """Where an interview at one follow-up point has got to."""

    DUE = "due", "Due"
    BOOKED = "booked", "Booked"
    DONE = "done", "Done"
    MISSED = "missed", "Missed"


class IdentityCheck(Worded):
    """How an administrator made sure who asks, before taking away a second factor."""

    IN_PERSON = "in_person", "I met them in person"
    VIDEO = "video", "I saw and knew them on a video call"
    LINE_MANAGER = "line_manager", "Their line manager confirmed it, on a number I already had"


class SecondFactorKind(Worded):
    """What an account shows besides its password."""

    TOTP = "totp", "Authenticator app"
    WEBAUTHN = "webauthn", "Passkey"
    RECOVERY_CODES = "recovery_codes", "Recovery codes"


class DoorRequest(Worded):
    """What somebody who is not signed in asked for."""

    CODE = "code", "A one-time code"
    PASSWORD = "password", "A link to choose a password"


class Seriousness(Worded):
    """What makes an adverse event serious (Health Research Authority, research other than of medicines)."""

    DEATH = "death", "Death"
    LIFE_THREATENING = "life_threatening", "Threatened life"
    HOSPITAL_STAY = "hospital_stay", "Brought about or lengthened a hospital stay"
    DISABILITY = "disability", "Left lasting or significant disability"
    BIRTH_DEFECT = "birth_defect", "Birth defect"
    MEDICALLY_SIGNIFICANT = "medically_significant", "Otherwise medically significant"


class Relatedness(Worded):
    """How likely it is that an event came from the research or the programme."""

    UNRELATED = "unrelated", "Unrelated"
    UNLIKELY = "unlikely", "Unlikely"
    POSSIBLE = "possible", "Possible"
    PROBABLE = "probable", "Probable"
    DEFINITE = "definite", "Definite"


class DeviationKind(Worded):
    """How what happened differed from the protocol."""

    INELIGIBLE_ENTERED = "ineligible_entered", "A person was entered who was not eligible"
    CONSENT_WRONG = "consent_wrong", "Consent was out of date or incomplete"
    OUT_OF_WINDOW = "out_of_window", "A follow-up took place outside its window"
    UNMASKED = "unmasked", "A masked member of staff learnt the arm"
    WRONG_OFFER = "wrong_offer", "A person was given something other than what their arm offers"
    OTHER = "other", "Other"
