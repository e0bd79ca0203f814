"""The person's own forms about their meetings: short, and nothing has to be explained."""

from __future__ import annotations

from handrail.domain.meeting import LONGEST_WORDS, ChangeReason, WritingKind
from handrail.domain.meeting_log import SETTLED
from handrail.web.shared.forms import Form, OneOf, Words

REASONS = [(one.value, one.sentence) for one in ChangeReason if one is not ChangeReason.NO_CONTACT]


class Agenda(Form):
    """What somebody would like to talk about next time."""

    words = Words(
        "What would you like to talk about?",
        hint="You can leave this empty, and change it when you like",
        required=False,
        max_length=LONGEST_WORDS,
        rows=4,
    )


class CallOff(Form):
    """Why a meeting is called off, where somebody wants to say."""

    reason = OneOf("Why? You do not have to say", REASONS, required=False)

    def said(self) -> ChangeReason:
        """The reason, or that none was given."""
        return ChangeReason(self.cleaned_data["reason"] or ChangeReason.UNSAID)


class Reply(Form):
    """What somebody adds to the log, or how they see it differently."""

    kind = OneOf(
        "What would you like to do?",
        [
            (WritingKind.ADDS.value, "Add something"),
            (WritingKind.DIFFERS.value, "Say that I see it differently"),
        ],
        missing="Choose what you would like to do",
    )
    words = Words("Your words", max_length=LONGEST_WORDS, rows=4, missing="Write a few words first")


class Settle(Form):
    """What came of something that the person said they would do."""

    outcome = OneOf(
        "What came of it?",
        [(kind.value, kind.sentence) for kind in SETTLED],
        missing="Say whether it is done, or not for now",
    )


class OtherTime(Form):
    """When would suit better."""

    words = Words(
        "When would suit you better?",
        hint="For example, any afternoon next week",
        required=False,
        max_length=LONGEST_WORDS,
        rows=3,
    )
