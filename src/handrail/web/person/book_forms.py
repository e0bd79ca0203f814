"""Forms made from the workbook's questions: none of them has to be answered."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django import forms

from handrail.domain.workbook import (
    LONGEST_LINE,
    LONGEST_WORDS,
    PILE,
    UNSURE,
    Answer,
    Box,
    Boxes,
    Field,
    Paper,
    Signs,
)
from handrail.domain.workbook_words import BoxKind, FieldKind
from handrail.web.shared.forms import AnyOf, Form, Line, OneOf, Tick, Words

LONGEST_NAME = 60
EMPTY = ("", "Leave this empty")
CHANGED = (
    "This was changed somewhere else since you opened it. It now says: “{}”. Yours is still here. "
    "To put yours in its place, keep it again."
)


class Guarded(Form):
    """A form over something that may have been changed on another page or phone since it was shown.

    ``now`` is what is kept at present, as one text. Where it is not what was shown, the form comes back with
    both, once: nothing is written over unseen.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["seen"].initial = _mark(now)

    def clean(self) -> dict[str, Any]:
        """What was typed, once it is known what it would replace. Raises: ValidationError."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("seen") and said["seen"] != _mark(self.now):
            again: Any = self.data.copy()  # type: ignore[attr-defined]  # what a browser sent can be copied
            again["seen"] = _mark(self.now)
            self.data = again
            raise forms.ValidationError(CHANGED.format(self.now or "–"))
        return said


class Typed(Guarded):
    """A form that may be told that what stands in it was on paper first: where asked, or said before."""

    def ask_of_paper(self, before: Paper | None, *, is_wanted: bool) -> None:
        """Put the two questions at the end."""
        self.before, self.asks_of_paper = before, is_wanted or before is not None
        if self.asks_of_paper:
            self.fields["is_paper"] = Tick("This is from a paper page", required=False, initial=True)
            self.fields["typed_with"] = Line(
                "Who typed it in with you?",
                hint="Their first name. Leave it empty if it was you alone.",
                max_length=LONGEST_NAME,
                required=False,
                initial=before.typed_with if before else "",
                small=True,
                autocomplete="off",
            )

    def paper(self, on: date) -> Paper | None:
        """What was said of paper. The day stays the one on which it was first typed in."""
        if not self.cleaned_data.get("is_paper"):
            return None
        return Paper(self.before.typed_on if self.before else on, self.cleaned_data["typed_with"].strip())


class AnswerForm(Typed):
    """One question in own words, with a list to pick from where it has one."""

    def __init__(self, *args: Any, question: Field, answer: Answer, **kwargs: Any) -> None:
        super().__init__(*args, now=as_text(answer), **kwargs)
        shown: dict[str, Any] = {"label": question.prompt, "hint": question.hint, "heading": True}
        if question.kind is FieldKind.CHOICE:
            options = [(text, text) for text in question.options]
            self.fields["chosen"] = AnyOf(choices=options, required=False, initial=answer.chosen, **shown)
            shown = {"label": "In your own words", "small": True, "rows": 2}
        self.fields["words"] = Words(
            required=False, max_length=LONGEST_WORDS, initial=answer.words, **{"rows": 6, **shown}
        )
        self.fields["is_unsure"] = Tick(UNSURE, required=False, initial=answer.is_unsure)

    def answer(self, on: date) -> Answer:
        """What was answered."""
        said = self.cleaned_data
        chosen = tuple(said.get("chosen", ()))
        return Answer(said["words"].strip(), chosen, said["is_unsure"], self.paper(on))


class CardForm(Typed):
    """The boxes of one card. ``without`` leaves out what stands elsewhere."""

    def __init__(self, *args: Any, question: Field, boxes: Boxes, without: str = "", **kwargs: Any) -> None:
        super().__init__(*args, now=" · ".join(", ".join(texts) for texts in boxes.values()), **kwargs)
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
    """One kind of everyday signs, each to be put on a pile or left. ``piles_now`` says where each lies."""

    def __init__(
        self, *args: Any, question: Field, signs: Signs, piles_now: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        pile = question.box(PILE)
        assert pile is not None  # every question that is sorted has it
        choices = [(text, text) for text in pile.options]
        self.signs = {f"sign_{place}": sign for place, sign in enumerate(signs.signs)}
        for name, sign in self.signs.items():
            initial = piles_now.get(sign, "")
            self.fields[name] = OneOf(sign, choices, required=False, initial=initial, small=True)

    def piles(self) -> dict[str, str]:
        """The pile of each sign that was put on one."""
        return {sign: self.cleaned_data[name] for name, sign in self.signs.items() if self.cleaned_data[name]}


class DoneForm(Form):
    """Whether somebody has done with a part for now."""

    is_done = Tick("I have done enough of this part for now", required=False)


def as_text(answer: Answer) -> str:
    """An answer as one text to read."""
    return " · ".join([*answer.chosen, *filter(None, [answer.words, UNSURE if answer.is_unsure else ""])])


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _box(box: Box, texts: tuple[str, ...]) -> forms.Field:
    options = [(text, text) for text in box.options]
    first = texts[0] if texts else ""
    if box.kind is BoxKind.CHOICES:
        return AnyOf(box.label, options, required=False, initial=texts, small=True)
    if box.kind is BoxKind.CHOICE:  # what was picked can be taken back: a radio alone cannot be unset
        return OneOf(
            box.label, [*options, EMPTY] if first else options, required=False, initial=first, small=True
        )
    if box.kind is BoxKind.TELEPHONE:
        return telephone(box.label, first)
    return Line(box.label, max_length=LONGEST_LINE, required=False, initial=first, small=True)


def telephone(label: str, initial: str = "") -> Line:
    """A box for a telephone number, which no browser fills in with the wrong person's."""
    keypad = {"type": "tel", "inputmode": "tel", "autocomplete": "off"}
    return Line(label, max_length=40, required=False, initial=initial, small=True, **keypad)
