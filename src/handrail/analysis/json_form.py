"""Frozen values to JSON and back: the same value always gives the same bytes.

Keys are sorted, there is no clock, and every float is written to ten significant digits, so that the
last bits of a sum (which a different number of threads may change) never reach the file. Reading
ignores keys it does not know: the form only ever gains keys.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from typing import Any, TypeVar

SIGNIFICANT_DIGITS = 10

T = TypeVar("T")


def write(value: Any) -> str:
    """A frozen dataclass as JSON text, ending with a new line.

    Raises:
        ValueError: when a float is not finite; say ``None`` for a number that there is none of.
    """
    plain = _plain(dataclasses.asdict(value))
    return json.dumps(plain, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def read(text: str, form: type[T]) -> T:
    """A frozen dataclass from JSON text.

    Raises:
        ValueError: when the text is not JSON, or a key without a default is missing (named in the message).
    """
    made: T = _made(json.loads(text), form, form.__name__)
    return made


def _plain(value: Any) -> Any:
    """The same value with tuples as lists and floats rounded, ready for the JSON writer."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a number that is not finite has no place in a finding; use None")
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0  # + 0.0 turns -0.0 into 0.0
    return value


def _made(value: Any, form: Any, place: str) -> Any:
    """The value in the declared form; dataclasses, tuples, optionals and plain values."""
    if value is None:
        return None
    if typing.get_origin(form) in (types.UnionType, typing.Union):
        form = next(kind for kind in typing.get_args(form) if kind is not type(None))
    if dataclasses.is_dataclass(form):
        return _made_dataclass(value, form, place)
    if typing.get_origin(form) is tuple:
        inner = typing.get_args(form)[0]
        return tuple(_made(item, inner, f"{place}[{i}]") for i, item in enumerate(value))
    return form(value) if form is float else value


def _made_dataclass(value: Any, form: Any, place: str) -> Any:
    """A dataclass from a JSON object; a missing key is named, an unknown one is ignored."""
    if not isinstance(value, dict):
        raise ValueError(f"{place} must be an object")
    hints = typing.get_type_hints(form)
    given: dict[str, Any] = {}
    for field in dataclasses.fields(form):
        if field.name in value:
            given[field.name] = _made(value[field.name], hints[field.name], f"{place}.{field.name}")
        elif field.default is dataclasses.MISSING:
            raise ValueError(f"{place} lacks {field.name}")
    return form(**given)
