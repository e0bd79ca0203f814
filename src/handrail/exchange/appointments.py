"""Appointments as a calendar program takes them (iCalendar, RFC 5545): a time, and no word of with whom.

Written by hand, for what we say is six lines: see the decision record on calendars. Sealed, like meetings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

TYPE = "text/calendar; charset=utf-8"
NAME = "calendar.ics"
TITLE = "Appointment"  # it shows on a phone's screen
LONGEST = 75  # octets of a line
MINUTES = 60


@dataclass(frozen=True)
class Appointment:
    """One appointment. ``id`` never changes; ``changes_count`` grows each time it is moved or called off."""

    id: UUID
    starts_at: datetime
    is_cancelled: bool = False
    changes_count: int = 0


def calendar(appointments: Sequence[Appointment], *, at: datetime) -> bytes:
    """The whole calendar as bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Appointments//EN", "CALSCALE:GREGORIAN"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    lines += [line for one in appointments for line in _event(one, at)] or _nothing(at)
    return b"".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def escaped(text: str) -> str:
    """A text as the value of a property."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def folded(line: str) -> bytes:
    """A line with its end, broken where it would be longer than 75 octets, and never within a letter."""
    return b"\r\n ".join(_pieces(line)) + b"\r\n"


def _pieces(line: str) -> Iterator[bytes]:
    piece, room = b"", LONGEST
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > room:
            yield piece
            piece, room = b"", LONGEST - 1  # a blank stands before the rest
        piece += octets
    yield piece


def _event(one: Appointment, at: datetime) -> Iterable[str]:
    return (
        "BEGIN:VEVENT",
        f"UID:{one.id}",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(one.starts_at)}",
        f"DURATION:PT{MINUTES}M",
        f"SUMMARY:{escaped(TITLE)}",
        f"STATUS:{'CANCELLED' if one.is_cancelled else 'CONFIRMED'}",
        f"SEQUENCE:{one.changes_count}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    )


def _nothing(at: datetime) -> list[str]:
    """A calendar must hold something: a stretch of nothing."""
    stamp = _moment(at)
    return ["BEGIN:VFREEBUSY", f"UID:{UUID(int=0)}", f"DTSTAMP:{stamp}", "END:VFREEBUSY"]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
