"""Every reason for a refusal, with the sentence that says what to do about it."""

from __future__ import annotations

from handrail.domain.worded import Worded


class Because(Worded):
    """Reasons for a refusal, each with the sentence that says what to do."""

    STUDY_NUMBER_WRONG = "study_number_wrong", "That is not a study number. Check each letter and digit."
    NHS_NUMBER_WRONG = "nhs_number_wrong", "That is not an NHS number: it has ten digits. Check each one."
    MEASURES_TOO_EARLY = (
        "measures_too_early",
        "Figures for managers are made once the data are locked: before, they would help to guess an arm.",
    )
    MEASURES_MADE = "measures_made", "The figures as of {about} are made, and never made again."
    # Analysis: why a number cannot be worked out
    ARM_EMPTY = (
        "arm_empty",
        "There is nobody in {about} whose outcome is known, so there is nothing to compare.",
    )
    MORE_EVENTS_THAN_PEOPLE = (
        "more_events_than_people",
        "There are more events than people in {about}. Check the counts.",
    )
    NO_EVENTS_IN_ARM = (
        "no_events_in_arm",
        "Nobody in {about} had the event, so the arms cannot be compared by a ratio.",
    )
    ALL_EVENTS_IN_ARM = (
        "all_events_in_arm",
        "Everybody in {about} had the event, so the arms cannot be compared by a ratio.",
    )
    SEPARATED = "separated", "The model tells those with and without the event apart completely: no estimate."
    EVENT_ON_DAY_ZERO = (
        "event_on_day_zero",
        "{about}: an event on day 0 or before. The clock starts at day 1.",
    )
    NO_EVENT_SEEN = (
        "no_event_seen",
        "Everybody was censored: no event was seen, so there is no curve to compare.",
    )
    NO_CHANGE_SEEN = "no_change_seen", "All events fell on one day, so no change over time can be seen."
    TOO_FEW_PEOPLE = "too_few_people", "Too few people in {about}: at least two are needed in each arm."
    NOBODY_DIFFERS = "nobody_differs", "Everybody has the same value, so there is nothing to compare."
    NOT_TWO_ARMS = "not_two_arms", "This analysis compares two arms; the protocol names {about}."

    # People and referral
    NAME_MISSING = "name_missing", "Give a given name and a surname."
    TEXT_ODD = "text_odd", "Use letters, digits and ordinary signs only."
    BORN_ON_WRONG = "born_on_wrong", "The date of birth must be before today, and within 120 years."
    CONTACT_MISSING = "contact_missing", "Give at least one way to reach the person."
    EMAIL_WRONG = "email_wrong", "That is not an e-mail address, such as name@example.org."
    VOICEMAIL_WITHOUT_CALLS = "voicemail_without_calls", "Where calls are not safe, leave no voicemail."
    PERSON_DIFFERS = (
        "person_differs",
        "That NHS number is recorded with another surname or date of birth. Check all three.",
    )
    DIED_BEFORE_BIRTH = "died_before_birth", "The date of death is before the date of birth. Check both."
    SEEN_ALIVE = "seen_alive", "The records show this person alive on {about}. Check both days."
    NOT_RECORDED_DEAD = "not_recorded_dead", "No death is on record for this person."
    TEAM_UNKNOWN = "team_unknown", "{about} is not a team of this programme."
    NO_AGREEMENT_TO_CONTACT = (
        "no_agreement_to_contact",
        "Ask first: a person is referred only when they agree that the research team may contact them.",
    )
    RECRUITMENT_CLOSED = "recruitment_closed", "Recruitment is open from {about}."
    CASELOAD_TO_COME = "caseload_to_come", "The first day on the caseload is still to come. Check the date."
    DISCHARGE_TOO_EARLY = (
        "discharge_too_early",
        "The day of discharge is before the first day on the caseload. Check both dates.",
    )
    ALREADY_REFERRED = "already_referred", "This person has a referral that is still open."
    ALREADY_CONSENTED = "already_consented", "This person has already consented."
    HAS_LEFT = "has_left", "This referral is closed: the person left before entry."
    # Screening and consent
    ANSWER_MISSING = "answer_missing", "Answer this question: {about}"
    ANSWER_UNKNOWN = "answer_unknown", "The protocol asks no question called {about}."
    NOT_ASSESSED = "not_assessed", "Record the screening answers first."
    NOT_ELIGIBLE = "not_eligible", "The person is not eligible: {about}."
    ASSESSMENT_STALE = (
        "assessment_stale",
        "The screening answers were given under protocol version {about}. Screen again.",
    )
    NO_FORM_IN_FORCE = "no_form_in_force", "No version of the consent form is in force on this day."
    NO_CONSENT = "no_consent", "This person has not given consent."
    FORM_NOT_IN_FORCE = (
        "form_not_in_force",
        "Consent was given under version {about} of the form, which is not the one in force. Ask again.",
    )
    CAPACITY_NOT_CONFIRMED = (
        "capacity_not_confirmed",
        "Confirm that the person has the capacity to consent; without it there is no consent.",
    )
    STATEMENT_MISSING = "statement_missing", "Record a yes or a no to this statement: {about}"
    STATEMENT_UNKNOWN = "statement_unknown", "The consent form has no statement called {about}."
    STATEMENT_NEEDED = "statement_needed", "Nobody can take part without a yes to this statement: {about}"
    SCOPE_NOT_HERE = "scope_not_here", "Stopping the programme is recorded with the peer support team."
    SCOPE_ALREADY_SO = "scope_already_so", "That is already the person's choice."
    SAID_SINCE = "said_since", "The person's choices were last recorded for {about}. Check the date."
    # Entry and allocation
    ALREADY_ENTERED = "already_entered", "This person has already entered the trial."
    BASELINE_NOT_DONE = "baseline_not_done", "Complete the baseline interview first."
    STRATUM_MISSING = "stratum_missing", "The person's team is not recorded, or is not in the protocol."
    LIST_NOT_MADE = "list_not_made", "The allocation list has not been made."
    LIST_MADE_ALREADY = "list_made_already", "The allocation list is made once, and it is made."
    NO_FREE_SLOT = "no_free_slot", "The allocation list has no place left. Tell the trial statistician."
    REQUEST_KEY_WRONG = "request_key_wrong", "The request has no key of its own. Open the page again."
    BLOCK_SIZES_MISSING = "block_sizes_missing", "Give at least one block size."
    BLOCK_SIZE_WRONG = "block_size_wrong", "A block size must be a multiple of {about}."
    DICE_ARE_SEEDED = (
        "dice_are_seeded",
        "A list for real people is made with the operating system's randomness, never from a seed.",
    )
    ARM_CODE_TOO_LONG = "arm_code_too_long", "The arm's code is too long: use at most {about} characters."
    # Accounts and sign-in
    EMAIL_TAKEN = "email_taken", "Somebody already has an account with that e-mail address."
    ROLE_NOT_FOR_STAFF = "role_not_for_staff", "A person in the programme has no staff account."
    TEAM_MISSING = "team_missing", "This role is for the people of one team. Choose the team."
    KNOWS_ARMS = (
        "knows_arms",
        "This account has worked where allocations are known, so it cannot take a masked role.",
    )
    LAST_ADMINISTRATOR = "last_administrator", "This is the last administrator. Appoint another one first."
    ACCOUNT_HAS_LEFT = "account_has_left", "This account has left. Invite the person again."
    INSTALLED_ALREADY = "installed_already", "This installation is already set up."
    TOO_MANY_CODES = "too_many_codes", "Too many codes were asked for. Wait an hour, or ask somebody to help."
    NOT_YOURSELF = "not_yourself", "Somebody else must do this: nobody resets their own second factor."
    NOT_YOUR_OWN_ROLE = (
        "not_your_own_role",
        "Another administrator must do this: nobody changes their own role.",
    )
    CONTACT_NOT_CONFIRMED = (
        "contact_not_confirmed",
        "Nobody has confirmed with the person how to reach them, so no code is sent there.",
    )
    CODE_WRONG = "code_wrong", "That code did not work. Check it, or ask for a new one."
    # After entry: dates and people
    HAS_DIED = "has_died", "This person has died."
    NOT_ENTERED = "not_entered", "This person has not entered the trial."
    DAY_TO_COME = "day_to_come", "{about} is a day still to come. Check the date."
    DAY_GONE = "day_gone", "{about} has passed. Choose today or a later day."
    BEFORE_ENTRY = "before_entry", "{about} is before this person entered the trial. Check the date."
    BEFORE_CONSENT = "before_consent", "{about} is before this person consented. Check the date."
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
    WORD_UNKNOWN = "word_unknown", "{about} is not one of the answers. Choose one, or leave it blank."
    ALREADY_IN_TRIAL = "already_in_trial", "This person has already entered, so the baseline is closed."
    # Acute-care records
    NO_OUTCOME = "no_outcome", "No outcome has been worked out for this person yet."
    NEEDS_NO_DECISION = "needs_no_decision", "The records are clear, so there is nothing to decide."
    DECISION_WRONG = "decision_wrong", "Choose readmitted, not readmitted, or cannot be told."
    DAY_NEEDED = "day_needed", "Say on which day, from 1 to {about}, the person was readmitted."
    DAY_NOT_WANTED = "day_not_wanted", "A day is given only when the person was readmitted."
    NOT_MOVED = "not_moved", "Nothing is on record that ends this person's records."
    # Safety and conduct
    EVENT_KIND_UNKNOWN = "event_kind_unknown", "{about} is not a kind of event that the protocol lists."
    ALREADY_REVIEWED = "already_reviewed", "This event is already reviewed and signed."
    TEAM_DIFFERS = (
        "team_differs",
        "The person with that study number belongs to another team. Check the team and the study number.",
    )
    TEAM_NEEDED = "team_needed", "Say which team, or which person, this is about."
    ALREADY_CORRECTED = "already_corrected", "This event was corrected since. Look at the newer record."
    NO_REASON_GIVEN = "no_reason_given", "Say why the record is put right."
    NOTHING_DIFFERS = "nothing_differs", "This is what is on record already. Change what was wrong."
    NOT_REVIEWED = "not_reviewed", "A masked reviewer has not signed this event yet."
    NOT_RELATED = "not_related", "The masked reviewer judged that this event could not be related."
    NOT_SERIOUS = "not_serious", "Only a serious event is judged in this way."
    NO_CLOCK_RUNS = "no_clock_runs", "This event was never recorded as serious, so nobody need be told of it."
    MEASURE_DAY_MISSING = "measure_day_missing", "Say on which day the urgent safety measure was taken."
    # What an arm offers
    NOT_OFFERED = "not_offered", "This is not part of what this person is offered."
    PROGRAMME_STOPPED = "programme_stopped", "This person has stopped the programme."
    NOT_A_PEER_WORKER = "not_a_peer_worker", "Choose a peer worker who still works here."
    ALREADY_PAIRED = "already_paired", "This person and this peer worker are already paired."
    ON_RECORD = "on_record", "{about} is already on record."
    COVER_AWAY = "cover_away", "Whoever covers is away on some of these days. Choose somebody else."
    NOT_ASKED = "not_asked", "These questions come after every third meeting, once for each of you."
    CAP_WRONG = "cap_wrong", "Give a number of people from 1 to {about}."
    NOT_PAIRED = "not_paired", "Choose a peer worker for this person first."
    SUPPORT_OVER = "support_over", "The time with the peer worker ended on {about}."
    SESSIONS_USED = "sessions_used", "All {about} sessions are already planned or held."
    SESSION_TOO_LATE = "session_too_late", "Sessions end on {about}."
    SESSION_CLASHES = "session_clashes", "There is already a session at that time."
    SESSION_SETTLED = "session_settled", "This session is already recorded."
    NOT_MET = "not_met", "Say first that you met."
    SAID_ALREADY = "said_already", "That is what was said already."
    SESSION_BEGUN = "session_begun", "The time of this meeting has come. Tell your peer worker instead."
    MINUTES_WRONG = "minutes_wrong", "Give the length in minutes, from 1 to {about}."
    ATTENDANCE_WRONG = "attendance_wrong", "Choose missed or cancelled."
    ATTENDANCE_LOST = "attendance_lost", "This person's attendance is already recorded as unknown."
    ALREADY_ORDERED = "already_ordered", "A workbook is already ordered for this person."
    ALREADY_POSTED = "already_posted", "This workbook is already posted."
    NOT_POSTED = "not_posted", "This workbook has not been posted, or has already come back."
    NO_ADDRESS = "no_address", "There is no full address and postcode to post to."
    POST_NOT_SAFE = "post_not_safe", "This person has said that post is not safe. Ask them how else."
    PAGE_UNKNOWN = "page_unknown", "The workbook has no such page."
    NOT_A_CHOICE = "not_a_choice", "Choose from the list, or use your own words."
    TOO_MANY_CARDS = "too_many_cards", "There is room for {about} here. Take one away first."
    NOT_FOR_THE_PLAN = "not_for_the_plan", "This does not go into that part of the plan."
    ALREADY_IN_THE_PLAN = "already_in_the_plan", "This is in your plan already."
    CHECK_INS_OFF = "check_ins_off", "Your check-ins are off. You can turn them on again."
    NO_PEER_WORKER = "no_peer_worker", "You have no peer worker just now. Choose somebody else."
    NOBODY_NAMED = "nobody_named", "Say who it is for. A first name is enough."
    SHARED_TOO_LONG = "shared_too_long", "Choose a day within a year: {about} is the last."
    TOO_MUCH_SHARED = "too_much_shared", "You share {about} things now. Stop one of them first."
    NOTHING_OPENED = "nothing_opened", "That did not open anything. Check the link and the code."
    # Concerns
    ALREADY_ACKNOWLEDGED = "already_acknowledged", "{about} has already taken this up."
    NOT_ACKNOWLEDGED = "not_acknowledged", "Take this up first, then answer it."
    NOT_YOURS_TO_ANSWER = "not_yours_to_answer", "Another member of staff took this up."
    ALREADY_ANSWERED = "already_answered", "This is already answered."
    NOT_ANSWERED_YET = "not_answered_yet", "Nobody has answered this yet."
    ALREADY_DEBRIEFED = "already_debriefed", "{about} has already said that you talked it over."
    # A worker cannot go on
    NOBODY_TO_HAND_OVER = "nobody_to_hand_over", "This worker supports nobody now."
    SOMEBODY_LEFT_OUT = (
        "somebody_left_out",
        "The caseload has changed, or somebody is left out ({about}). Look at everybody again.",
    )
    WORKER_IS_LEAVING = "worker_is_leaving", "Choose a worker other than the one who cannot go on."
    MEETING_IS_PAST = "meeting_is_past", "Offer a meeting that is still to come."
    NOT_YOURS_TO_END = "not_yours_to_end", "Only the peer worker of the two says how their meetings ended."
    ENDING_KEPT = "ending_kept", "How these meetings ended is on record already."
    MEETING_TO_COME = "meeting_to_come", "A meeting is still to come. Hold it first, or call it off."
    NOT_MET_THAT_DAY = "not_met_that_day", "No meeting was held on {about}. Say first how it went."
    UNTIL_WHEN = "until_when", "Say until which day they may write to the team."
    # Visits
    VISIT_LENGTH_WRONG = "visit_length_wrong", "Give the time that you need in minutes, from {about}."
    BUDDY_IS_SELF = "buddy_is_self", "Choose somebody else as your buddy."
    VISIT_ENDED = "visit_ended", "This visit has ended. Start another one."
    VISIT_CLOSED = "visit_closed", "{about} has closed this visit."
    VISIT_NOT_LATE = "visit_not_late", "Nobody is overdue on this visit."
    # The lock
    NOBODY_ENTERED = "nobody_entered", "Nobody has entered, so there is nothing to lock."
    LOCK_EXISTS = (
        "lock_exists",
        "{about} is already there. Choose another name: a lock is never written over.",
    )
    NOT_LINKED = "not_linked", "{about} of the people who entered have no outcome. Link the records first."
    LINKED_BY_ANOTHER_RULE = "linked_by_another_rule", "The definition changed. Link the records again."
    LINK_IS_STALE = "link_is_stale", "Records arrived since the outcomes were worked out. Link them again."
    UNDECIDED = "undecided", "{about} outcomes still wait for the adjudicator."
    RECIPIENT_WRONG = (
        "recipient_wrong",
        "That is not a public key in the age format. Copy it whole: age1 and 58 more letters and digits.",
    )
    DRAW_CHANGED = (
        "draw_changed",
        "The draws of {about} are not as they were made: somebody changed the database past Handrail. "
        "Lock nothing, keep a backup as evidence, and tell the statistician and the sponsor.",
    )
    ARM_UNKNOWN = "arm_unknown", "{about} of the people who entered have no allocation."
    # The demonstration
    HOME_IS_REAL = (
        "home_is_real",
        "{about} may hold real people, so no demonstration replaces it. Choose another folder with --home.",
    )
    HOME_IS_STRANGE = (
        "home_is_strange",
        "{about} holds files that no demonstration made, so none replaces them. Choose another folder.",
    )
    HOME_BEING_PLAYED = (
        "home_being_played",
        "Another demonstration is being played for {about}. Wait until it has finished.",
    )
    CLOCK_IS_REAL = "clock_is_real", "The clock can be set in a demonstration only."
    NOT_SYNTHETIC = (
        "not_synthetic",
        "Synthetic people are played only into an empty database that is marked as synthetic.",
    )
    DATABASE_ELSEWHERE = (
        "database_elsewhere",
        "A demonstration keeps its database in its own folder. Unset {about} to play one.",
    )
    NOT_ARRANGED = (
        "not_arranged",
        "From seed {about} the published figures cannot be arranged. Try another seed.",
    )
    # Setting up, backing up, restoring
    SETUP_SYNTHETIC = (
        "setup_synthetic",
        "{about} holds a demonstration, and a real installation never grows out of one. "
        "Choose an empty folder with HANDRAIL_HOME.",
    )
    SETUP_STRANGE = (
        "setup_strange",
        "{about} holds a database that is no installation's. Look what it is, and move it away.",
    )
    BLOCK_SIZES_SEALED = (
        "block_sizes_sealed",
        "The block sizes are for the statistician alone to know. Name the statistician's file, with one line "
        "such as sizes = [4, 6], by --block-sizes FILE. It is read once, and neither copied nor shown.",
    )
    STATISTICIAN_KEY_MISSING = (
        "statistician_key_missing",
        "Give the statistician's public key, age1…, or the file that holds it, by --statistician-key. "
        "Whoever holds the other half can open the arms after the lock, and nobody else.",
    )
    HOME_NOT_EMPTY = (
        "home_not_empty",
        "{about} is not empty, and nothing is restored over it. Choose an empty folder with HANDRAIL_HOME.",
    )
    RESTORE_CUT_OFF = (
        "restore_cut_off",
        "{about} holds part of a restore that was cut off. Run `handrail restore` again: it clears it away.",
    )
    KEY_NOT_IN_BACKUP = (
        "key_not_in_backup",
        "The master key is not in this backup. Say where it is kept, by --key-file FILE.",
    )
