"""Forms of the peer worker and the supervisor: short, for a phone."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms

from handrail.domain.concern import LONGEST_WORDS, NewConcern, Urgency
from handrail.domain.dates import LONDON
from handrail.domain.support import LONGEST_MINUTES, SessionPlace
from handrail.domain.words import Attendance
from handrail.web.shared.forms import Day, Form, Line, OneOf, Tick, Whole, Words, YesNo

CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", re.ASCII)


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
    """When the next meeting is."""

    day = Day("Which day?", missing="Enter the day of the meeting")
    clock = Clock("What time?", hint="For example, 14:30", width=5, missing="Enter the time of the meeting")

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

    def clean(self) -> dict[str, Any]:
        """A meeting that was held needs its length and place."""
        said = super().clean() or {}
        if said.get("attendance") == Attendance.HELD.value:
            if not said.get("minutes") and "minutes" not in self.errors:
                self.add_error("minutes", "Say how long you met")
            if not said.get("place") and "place" not in self.errors:
                self.add_error("place", "Say where you met")
        return said


class Lost(Form):
    """Which meetings were held cannot be known: said once, and for good."""

    is_sure = Tick(
        "I have looked, and nobody can tell which meetings were held",
        missing="Look once more first. If nobody can tell, tick the box.",
    )


class Code(Form):
    """A code has no question: the button asks for it."""


class Worry(Form):
    """Three questions; the telephone call comes first."""

    urgency = OneOf("What have you done, or what is needed?", [(one.value, one.sentence) for one in Urgency])
    words = Words("What did you see or hear?", max_length=LONGEST_WORDS, missing="Say what you saw or heard")
    wishes = Words("What does the person want?", max_length=LONGEST_WORDS, required=False, rows=3)
    has_told_person = YesNo("Have you told the person that you are passing this on?")

    def concern(self) -> NewConcern:
        """The worry as the rules take it."""
        said = self.cleaned_data
        return NewConcern(Urgency(said["urgency"]), said["words"], said["wishes"], said["has_told_person"])


class Pair(Form):
    """Which peer worker supports somebody."""

    worker = OneOf("Which peer worker?", missing="Choose a peer worker")

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = workers  # type: ignore[attr-defined]
