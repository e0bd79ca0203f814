"""Every act that leaves a line in the ledger."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """An act that leaves a line in the ledger, and the wing of the house where that line may be read."""

    wing: str

    def __new__(cls, value: str, wing: str) -> Event:
        member = str.__new__(cls, value)
        member._value_ = value
        member.wing = wing
        return member

    SET_UP = "set_up", "masked"
    CLOCK_SET = "clock_set", "masked"
    ACCOUNT_INVITED = "account_invited", "masked"
    ACCOUNT_CHANGED = "account_changed", "masked"
    ACCOUNT_LEFT = "account_left", "masked"
    SIGNED_IN = "signed_in", "masked"
    SIGN_IN_FAILED = "sign_in_failed", "masked"
    SIGNED_OUT = "signed_out", "masked"
    SIGN_IN_ASKED = "sign_in_asked", "masked"
    CODE_ISSUED = "code_issued", "sealed"  # else a sign-in without one would tell of a peer worker's code
    CODE_GIVEN_BY_WORKER = "code_given_by_worker", "sealed"
    PASSWORD_SET = "password_set", "masked"
    SECOND_FACTOR_ADDED = "second_factor_added", "masked"
    SECOND_FACTOR_REMOVED = "second_factor_removed", "masked"
    SECOND_FACTOR_RESET = "second_factor_reset", "masked"
    ACCESS_REVIEWED = "access_reviewed", "masked"
    PERSON_ADDED = "person_added", "masked"
    CONTACT_CHANGED = "contact_changed", "masked"
    CONTACT_CONFIRMED = "contact_confirmed", "masked"
    DEATH_RECORDED = "death_recorded", "masked"
    DEATH_TAKEN_BACK = "death_taken_back", "masked"
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
    TOLD_OF_SERIOUS_EVENT = "told_of_serious_event", "masked"
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
    TOLD_OF_RELATED_EVENT = "told_of_related_event", "sealed"
    POSTING_LIST_MADE = "posting_list_made", "sealed"
    WORKBOOK_ORDERED = "workbook_ordered", "sealed"
    WORKBOOK_POSTED = "workbook_posted", "sealed"
    WORKBOOK_RETURNED = "workbook_returned", "sealed"
    PAGE_WRITTEN = "page_written", "sealed"
    PAGE_CLEARED = "page_cleared", "sealed"
    CARD_KEPT = "card_kept", "sealed"
    CARD_TAKEN_AWAY = "card_taken_away", "sealed"
    PLAN_LINKED = "plan_linked", "sealed"
    PLAN_UNLINKED = "plan_unlinked", "sealed"
    PART_MARKED = "part_marked", "sealed"
    CONCERN_RAISED = "concern_raised", "sealed"
    CONCERN_ACKNOWLEDGED = "concern_acknowledged", "sealed"
    CONCERN_ANSWERED = "concern_answered", "sealed"
    VISIT_STARTED = "visit_started", "sealed"
    VISIT_CHECKED_IN = "visit_checked_in", "sealed"
    SUPERVISION_LOGGED = "supervision_logged", "sealed"
    TRAINING_RECORDED = "training_recorded", "sealed"
    SOFT_CAP_SET = "soft_cap_set", "sealed"
    LOCKED = "locked", "sealed"
