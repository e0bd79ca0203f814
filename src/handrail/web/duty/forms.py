"""The duty clinician's one form: an answer."""

from __future__ import annotations

from handrail.domain.concern import LONGEST_WORDS
from handrail.web.shared.forms import Form, Words

FIELD_OF = {"text_missing": "words", "text_too_long": "words"}


class Answer(Form):
    """What was done about a worry."""

    words = Words("What you did", hint="Whom you spoke with, and what happens next", max_length=LONGEST_WORDS)
