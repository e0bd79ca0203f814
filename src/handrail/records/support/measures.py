"""Figures for managers as they were shown: kept, so that the next are checked against them. Sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from handrail.domain.disclosure import Release, Shown
from handrail.domain.measures import why_not_release
from handrail.domain.refusal import insist
from handrail.domain.words import Event
from handrail.records.audit import actions as audit
from handrail.records.support.models import MeasuresRelease


@dataclass(frozen=True)
class Figures:
    """What managers are shown, as of one day. ``days`` to the first meeting: none of too few people."""

    as_of: date
    release: Release
    days: int | None


def latest() -> Figures | None:
    """The figures that were made last, or none."""
    row = MeasuresRelease.objects.order_by("-as_of").first()
    return None if row is None else Figures(row.as_of, _release(row.shown), row.shown["days"])


@transaction.atomic
def keep(figures: Figures, *, is_locked: bool, agent: str, at: datetime) -> None:
    """Keep new figures. Raises: Refused."""
    row = MeasuresRelease.objects.order_by("-as_of").select_for_update().first()
    latest_on = row.as_of if row else None
    insist(why_not_release(as_of=figures.as_of, latest_on=latest_on, is_locked=is_locked))
    MeasuresRelease.objects.create(as_of=figures.as_of, shown=_plain(figures), made_at=at)
    audit.note(Event.MEASURES_RELEASED, about=None, by=None, agent=agent, at=at)


def _plain(figures: Figures) -> dict[str, Any]:
    made = figures.release
    return {
        "days": figures.days,
        "within": made.within,
        "totals": [_pair(cell) for cell in made.totals],
        "divisions": [
            [title, groups, [[_pair(cell) for cell in row] for row in rows]]
            for title, groups, rows in made.divisions
        ],
    }


def _pair(cell: Shown) -> tuple[int, int]:
    return cell.lowest, cell.highest


def _release(shown: dict[str, Any]) -> Release:
    return Release(
        within=tuple(shown["within"]),
        totals=tuple(Shown(*pair) for pair in shown["totals"]),
        divisions=tuple(
            (title, tuple(groups), tuple(tuple(Shown(*pair) for pair in row) for row in rows))
            for title, groups, rows in shown["divisions"]
        ),
    )
