"""The readmission rule written a second time, naively, sharing nothing with the first: sets of half days.

A spell from day s to day e touches the half days 2s to 2e. Two stretches are one episode when fewer than
``2 * gap + 1`` half days lie between them. Days are whole numbers, and a missing day is None.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One row of a spells file, in whole days; None for an open end."""

    service: str
    provider: str
    start: int
    end: int | None


@dataclass(frozen=True)
class Bounds:
    """What bounds one person's follow-up, in whole days, and what the protocol counts."""

    entry: int
    seen: int
    died: int | None
    horizon: int
    gap: int
    index_gap: int
    services: frozenset[str]


def answer(rows: list[Row], bounds: Bounds, *, has_consent: bool, has_other_rows: bool) -> tuple[object, ...]:
    """(status, readmitted, day, first service, nights, calendar days, followed days); None is blank."""
    if not has_consent:
        return ("not_consented", None, None, "", None, None, None)
    last = min(
        [bounds.entry + bounds.horizon, bounds.seen, *([bounds.died] if bounds.died is not None else [])]
    )
    followed = max(0, last - bounds.entry)
    known = _known_ends(rows, bounds)
    if _index_end_is_missing(known, bounds):
        return ("index_end_unknown", None, None, "", None, None, followed)
    closed = {key: _closed(end, bounds) for key, end in known.items()}
    window = range(bounds.entry + 1, bounds.entry + bounds.horizon + 1)
    nights = sum(any(key[2] <= day < end for key, end in closed.items()) for day in window)
    days = sum(any(key[2] <= day <= end for key, end in closed.items()) for day in window)
    others = _not_in_index(closed, bounds)
    began = [start for start in _episode_starts(others, bounds.gap) if start in window]
    if began:
        services = {key[0] for key in closed if key[2] == began[0]}
        first = "+".join(sorted(services))
        return ("readmitted", 1, began[0] - bounds.entry, first, nights, days, followed)
    if (
        bounds.died is not None
        and bounds.died <= bounds.seen
        and bounds.died - bounds.entry <= bounds.horizon
    ):
        return ("died", 0, None, "", nights, days, followed)
    if not rows and not has_other_rows:
        return ("no_records", None, None, "", None, None, None)
    if followed < bounds.horizon:
        return ("censored", None, None, "", nights, days, followed)
    return ("not_readmitted", 0, None, "", nights, days, followed)


Key = tuple[str, str, int]


def _known_ends(rows: list[Row], bounds: Bounds) -> dict[Key, int | None]:
    """Each different spell that counts, with the latest end that any of its rows knows."""
    found: dict[Key, int | None] = {}
    for row in rows:
        is_possible = row.end is None or row.end >= row.start
        is_in_time = row.start <= bounds.seen and (bounds.died is None or row.start <= bounds.died)
        if is_possible and is_in_time and row.service in bounds.services:
            key = (row.service, row.provider, row.start)
            ends = [end for end in (found.get(key), row.end) if end is not None]
            found[key] = max(ends) if ends else None
    return found


def _index_end_is_missing(known: dict[Key, int | None], bounds: Bounds) -> bool:
    is_missing = any(key[2] <= bounds.entry and end is None for key, end in known.items())
    return is_missing and any(key[2] > bounds.entry for key in known)


def _closed(end: int | None, bounds: Bounds) -> int:
    ends = [end, bounds.seen, bounds.died]
    return min(day for day in ends if day is not None)


def _not_in_index(closed: dict[Key, int], bounds: Bounds) -> dict[Key, int]:
    """The spells left when whatever joins those that started by entry is taken in, again and again."""
    inside = {key for key in closed if key[2] <= bounds.entry}
    grown = True
    while inside and grown:
        reach = max(closed[key] for key in inside)
        near = {key for key in closed if key[2] - reach <= bounds.index_gap}
        grown = not near <= inside
        inside |= near
    return {key: end for key, end in closed.items() if key not in inside}


def _episode_starts(closed: dict[Key, int], gap: int) -> list[int]:
    touched = sorted({half for key, end in closed.items() for half in range(2 * key[2], 2 * end + 1)})
    starts = [
        half
        for place, half in enumerate(touched)
        if place == 0 or half - touched[place - 1] > max(1, 2 * gap)
    ]
    return [half // 2 for half in starts]
