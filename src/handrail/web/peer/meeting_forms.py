"""Forms about meetings: when, how it went, moved, called off. Short, for a phone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from handrail.domain.dates import LONDON
from handrail.domain.meeting import LONGEST_WORDS, ChangeReason, Whose, Why, WritingKind
from handrail.domain.meeting_log import AGREEMENT, SETTLED, NewLog
from handrail.domain.support import LONGEST_MINUTES, SessionPlace
from handrail.domain.words import Attendance
from handrail.domain.workbook import Part
from handrail.web.shared.forms import AnyOf, Day, Form, Line, OneOf, Tick, Whole, Words

CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", re.ASCII)
WHOSE = [(one.value, one.sentence) for one in Whose]
REASONS = [(one.value, one.sentence) for one in ChangeReason if one is not ChangeReason.UNSAID]
UNSAID = (ChangeReason.UNSAID.value, ChangeReason.UNSAID.sentence)


class Clock(Line):
    """A time of day, such as 14:30."""

    def clean(self, value: Any) -> tuple[int, int] | None:  # type: ignore[override]
        """Hour and minute. Raises: ValidationError."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        found = CLOCK.fullmatch(text)
        if not found:
            raise forms.ValidationError("Enter a time in hours and minutes, like 14:30")
        return int(found[1]), int(found[2])


class Plan(Form):
    """When the next meeting is.

    Where the worker has another meeting then, that is said, and a box to tick comes up: both can be meant.
    """

    day = Day("Which day?", missing="Enter the day of the meeting")
    clock = Clock("What time?", hint="For example, 14:30", width=5, missing="Enter the time of the meeting")

    is_meant = Tick("Book it all the same", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._meant = self.fields.pop("is_meant")

    def ask_whether_meant(self, booked: Sequence[str]) -> bool:
        """Say with whom the worker meets at that time, and ask. Returns: whether it was ticked already."""
        if not booked:
            return True
        self.fields["is_meant"] = self._meant
        if self.data.get("is_meant"):
            return True
        self.add_error(
            "is_meant",
            f"You already meet {' and '.join(booked)}. Choose another time, or tick this if you mean it.",
        )
        return False

    def planned_at(self) -> datetime:
        """The moment, on London's clock."""
        day, (hour, minute) = self.cleaned_data["day"], self.cleaned_data["clock"]
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


HOW_IT_WENT = [
    (Attendance.HELD.value, "We met"),
    (Attendance.MISSED.value, "We did not meet"),
    (Attendance.CANCELLED.value, "It was called off"),
]


class Went(Form):
    """How a planned meeting went."""

    attendance = OneOf("How did it go?", HOW_IT_WENT, missing="Say how it went")
    minutes = Whole(
        "How long did you meet, in minutes?", at_least=1, at_most=LONGEST_MINUTES, required=False, width=3
    )
    place = OneOf("Where did you meet?", [(one.value, one.sentence) for one in SessionPlace], required=False)
    whose = OneOf("If you did not meet: whose wish was it?", WHOSE, required=False)
    reason = OneOf("Why did you not meet?", [*REASONS, UNSAID], required=False)

    def clean(self) -> dict[str, Any]:
        """A meeting that was held needs its length and place."""
        said = super().clean() or {}
        if said.get("attendance") == Attendance.HELD.value:
            if not said.get("minutes") and "minutes" not in self.errors:
                self.add_error("minutes", "Say how long you met")
            if not said.get("place") and "place" not in self.errors:
                self.add_error("place", "Say where you met")
        return said

    def why(self) -> Why | None:
        """Whose wish it was and why, where the worker said so."""
        return _why(self.cleaned_data) if self.cleaned_data["whose"] else None


class WriteUp(Form):
    """What the two write after a meeting, on one screen; each question can be left."""

    parts = AnyOf("Which parts of the workbook did you work on?", required=False, small=True)
    line = Words(
        "What you worked on, in words that you agree on",
        hint="A sentence or two. Read it together before you keep it",
        required=False,
        max_length=LONGEST_WORDS,
        rows=4,
    )
    worker_will = Words("What you said you would do", required=False, max_length=LONGEST_WORDS, rows=2)
    person_will = Words("What they said they would do", required=False, max_length=LONGEST_WORDS, rows=2)

    def __init__(
        self, *args: Any, book: Sequence[Part], name: str, used: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        parts: Any = self.fields["parts"]
        parts.choices, parts.initial = [(part.code, part.title) for part in book], list(used)
        self.fields["person_will"].label = f"What {name} said they would do"

    def new_log(self) -> NewLog:
        """All of it, as the rules take it."""
        said = self.cleaned_data
        return NewLog(said["line"], said["person_will"], said["worker_will"], tuple(said["parts"]))


class Agreed(Form):
    """How the two work together, in four short answers; each can be left, and changed later."""

    def __init__(self, *args: Any, before: Mapping[WritingKind, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in AGREEMENT:
            self.fields[kind.value] = Words(
                kind.sentence, required=False, max_length=LONGEST_WORDS, rows=2, initial=before.get(kind, "")
            )

    def said(self) -> dict[WritingKind, str]:
        """The four answers."""
        return {kind: self.cleaned_data[kind.value] for kind in AGREEMENT}


class Settle(Form):
    """What came of something that one of the two said they would do."""

    outcome = OneOf(
        "What came of it?",
        [(kind.value, kind.sentence) for kind in SETTLED],
        missing="Say whether it is done, or not for now",
    )


class CallOff(Form):
    """Whose wish it was that a meeting does not happen, and why."""

    whose = OneOf("Whose wish is it?", WHOSE, missing="Say whose wish it is")
    reason = OneOf("Why?", [*REASONS, UNSAID], required=False)

    def why(self) -> Why:
        """Both, as the rules take them."""
        return _why(self.cleaned_data)


class Move(Plan, CallOff):
    """When a meeting is instead, whose wish it was, and why."""

    field_order = ("day", "clock", "whose", "reason")


def _why(said: dict[str, Any]) -> Why:
    return Why(Whose(said["whose"]), ChangeReason(said["reason"] or ChangeReason.UNSAID))
