"""The form of a first meeting: as many blank lines as the plan still lacks, and each can be left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms

from handrail.domain.plan import FIRST, WHEN_TO_CALL
from handrail.domain.workbook import LONGEST_LINE, LONGEST_WORDS, Boxes, Part
from handrail.domain.workbook_words import BoxKind
from handrail.web.shared.forms import Form, Line, Words

SHORT = {  # how many boxes of a card the first meeting asks for
    "people_to_ask": ("who", "telephone"),
    "on_my_own": ("what",),
    "next_step": ("what",),
}


class FirstForm(Form):
    """Blank lines for what is missing. ``missing`` counts them by section."""

    def __init__(self, *args: Any, part: Part, missing: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups: list[tuple[str, str, list[str]]] = []
        for code, _ in FIRST:
            question = part.field(code)
            assert question is not None  # the plan has the sections of a first meeting
            names = []
            for place in range(1, missing[code] + 1):
                names += [self._add(question.box(box), code, place) for box in SHORT[code]]
            if names:
                self.groups.append((question.prompt, question.hint, names))
        if missing[WHEN_TO_CALL]:
            asked = part.field(WHEN_TO_CALL)
            assert asked is not None  # the plan asks when to get help
            self.fields[WHEN_TO_CALL] = Words(
                asked.prompt, hint=asked.hint, required=False, max_length=LONGEST_WORDS, rows=3
            )

    def _add(self, box: Any, code: str, place: int) -> str:
        name = f"{code}_{place}_{box.code}"
        kwargs: dict[str, Any] = {"required": False, "small": True}
        if box.kind is BoxKind.TELEPHONE:
            kwargs |= {"max_length": 40, "type": "tel", "inputmode": "tel", "autocomplete": "off"}
        else:
            kwargs |= {"max_length": LONGEST_LINE}
        self.fields[name] = Line(f"{box.label} {place}", **kwargs)
        return name

    def clean_request_key(self) -> str:
        """The form's own number, which its cards are numbered after. Raises: ValidationError."""
        try:
            return str(UUID(self.cleaned_data["request_key"]))
        except ValueError:
            raise forms.ValidationError("Open this page again, and send it from there") from None

    def cards(self) -> Iterator[tuple[str, str, Boxes]]:
        """Each card that holds something: its name in the form, its section, its boxes."""
        for code, wanted in FIRST:
            for place in range(1, wanted + 1):
                said = {
                    box: self.cleaned_data.get(f"{code}_{place}_{box}", "").strip() for box in SHORT[code]
                }
                boxes = {box: (text,) for box, text in said.items() if text}
                if boxes:
                    yield f"{code}_{place}", code, boxes
