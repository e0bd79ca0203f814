"""The person's own form of the safe-contact card: the same questions, in their own words."""

from __future__ import annotations

from handrail.domain.safe_contact import WORDS_LENGTH, Way
from handrail.web.shared.forms import AnyOf, Line, Tick, Words, YesNo
from handrail.web.shared.person_forms import SafeContactForm

PLAIN = {
    Way.TELEPHONE: "A phone call",
    Way.TEXT: "A text",
    Way.EMAIL: "An e-mail",
    Way.POST: "A letter",
}


class OwnSafeContact(SafeContactForm):
    """Which ways are safe for me, and when."""

    ways = AnyOf(
        "How can we reach you safely?",
        [(way.value, words) for way, words in PLAIN.items()]
        + [(SafeContactForm.NONE, "None of these. Only talk to me face to face")],
        hint="We will not use a way that you leave out",
        missing="Choose each safe way, or none of these",
    )
    may_leave_voicemail = YesNo("Can we leave a voicemail?", missing="Choose yes or no for voicemail")
    safe_times = Line("Days and times that are safe", required=False, max_length=WORDS_LENGTH)
    language = Line("Your language, if you want an interpreter", required=False, max_length=WORDS_LENGTH)
    needs = Words(
        "What would make it easier for you?",
        hint="All of our staff can read this. Leave out what we offer you",
        required=False,
        max_length=WORDS_LENGTH,
        rows=3,
    )
    not_to = Words(
        "Who should we not speak to?",
        hint="We never show this here again, so nobody else can read it. Leave it empty to keep what we have",
        required=False,
        max_length=WORDS_LENGTH,
        rows=3,
    )
    forgets_note = Tick("Take away what I wrote about who not to speak to", required=False)
