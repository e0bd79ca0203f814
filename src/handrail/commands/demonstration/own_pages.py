"""The steps by which some people write in the online workbook, where their arm opens it. Sealed.

The person acts, for themselves alone. Some write a little and most write nothing, as is everybody's right.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from handrail.commands.demonstration.steps import Step, Trail
from handrail.domain.words import Attendance
from handrail.domain.workbook import Part
from handrail.journey import deliver

WRITES = 0.35
MOST_PARTS = 2
SENTENCES = (
    "Synthetic: a walk by the canal before breakfast, most days.",
    "Synthetic: I stop answering the telephone. My sister notices first.",
    "Synthetic: ring the team early, and not wait for the weekend.",
    "Synthetic: back to the allotment on Saturdays, one bed at a time.",
    "Synthetic: sleep first, then everything else.",
)


def steps(trail: Trail) -> list[Step]:
    """What this person writes, in the evenings after their first meeting."""
    dice = trail.scene.dice("pages", trail.life.number)
    held = [one for one in trail.life.contact.meetings if one.attendance is Attendance.HELD]
    if not held or not dice.chance(WRITES):
        return []
    chosen = dice.some(trail.scene.workbook, dice.whole(1, MOST_PARTS))
    return [
        _page(trail, part, dice(SENTENCES), after=timedelta(days=1 + place))
        for place, part in enumerate(chosen)
    ]


def _page(trail: Trail, part: Part, words: str, *, after: timedelta) -> Step:
    first = next(one for one in trail.life.contact.meetings if one.attendance is Attendance.HELD)

    def write(at: datetime) -> None:
        deliver.write_page(
            trail.entry,
            part.code,
            part.fields[0].code,
            words,
            parts=trail.scene.workbook,
            under=trail.scene.protocol,
            by=trail.person,
            at=at,
        )

    return trail.step(f"page {part.code}", first.planned_on + after, "20:30", write)
