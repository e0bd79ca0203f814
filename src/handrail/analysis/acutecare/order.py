"""Sorting rows by person, start, service and provider, as fast as the numbers allow and never wrongly.

When all four fit into one 64-bit word they are packed and the words are sorted; the ranges are measured on
the rows in hand, not assumed. When they do not fit, two words are sorted instead, and the result says so.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from handrail.analysis.acutecare import kernel
from handrail.analysis.acutecare.columns import Column

WORD_BITS = 64
How = Literal["one word", "two words"]


def order_of(
    person: Column, start: Column, service: Column, provider: Column, *, word_bits: int = WORD_BITS
) -> tuple[Column, How]:
    """The order that sorts the rows, and how it was found. Raises: OverflowError when no way fits."""
    fields = [_from_zero(column) for column in (person, start, service, provider)]
    widths = [_width(field) for field in fields]
    as_they_are = np.arange(person.size, dtype=np.int32)
    if sum(widths) <= word_bits:
        return kernel.sort_by_word(_packed(fields, widths), as_they_are, sum(widths)), "one word"
    if max(sum(widths[:2]), sum(widths[2:])) > WORD_BITS:
        raise OverflowError("person and start, or service and provider, need more than 64 bits together")
    order = kernel.sort_by_word(_packed(fields[2:], widths[2:]), as_they_are, sum(widths[2:]))
    return kernel.sort_by_word(_packed(fields[:2], widths[:2]), order, sum(widths[:2])), "two words"


def _from_zero(column: Column) -> Column:
    wide = column.astype(np.int64)
    return wide - wide.min() if wide.size else wide


def _width(field: Column) -> int:
    return int(field.max()).bit_length() if field.size else 0


def _packed(fields: list[Column], widths: list[int]) -> Column:
    words = np.zeros(fields[0].size, dtype=np.uint64)
    for field, width in zip(fields, widths, strict=True):
        words = (words << np.uint64(width)) | field.astype(np.uint64)
    return words
