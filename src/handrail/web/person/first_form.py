"""The form of a first meeting: a blank line for each thing that it makes, and each can be left.

Every box is read however many are shown, so that a line typed on one page is never lost because another was
written meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms

from handrail.domain.plan import FIRST, WHEN_TO_CALL
from handrail.domain.workbook import LONGEST_LINE, LONGEST_WORDS, Boxes, Part
from handrail.domain.workbook_words import BoxKind
from handrail.web.person.book_forms import telephone
from handrail.web.shared.forms import Form, Line, Words

SHORT = {  # which boxes of a card the first meeting asks for
    "people_to_ask": ("who", "telephone"),
    "on_my_own": ("what",),
    "next_step": ("what",),
}


class FirstForm(Form):
    """Blank lines, of which ``missing`` are shown: how many, by section."""

    def __init__(self, *args: Any, part: Part, missing: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups: list[tuple[str, list[str]]] = []
        for code, wanted in FIRST:
            question = part.field(code)
            assert question is not None  # the plan has the sections of a first meeting
            names = [
                self._add(question.box(box), code, place)
                for place in range(1, wanted + 1)
                for box in SHORT[code]
            ]
            shown = missing[code] if not self.is_bound else wanted
            if shown:
                self.groups.append((question.prompt, names[: shown * len(SHORT[code])]))
        asked = part.field(WHEN_TO_CALL)
        assert asked is not None  # the plan asks when to get help
        self.asks_when = bool(missing[WHEN_TO_CALL]) or self.is_bound
        self.fields[WHEN_TO_CALL] = Words(
            asked.prompt, hint=asked.hint, required=False, max_length=LONGEST_WORDS, rows=3
        )

    def _add(self, box: Any, code: str, place: int) -> str:
        name, label = f"{code}_{place}_{box.code}", f"{box.label} {place}"
        is_number = box.kind is BoxKind.TELEPHONE
        line = Line(label, max_length=LONGEST_LINE, required=False, small=True)
        self.fields[name] = telephone(label) if is_number else line
        return name

    def clean_request_key(self) -> str:
        """The form's own number, which its cards are numbered after. Raises: ValidationError."""
        try:
            return str(UUID(self.cleaned_data["request_key"]))
        except ValueError:
            raise forms.ValidationError("Open this page again, and send it from there") from None

    def clean(self) -> dict[str, Any]:
        """What was typed: a number needs the name of whose it is."""
        said: dict[str, Any] = super().clean() or {}
        for place in range(1, dict(FIRST)["people_to_ask"] + 1):
            who, number = (f"people_to_ask_{place}_{box}" for box in SHORT["people_to_ask"])
            if said.get(number) and not said.get(who):
                self.add_error(who, "Whose number is this? A first name is enough")
        return said

    def cards(self) -> Iterator[tuple[str, str, Boxes]]:
        """Each card that holds something: its name in the form, its section, its boxes."""
        for code, wanted in FIRST:
            for place in range(1, wanted + 1):
                name = f"{code}_{place}"
                said = {box: self.cleaned_data.get(f"{name}_{box}", "").strip() for box in SHORT[code]}
                boxes = {box: (text,) for box, text in said.items() if text}
                if boxes:
                    yield name, code, boxes
