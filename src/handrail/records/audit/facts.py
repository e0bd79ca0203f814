"""Reads the ledger: lines by wing, and the chain from its first line to its head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from handrail.domain.words import Event
from handrail.records.audit import chain
from handrail.records.audit.models import Head, Line

MOST_FAULTS = 20  # after an insert in the middle, every later line is wrong: the first ones say enough


@dataclass(frozen=True)
class LineFacts:
    """One line as a page may show it: never its number or hash, which count the acts of the sealed wing."""

    event: str
    about: UUID | None
    by: UUID | None
    agent: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Told:
    """What one line said, and when."""

    at: datetime
    detail: dict[str, Any]


@dataclass(frozen=True)
class Act:
    """One act of a kind: when, by whom, and what its line said."""

    at: datetime
    by: UUID | None
    detail: dict[str, Any]


@dataclass(frozen=True)
class HeadFacts:
    """The end of the chain at one moment: what is kept elsewhere, and compared later."""

    line_count: int
    head_hash: str


@dataclass(frozen=True)
class ChainReport:
    """What a walk along the whole chain found. ``faults`` is empty when it is whole."""

    line_count: int
    head_hash: str
    faults: tuple[str, ...]


def head(*, using: str = "default") -> HeadFacts:
    """The chain's end as the database has it; no lines and a hash of noughts before the first act."""
    row = Head.objects.using(using).filter(id=1).first()
    return HeadFacts(row.line_count, row.head_hash) if row else HeadFacts(0, chain.FIRST)


def lines(*, wings: frozenset[str], about: UUID | None = None, most: int = 200) -> tuple[LineFacts, ...]:
    """The latest lines of these wings, newest first. A masked page asks for the wing "masked" only."""
    rows = Line.objects.filter(wing__in=wings).order_by("-number")
    if about is not None:
        rows = rows.filter(about=about)
    return tuple(
        LineFacts(row.event, row.about, row.by, row.agent, row.at, row.reason) for row in rows[:most]
    )


def has_happened(event: Event) -> bool:
    """Whether any line is of this event."""
    return Line.objects.filter(event=event.value).exists()


def acts(event: Event) -> tuple[Act, ...]:
    """Every line of this event, oldest first: when, by whom, and what it said."""
    rows = Line.objects.filter(event=event.value).order_by("number")
    return tuple(Act(row.at, row.by, row.detail) for row in rows)


def told_about(event: Event) -> frozenset[UUID]:
    """Everything that lines of this event are about."""
    rows = Line.objects.filter(event=event.value).exclude(about=None)
    return frozenset(about for about in rows.values_list("about", flat=True) if about)


def earliest(event: Event) -> Told | None:
    """The first line of this event, with its detail; or none."""
    row = Line.objects.filter(event=event.value).order_by("number").first()
    return Told(row.at, row.detail) if row else None


def verify_chain(kept: Iterable[HeadFacts] = (), *, using: str = "default") -> ChainReport:
    """Walk the chain line by line and compare it with heads that were kept elsewhere.

    The chain alone shows an edit, a gap or a swap. Only a head kept elsewhere shows a tail that was cut,
    or a chain that was written again by somebody who holds the key.
    """
    expected: dict[int, str] = {}
    faults: list[str] = []
    for each in kept:
        if expected.setdefault(each.line_count, each.head_hash) != each.head_hash:
            faults.append(f"two heads that were kept at line {each.line_count} contradict each other")
    previous, count = chain.FIRST, 0
    for line in Line.objects.using(using).order_by("number").iterator(chunk_size=2000):
        count += 1
        if len(faults) < MOST_FAULTS:
            faults += _line_faults(line, count, previous, expected)
        previous = line.line_hash
    return ChainReport(count, previous, (*faults, *_end_faults(count, previous, expected, using)))


def _line_faults(line: Line, count: int, previous: str, expected: dict[int, str]) -> list[str]:
    faults = []
    if line.number != count:
        faults.append(f"line {count} is missing: line {line.number} stands in its place")
    if line.previous_hash != previous:
        faults.append(f"line {line.number} does not follow the line before it")
    if chain.hash_of(line) != line.line_hash:
        faults.append(f"line {line.number} was changed after it was written")
    if expected.get(count, line.line_hash) != line.line_hash:
        faults.append(f"line {count} is not the one whose hash was kept elsewhere: lines were written again")
    return faults


def _end_faults(count: int, last: str, expected: dict[int, str], using: str) -> list[str]:
    faults = []
    furthest = max(expected, default=0)
    if furthest > count:
        faults.append(
            f"the chain ends at line {count}, but a head was kept at line {furthest}: its end was cut off"
        )
    now = head(using=using)
    if (now.line_count, now.head_hash) != (count, last):
        faults.append(f"the ledger's head names line {now.line_count}, but the last line is {count}")
    return faults
