"""Long lists in parts: one part a page, told by ``?part=2``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

T = TypeVar("T")
ROWS = 50


@dataclass(frozen=True)
class Part(Generic[T]):
    """One part of a list: its rows, and which they are."""

    rows: Sequence[T]
    number: int
    of: int
    first: int
    last: int
    total: int


def part(request: HttpRequest, rows: Sequence[T], *, size: int = ROWS) -> Part[T]:
    """The part that the address asks for; the nearest there is, when it asks for one that is not."""
    of = max(1, -(-len(rows) // size))
    text = request.GET.get("part", "1")
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    number = min(max(wanted, 1), of)
    start = (number - 1) * size
    shown = rows[start : start + size]
    return Part(shown, number, of, start + 1 if rows else 0, start + len(shown), len(rows))
