"""Forms made from the workbook's questions: none of them has to be answered."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.domain.plan import PILE
from handrail.domain.workbook import LONGEST_LINE, LONGEST_WORDS, Answer, Box, Boxes, Field, Signs
from handrail.domain.workbook_words import BoxKind, FieldKind
from handrail.web.shared.forms import AnyOf, Form, Line, OneOf, Tick, Words

UNSURE = "I am not sure yet"
NO_PILE = ""


class AnswerForm(Form):
    """One question in own words, with a list to pick from where it has one."""

    def __init__(self, *args: Any, question: Field, answer: Answer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown: dict[str, Any] = {"label": question.prompt, "hint": question.hint, "heading": True}
        if question.kind is FieldKind.CHOICE:
            options = [(text, text) for text in question.options]
            self.fields["chosen"] = AnyOf(choices=options, required=False, initial=answer.chosen, **shown)
            shown = {"label": "In your own words", "small": True, "rows": 2}
        self.fields["words"] = Words(
            required=False, max_length=LONGEST_WORDS, initial=answer.words, **{"rows": 6, **shown}
        )
        self.fields["is_unsure"] = Tick(UNSURE, required=False, initial=answer.is_unsure)

    def answer(self) -> Answer:
        """What was answered."""
        said = self.cleaned_data
        return Answer(said["words"].strip(), tuple(said.get("chosen", ())), said["is_unsure"])


class CardForm(Form):
    """The boxes of one card. ``without`` leaves out what stands elsewhere."""

    def __init__(self, *args: Any, question: Field, boxes: Boxes, without: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boxes = [box for box in question.boxes if box.code != without]
        for box in self.boxes:
            self.fields[box.code] = _box(box, boxes.get(box.code, ()))

    def filled(self) -> Boxes:
        """The boxes that hold something."""
        found = {}
        for box in self.boxes:
            said = self.cleaned_data[box.code]
            texts = tuple(said) if isinstance(said, list) else (said.strip(),) if said else ()
            found[box.code] = tuple(text for text in texts if text)
        return {code: texts for code, texts in found.items() if texts}


class SortForm(Form):
    """One kind of everyday signs, each to be put on a pile or left."""

    def __init__(
        self, *args: Any, question: Field, signs: Signs, sorted_so: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        pile = question.box(PILE)
        assert pile is not None  # every question that is sorted has it
        choices = [(text, text) for text in pile.options]
        self.signs = {f"sign_{place}": sign for place, sign in enumerate(signs.signs)}
        for name, sign in self.signs.items():
            initial = sorted_so.get(sign, NO_PILE)
            self.fields[name] = OneOf(sign, choices, required=False, initial=initial, small=True)

    def piles(self) -> dict[str, str]:
        """The pile of each sign that was put on one."""
        return {sign: self.cleaned_data[name] for name, sign in self.signs.items() if self.cleaned_data[name]}


class DoneForm(Form):
    """Whether somebody has done with a part for now."""

    is_done = Tick("I have done enough of this part for now", required=False)


def _box(box: Box, texts: tuple[str, ...]) -> forms.Field:
    options = [(text, text) for text in box.options]
    first = texts[0] if texts else ""
    if box.kind is BoxKind.CHOICES:
        return AnyOf(box.label, options, required=False, initial=texts, small=True)
    if box.kind is BoxKind.CHOICE:
        return OneOf(box.label, options, required=False, initial=first, small=True)
    if box.kind is BoxKind.TELEPHONE:
        return Line(
            box.label,
            max_length=40,
            type="tel",
            inputmode="tel",
            autocomplete="off",
            required=False,
            initial=first,
            small=True,
        )
    return Line(box.label, max_length=LONGEST_LINE, required=False, initial=first, small=True)
