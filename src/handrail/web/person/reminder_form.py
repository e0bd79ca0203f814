"""The person's own form of reminders."""

from __future__ import annotations

from typing import Any

from handrail.domain.reminder import PartOfDay, Telling, Wish
from handrail.web.shared.forms import Form, OneOf


class Reminders(Form):
    """When on the day before, and how much it says."""

    part_of_day = OneOf(
        "When is it safe for you to get one?",
        [(one.value, one.sentence) for one in PartOfDay],
        hint="It comes on the day before",
        missing="Choose a time of day",
    )
    telling = OneOf(
        "What can it say?",
        [(one.value, one.sentence) for one in Telling],
        hint="It may show on your phone when it is locked",
        missing="Choose what it can say",
    )

    def __init__(self, *args: Any, now: Wish, **kwargs: Any) -> None:
        initial = {"part_of_day": now.part_of_day.value, "telling": now.telling.value}
        super().__init__(*args, initial=initial, **kwargs)
