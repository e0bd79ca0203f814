"""Fields of forms, as the design system has them, and the form that every page uses.

A page's form is a class of these fields; ``components/form.html`` shows it with an error summary whose
links lead to the faulty inputs. Text is matched before it is turned into a number or a date, because
Python reads ``1_0`` and Arabic digits as numbers. Nothing here needs JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from handrail.domain.refusal import Reasons
from handrail.web.shared.inputs import DayParts, Look

LONGEST_WORDS = 20_000
WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)


def _looks(kwargs: dict[str, Any]) -> Look:
    """Take the words about a field's looks out of its arguments."""
    names = ("hint", "heading", "width", "inputmode", "items_hints", "small", "rows")
    return Look(**{name: kwargs.pop(name) for name in names if name in kwargs})


class _Field(forms.Field):
    """What our fields share: looks, and plain words when something is missing."""

    def __init__(self, label: str, *, missing: str = "", **kwargs: Any) -> None:
        self.look = _looks(kwargs)
        messages = {"required": missing or f"Answer: {label}"}
        super().__init__(label=label, error_messages=messages | kwargs.pop("error_messages", {}), **kwargs)


class Line(_Field, forms.CharField):
    """One line of text. ``missing`` is what a person reads when they leave it empty."""

    def __init__(self, label: str, *, max_length: int = 200, **kwargs: Any) -> None:
        names = ("autocomplete", "type", "spellcheck")
        attrs: dict[str, Any] = {name: kwargs.pop(name) for name in names if name in kwargs}
        super().__init__(label, max_length=max_length, widget=forms.TextInput(attrs=attrs), **kwargs)


class Email(_Field, forms.EmailField):
    """An e-mail address."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        attrs = {"autocomplete": kwargs.pop("autocomplete", "email"), "type": "email", "spellcheck": "false"}
        wrong = {"invalid": "Enter an e-mail address in the right form, like name@example.com"}
        widget = forms.EmailInput(attrs=attrs)
        super().__init__(label, max_length=254, widget=widget, error_messages=wrong, **kwargs)


class Words(_Field, forms.CharField):
    """Several lines of text: a note, or a person's own words."""

    def __init__(self, label: str, *, max_length: int = LONGEST_WORDS, **kwargs: Any) -> None:
        super().__init__(label, max_length=max_length, widget=forms.Textarea(), **kwargs)


class Whole(_Field, forms.Field):
    """A whole number from ``at_least`` to ``at_most``, typed in plain digits."""

    def __init__(self, label: str, *, at_least: int, at_most: int, **kwargs: Any) -> None:
        self.at_least, self.at_most = at_least, at_most
        kwargs.setdefault("inputmode", "numeric")
        super().__init__(label, widget=forms.TextInput(), **kwargs)

    def to_python(self, value: Any) -> int | None:
        """The number. Raises: ValidationError, saying what is allowed."""
        text = str(value or "").strip()
        if not text:
            return None
        if not WHOLE.fullmatch(text) or not self.at_least <= int(text) <= self.at_most:
            raise forms.ValidationError(f"Enter a whole number from {self.at_least:,} to {self.at_most:,}")
        return int(text)


class OneOf(_Field, forms.ChoiceField):
    """One answer of a few, as radio buttons. ``choices``: (stored word, what people read)."""

    def __init__(self, label: str, choices: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(label, choices=list(choices), widget=forms.RadioSelect(), **kwargs)


class YesNo(OneOf):
    """Yes or no, with neither chosen beforehand; a Python ``bool``, or ``None`` where it may be left."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, [("yes", "Yes"), ("no", "No")], **kwargs)

    def clean(self, value: Any) -> bool | None:  # type: ignore[override]
        """The answer as true, false or none. Raises: ValidationError."""
        answer = super().clean(value)
        return None if answer == "" else answer == "yes"

    def prepare_value(self, value: Any) -> Any:
        """The answer as the form writes it."""
        return {True: "yes", False: "no"}.get(value, value)


class AnyOf(_Field, forms.MultipleChoiceField):
    """Any number of answers, as tick boxes."""

    def __init__(self, label: str, choices: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(label, choices=list(choices), widget=forms.CheckboxSelectMultiple(), **kwargs)


class Tick(_Field, forms.BooleanField):
    """One box to tick: a statement to agree to, or an option to switch on."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, widget=forms.CheckboxInput(), **kwargs)


class Listed(_Field, forms.ChoiceField):
    """One answer of many, as a drop-down list. Prefer :class:`OneOf` for fewer than eight."""

    def __init__(self, label: str, choices: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(label, choices=[("", "Choose"), *choices], widget=forms.Select(), **kwargs)


class Day(_Field, forms.Field):
    """A date in three boxes: day, month, year."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, widget=DayParts(), **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The date. Raises: ValidationError, naming the part that is missing or not real."""
        parts = [str(part or "").strip() for part in (value or ("", "", ""))]
        if not any(parts):
            return None
        missing = [name for name, part in zip(("day", "month", "year"), parts, strict=True) if not part]
        if missing:
            raise forms.ValidationError(f"{self.label} must include a {' and a '.join(missing)}")
        if not all(WHOLE.fullmatch(part) for part in parts) or len(parts[2]) != 4:
            raise forms.ValidationError(f"{self.label} must be a real date, with the year in four digits")
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError as wrong:
            raise forms.ValidationError(f"{self.label} must be a real date") from wrong


class Attached(_Field, forms.FileField):
    """A file to send in; its size is limited before it is read."""

    def __init__(self, label: str, *, largest_megabytes: int = 50, **kwargs: Any) -> None:
        self.largest_megabytes = largest_megabytes
        super().__init__(label, widget=forms.FileInput(), **kwargs)

    def clean(self, value: Any, initial: Any = None) -> Any:
        """The file. Raises: ValidationError when it is missing, empty or too large."""
        file = super().clean(value, initial)
        if file and file.size > self.largest_megabytes * 1_000_000:
            raise forms.ValidationError(f"The file must be smaller than {self.largest_megabytes} MB")
        return file


class Form(forms.Form):
    """The form that every page uses.

    ``request_key`` travels hidden: sending the same form twice, or again by the Back button, does the
    thing once (:mod:`handrail.web.shared.once`), and an action may take it as its own request key.
    """

    use_required_attribute = False  # so that people see our words, not the browser's
    request_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = str(uuid4())

    def refuse(self, reasons: Reasons, where: Mapping[str, str] | None = None) -> None:
        """Show a rule's reasons as errors; ``where`` maps a reason's code to the field it belongs to."""
        for reason in reasons:
            field = (where or {}).get(reason.code.value)
            self.add_error(field if field in self.fields else None, reason.sentence)
