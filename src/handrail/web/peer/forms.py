"""Forms of the peer worker and the supervisor: short, for a phone."""

from __future__ import annotations

from typing import Any

from handrail.domain.concern import LONGEST_WORDS, NewConcern, Urgency
from handrail.web.shared.forms import Form, OneOf, Tick, Words, YesNo


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
