"""The four questions that both sides answer: the same form for each, and every question can be left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handrail.domain.fidelity import Answered, Answers, Principle
from handrail.web.shared.forms import Form, OneOf

CHOICES = [(one.value, one.sentence) for one in Answered if one is not Answered.LEFT]


class SideForm(Form):
    """Each principle as a statement; ``words``: as this side reads it."""

    def __init__(self, *args: Any, words: Mapping[Principle, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for principle, text in words.items():
            self.fields[principle.value] = OneOf(text, CHOICES, required=False)

    def answers(self) -> Answers:
        """What was said; what was left is said to be left."""
        said = self.cleaned_data
        return {one: Answered(said.get(one.value) or Answered.LEFT) for one in Principle}
