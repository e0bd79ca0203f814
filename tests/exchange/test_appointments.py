"""Appointments as iCalendar: what RFC 5545 asks of lines, and what a stranger may not learn."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest

from handrail.exchange.appointments import Appointment, calendar, escaped, folded

AT = datetime(2014, 6, 2, 9, 0, tzinfo=UTC)
ONE = Appointment(UUID(int=7), datetime(2014, 6, 9, 13, 30, tzinfo=UTC))


def read(content: bytes) -> list[dict[str, str]]:
    """The events, read by the rules of the RFC and none of our code."""
    assert content.endswith(b"\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    lines = content.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert {"VERSION:2.0"} < set(lines) and any(line.startswith("PRODID:") for line in lines)
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            events[-1].setdefault(name, value)
    return events


def test_an_appointment_says_when_and_keeps_its_mark_when_it_moves() -> None:
    (first,) = read(calendar([ONE], at=AT))
    moved = Appointment(ONE.id, datetime(2014, 6, 10, 9, 0, tzinfo=UTC), changes_count=1)
    gone = Appointment(ONE.id, moved.starts_at, is_cancelled=True, changes_count=2)
    (second,), (third,) = read(calendar([moved], at=AT)), read(calendar([gone], at=AT))
    assert (first["DTSTART"], second["DTSTART"]) == ("20140609T133000Z", "20140610T090000Z")
    assert first["UID"] == second["UID"] == third["UID"]
    assert [one["SEQUENCE"] for one in (first, second, third)] == ["0", "1", "2"]
    assert [one["STATUS"] for one in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert first["DTSTAMP"] == "20140602T090000Z"


def test_it_names_nobody_and_nothing() -> None:
    (event,) = read(calendar([ONE], at=AT))
    assert event["SUMMARY"] == "Appointment" and event["CLASS"] == "PRIVATE"
    telling = re.compile(rb"peer|session|handrail|crisis|nhs|trial|support|health", re.IGNORECASE)
    assert telling.findall(calendar([ONE], at=AT)) == []


def test_a_calendar_without_appointments_still_holds_something() -> None:
    assert read(calendar([], at=AT)) == []
    assert b"BEGIN:VFREEBUSY" in calendar([], at=AT)


@pytest.mark.parametrize("text", ["a" * 200, "é" * 100, "a" + "🙂" * 60, "short", "a" * 75, "a" * 76])
def test_a_long_line_is_broken_at_75_octets_and_never_within_a_letter(text: str) -> None:
    lines = folded(text).split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and line.decode() for line in lines)
    assert folded(text).replace(b"\r\n ", b"").removesuffix(b"\r\n").decode() == text


def test_signs_that_mean_something_are_escaped() -> None:
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"
