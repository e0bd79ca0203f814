"""From a bound field to the design system's macro: which one, and with which words.

Serves our own fields and the plain ones of libraries (sign-in), so that both look alike. Everything a
person typed goes in as plain text and is escaped by the macro.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

Design = dict[str, Any]


@dataclass(frozen=True)
class Look:
    """How a field looks: hint under the label, label as the page's heading, width in characters."""

    hint: str = ""
    heading: bool = False
    width: int = 0
    inputmode: str = ""
    small: bool = False
    rows: int = 5
    items_hints: Mapping[str, str] = field(default_factory=dict)


class DayParts(forms.Widget):
    """Three boxes for one date: ``name-day``, ``name-month``, ``name-year``."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[Any, Any, Any]:
        """The three texts as they were typed."""
        return (data.get(f"{name}-day"), data.get(f"{name}-month"), data.get(f"{name}-year"))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether none of the three came."""
        return not any(f"{name}-{part}" in data for part in ("day", "month", "year"))

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """The first box: where a label or an error's link leads."""
        return f"{id_}-day" if id_ else id_


def design(bound: BoundField) -> tuple[str, Design]:
    """The macro's name and its parameters; no name for a hidden field, which shows as it is."""
    if bound.is_hidden:
        return "", {}
    build = next((build for kind, build in _BUILDERS if isinstance(bound.field.widget, kind)), _text)
    return build(bound)


def first_input(bound: BoundField) -> str:
    """The id of the first input of a field: where the error summary's link leads."""
    return f"{bound.auto_id}-day" if isinstance(bound.field.widget, DayParts) else str(bound.auto_id)


def _look(bound: BoundField) -> Look:
    return getattr(bound.field, "look", None) or Look(hint=str(bound.help_text or ""))


def _shared(bound: BoundField) -> Design:
    look = _look(bound)
    params: Design = {"id": bound.auto_id, "name": bound.html_name}
    if look.hint:
        params["hint"] = {"text": look.hint}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(str(error) for error in bound.errors)}
    return params


def _label(bound: BoundField) -> Design:
    look = _look(bound)
    size = "l" if look.heading else "s" if look.small else "m"
    name = "nhsuk-label" if not _is_group(bound) else "nhsuk-fieldset__legend"
    return {"text": str(bound.label), "classes": f"{name}--{size}", "isPageHeading": look.heading}


def _is_group(bound: BoundField) -> bool:
    kinds = (forms.RadioSelect, forms.CheckboxSelectMultiple, DayParts)
    return isinstance(bound.field.widget, kinds)


def _value(bound: BoundField) -> str:
    value = bound.value()
    return "" if value is None else str(value)


def _text(bound: BoundField) -> tuple[str, Design]:
    look, attrs = _look(bound), bound.field.widget.attrs
    params = _shared(bound) | {"label": _label(bound), "value": _value(bound)}
    params |= {"type": attrs.get("type") or getattr(bound.field.widget, "input_type", "text")}
    for name in ("autocomplete", "spellcheck"):
        if attrs.get(name):
            params[name] = False if attrs[name] == "false" else attrs[name]
    if look.width:
        params["width"] = look.width
    if look.inputmode or attrs.get("inputmode"):
        params["inputmode"] = look.inputmode or attrs["inputmode"]
    return "input", params


def _password(bound: BoundField) -> tuple[str, Design]:
    autocomplete = bound.field.widget.attrs.get("autocomplete", "current-password")
    return "passwordInput", _shared(bound) | {"label": _label(bound), "autocomplete": autocomplete}


def _textarea(bound: BoundField) -> tuple[str, Design]:
    rows = _look(bound).rows
    return "textarea", _shared(bound) | {"label": _label(bound), "value": _value(bound), "rows": rows}


def _items(bound: BoundField, chosen: list[str]) -> list[Design]:
    hints = _look(bound).items_hints
    return [
        {"value": str(value), "text": str(text), "checked": str(value) in chosen}
        | ({"hint": {"text": hints[value]}} if value in hints else {})
        for value, text in bound.field.choices  # type: ignore[attr-defined]
    ]


def _group(bound: BoundField) -> Design:
    params = _shared(bound) | {"fieldset": {"legend": _label(bound)}}
    return params | {"idPrefix": params.pop("id")}


def _radios(bound: BoundField) -> tuple[str, Design]:
    items = _items(bound, [_value(bound)])
    is_short = len(items) == 2 and all(len(item["text"]) < 20 and "hint" not in item for item in items)
    return "radios", _group(bound) | {"items": items, "inline": is_short}


def _checkboxes(bound: BoundField) -> tuple[str, Design]:
    chosen = [str(value) for value in bound.value() or []]
    return "checkboxes", _group(bound) | {"items": _items(bound, chosen)}


def _tick(bound: BoundField) -> tuple[str, Design]:
    params = _shared(bound)
    item: Design = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
    if "hint" in params:
        item["hint"] = params.pop("hint")
    return "checkboxes", params | {"idPrefix": params.pop("id"), "items": [item]}


def _select(bound: BoundField) -> tuple[str, Design]:
    items = [item | {"selected": item.pop("checked")} for item in _items(bound, [_value(bound)])]
    return "select", _shared(bound) | {"label": _label(bound), "items": items}


def _file(bound: BoundField) -> tuple[str, Design]:
    return "fileUpload", _shared(bound) | {"label": _label(bound)}


def _day(bound: BoundField) -> tuple[str, Design]:
    value = bound.value()
    if hasattr(value, "year"):
        value = (value.day, value.month, value.year)
    parts = zip(("day", "month", "year"), value or ("", "", ""), (2, 2, 4), strict=True)
    items = [
        {
            "id": f"{bound.auto_id}-{part}",
            "name": f"{bound.html_name}-{part}",
            "label": part.capitalize(),
            "value": "" if typed is None else str(typed),
            "width": width,
            "error": bool(bound.errors),
        }
        for part, typed, width in parts
    ]
    return "dateInput", _shared(bound) | {"fieldset": {"legend": _label(bound)}, "items": items}


# The first kind that fits: a subclass stands before its parent.
_BUILDERS: tuple[tuple[type[forms.Widget], Callable[[BoundField], tuple[str, Design]]], ...] = (
    (DayParts, _day),
    (forms.PasswordInput, _password),
    (forms.Textarea, _textarea),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.CheckboxInput, _tick),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.FileInput, _file),
)
