"""What the ledger said of an act: to show that each leaves one line, with an actor, and never the arm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from handrail.domain.words import Event
from handrail.records.audit.models import Line


@contextmanager
def told(*events: Event) -> Iterator[None]:
    """Insist that what happens inside leaves exactly these lines, each with an actor."""
    before = Line.objects.count()
    yield
    lines = list(Line.objects.filter(number__gt=before).order_by("number"))
    assert [line.event for line in lines] == [event.value for event in events]
    assert all(line.by or line.agent for line in lines)
    assert all(line.wing == Event(line.event).wing for line in lines)
