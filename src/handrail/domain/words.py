"""The glossary in code: every word that is stored, and every sentence that a refusal says.

A stored value is a lower-case word. A word that people read carries its sentence beside it.
"""

from __future__ import annotations

from enum import StrEnum


class Worded(StrEnum):
    """A stored word that knows what a person reads for it."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Worded:
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member


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


class Scope(Worded):
    """What a person says yes or no to, each apart from the others."""

    PROGRAMME = "programme", "Taking part in the programme"
    INTERVIEWS = "interviews", "Interviews and questionnaires"
    RECORDS = "records", "Use of health records"
    RECONTACT = "recontact", "Being contacted about other studies"


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


class Because(Worded):
    """Reasons for a refusal, each with the sentence that says what to do."""

    STUDY_NUMBER_WRONG = "study_number_wrong", "That is not a study number. Check each letter and digit."
    NHS_NUMBER_WRONG = "nhs_number_wrong", "That is not an NHS number: it has ten digits. Check each one."

    # After entry: dates and people
    HAS_DIED = "has_died", "This person has died."
    NOT_ENTERED = "not_entered", "This person has not entered the trial."
    DAY_TO_COME = "day_to_come", "{about} is a day still to come. Check the date."
    DAY_GONE = "day_gone", "{about} has passed. Choose today or a later day."
    BEFORE_ENTRY = "before_entry", "{about} is before this person entered the trial. Check the date."
    DATES_SWAPPED = "dates_swapped", "{about} comes before the day it follows from. Check both dates."
    TEXT_TOO_LONG = "text_too_long", "That is too long: use at most {about} characters."
    TEXT_MISSING = "text_missing", "Write a few words first."
    # Follow-up
    INTERVIEWS_CLOSED = "interviews_closed", "This person has said no to interviews."
    POINT_UNKNOWN = "point_unknown", "The protocol has no interview called {about}."
    INTERVIEW_DONE = "interview_done", "This interview is already recorded."
    INTERVIEW_MISSED = "interview_missed", "This interview is already recorded as missed."
    INSTRUMENT_UNKNOWN = "instrument_unknown", "{about} is not asked at this interview."
    ANSWER_COUNT_WRONG = "answer_count_wrong", "{about}. Leave a blank for an item not answered."
    ANSWER_OUT_OF_RANGE = "answer_out_of_range", "{about}. Check the answer sheet."
    ALREADY_IN_TRIAL = "already_in_trial", "This person has already entered, so the baseline is closed."
    # Acute-care records
    NO_OUTCOME = "no_outcome", "No outcome has been worked out for this person yet."
    NEEDS_NO_DECISION = "needs_no_decision", "The records are clear, so there is nothing to decide."
    DAY_NEEDED = "day_needed", "Say on which day, from 1 to {about}, the person was readmitted."
    DAY_NOT_WANTED = "day_not_wanted", "A day is given only when the person was readmitted."
    # Safety and conduct
    EVENT_KIND_UNKNOWN = "event_kind_unknown", "{about} is not a kind of event that the protocol lists."
    ALREADY_REVIEWED = "already_reviewed", "This event is already reviewed and signed."
    ALREADY_CORRECTED = "already_corrected", "This event was corrected since. Look at the newer record."
    NOT_REVIEWED = "not_reviewed", "A masked reviewer has not signed this event yet."
    NOT_RELATED = "not_related", "The masked reviewer judged that this event could not be related."
    NOT_SERIOUS = "not_serious", "Only a serious event is judged in this way."
    # What an arm offers
    NOT_OFFERED = "not_offered", "This is not part of what this person is offered."
    PROGRAMME_STOPPED = "programme_stopped", "This person has stopped the programme."
    NOT_A_PEER_WORKER = "not_a_peer_worker", "Choose a peer worker who still works here."
    ALREADY_PAIRED = "already_paired", "This person and this peer worker are already paired."
    NOT_PAIRED = "not_paired", "Choose a peer worker for this person first."
    SESSIONS_USED = "sessions_used", "All {about} sessions are already planned or held."
    SESSION_TOO_LATE = "session_too_late", "Sessions end on {about}."
    SESSION_CLASHES = "session_clashes", "There is already a session at that time."
    SESSION_SETTLED = "session_settled", "This session is already recorded."
    MINUTES_WRONG = "minutes_wrong", "Give the length in minutes, from 1 to {about}."
    ATTENDANCE_WRONG = "attendance_wrong", "Choose missed or cancelled."
    ALREADY_ORDERED = "already_ordered", "A workbook is already ordered for this person."
    ALREADY_POSTED = "already_posted", "This workbook is already posted."
    NOT_POSTED = "not_posted", "This workbook has not been posted, or has already come back."
    NO_ADDRESS = "no_address", "There is no full address and postcode to post to."
    PAGE_UNKNOWN = "page_unknown", "The workbook has no such page."
    # Concerns
    ALREADY_ACKNOWLEDGED = "already_acknowledged", "{about} has already taken this up."
    NOT_ACKNOWLEDGED = "not_acknowledged", "Take this up first, then answer it."
    NOT_YOURS_TO_ANSWER = "not_yours_to_answer", "Another member of staff took this up."
    ALREADY_ANSWERED = "already_answered", "This is already answered."
    # The lock
    NOBODY_ENTERED = "nobody_entered", "Nobody has entered, so there is nothing to lock."
    LOCK_EXISTS = "lock_exists", "{about} is already there. Choose another name: a lock is never written over."
    NOT_LINKED = "not_linked", "{about} of the people who entered have no outcome. Link the records first."
    LINKED_BY_ANOTHER_RULE = "linked_by_another_rule", "The definition changed. Link the records again."
    LINK_IS_STALE = "link_is_stale", "Records arrived since the outcomes were worked out. Link them again."
    UNDECIDED = "undecided", "{about} outcomes still wait for the adjudicator."
    RECIPIENT_WRONG = "recipient_wrong", "That is not a public key in the age format: it starts with age1."
    ARM_UNKNOWN = "arm_unknown", "{about} of the people who entered have no allocation."


class Event(StrEnum):
    """An act that leaves a line in the ledger, and the wing of the house where that line may be read."""

    wing: str

    def __new__(cls, value: str, wing: str) -> Event:
        member = str.__new__(cls, value)
        member._value_ = value
        member.wing = wing
        return member

    SET_UP = "set_up", "masked"
    ACCOUNT_INVITED = "account_invited", "masked"
    ACCOUNT_CHANGED = "account_changed", "masked"
    ACCOUNT_LEFT = "account_left", "masked"
    SIGNED_IN = "signed_in", "masked"
    SIGN_IN_FAILED = "sign_in_failed", "masked"
    SIGNED_OUT = "signed_out", "masked"
    CODE_ISSUED = "code_issued", "masked"
    PERSON_SEEN = "person_seen", "masked"
    REFERRED = "referred", "masked"
    SCREENED = "screened", "masked"
    LEFT_BEFORE_ENTRY = "left_before_entry", "masked"
    CONSENTED = "consented", "masked"
    REGISTERED = "registered", "masked"
    SCOPE_CHANGED = "scope_changed", "masked"
    LIST_MADE = "list_made", "sealed"
    RANDOMISED = "randomised", "masked"

    BASELINE_RECORDED = "baseline_recorded", "masked"
    INTERVIEW_BOOKED = "interview_booked", "masked"
    INTERVIEW_RECORDED = "interview_recorded", "masked"
    INTERVIEW_MISSED = "interview_missed", "masked"
    CONTACT_TRIED = "contact_tried", "masked"
    EXTRACT_READ = "extract_read", "masked"
    RECORDS_LINKED = "records_linked", "masked"
    RECORDS_END_SET = "records_end_set", "masked"
    OUTCOME_DECIDED = "outcome_decided", "masked"
    ADVERSE_EVENT_RECORDED = "adverse_event_recorded", "masked"
    ADVERSE_EVENT_CORRECTED = "adverse_event_corrected", "masked"
    ADVERSE_EVENT_REVIEWED = "adverse_event_reviewed", "masked"
    DEVIATION_RECORDED = "deviation_recorded", "masked"
    MESSAGES_MADE = "messages_made", "masked"
    MESSAGE_SENT = "message_sent", "masked"
    MESSAGE_CALLED_OFF = "message_called_off", "masked"
    PAIRED = "paired", "sealed"
    SESSION_PLANNED = "session_planned", "sealed"
    SESSION_HELD = "session_held", "sealed"
    SESSION_MARKED = "session_marked", "sealed"
    ATTENDANCE_UNKNOWN = "attendance_unknown", "sealed"
    PROGRAMME_STOPPED = "programme_stopped", "sealed"
    RELATEDNESS_JUDGED = "relatedness_judged", "sealed"
    WORKBOOK_ORDERED = "workbook_ordered", "sealed"
    WORKBOOK_POSTED = "workbook_posted", "sealed"
    WORKBOOK_RETURNED = "workbook_returned", "sealed"
    PAGE_WRITTEN = "page_written", "sealed"
    PAGE_CLEARED = "page_cleared", "sealed"
    CONCERN_RAISED = "concern_raised", "sealed"
    CONCERN_ACKNOWLEDGED = "concern_acknowledged", "sealed"
    CONCERN_ANSWERED = "concern_answered", "sealed"
    UNMASKED_FOR_PERSON = "unmasked_for_person", "sealed"
    LOCKED = "locked", "sealed"
